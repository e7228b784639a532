import type { KeyTexts } from "./texts.ts";

export const keyCy = {
  offerTitle: "Y tro nesaf ni fydd angen geiriau arnoch",
  offer:
    "Cadwch allwedd mynediad ar y ddyfais hon: eich olion bysedd, eich wyneb neu PIN y ddyfais. Caiff yr hyn a anfonir atoch wedyn ei selio i chi, ac nid oes rhaid i neb ddweud geiriau wrthych.",
  offerButton: "Cadw allwedd mynediad",
  kept: (sender) =>
    `Rydych wedi cadw allwedd mynediad. Pan fydd ${sender.name}, neu gydweithiwr, yn anfon rhywbeth atoch nesaf, byddant yn cadarnhau mai chi piau hi, ac yna byddwch yn ei agor â’r allwedd mynediad yn unig.`,
  title: "Cadw allwedd mynediad",
  lead: (sender) =>
    `Rydych wedi dangos mai chi piau’r blwch post hwn, ac wedi agor yr hyn a anfonodd ${sender.name} atoch â’r chwe gair. Felly gellir cynnig allwedd a wnewch nawr iddynt fel eich allwedd chi. Mae’n cymryd tua thri munud.`,
  openFirst:
    "Nid yw’r porwr hwn yn gwybod bellach eich bod wedi agor y pecyn. Agorwch ef unwaith eto â’r chwe gair, cadarnhewch ei dderbyn os nad ydych wedi gwneud, yna dewch yn ôl yma yn yr un ffenestr.",
  openFirstButton: "Ei agor eto",
  recoveryTitle: "Cadwch eich cod adfer",
  recovery: [
    "Y cod hwn yw’r ffordd yn ôl i mewn os collwch bob dyfais sydd ag allwedd mynediad i chi. Dim ond nawr y caiff ei ddangos. Fe’i gwnaed ar y ddyfais hon ac ni chaiff ei anfon byth.",
    "Cadwch ef ar bapur mewn lle diogel, neu mewn rheolwr cyfrineiriau. Peidiwch â’i anfon drwy e-bost. Gall pwy bynnag sydd ag ef ac sy’n gwybod eich cyfeiriad gymryd eich lle.",
  ],
  print: "Ei argraffu",
  copy: "Ei gopïo",
  copyWords: "Eu copïo",
  recoveryEnd: "Teipiwch bedwar nod olaf y cod",
  shows: "Mae hyn yn dangos eich bod wedi’i gadw",
  showsWords: "Mae hyn yn dangos eich bod wedi’u cadw",
  recoveryWrong: "Nid dyma bedwar nod olaf y cod",
  keptCode: "Rwyf wedi’i gadw",
  passkeyTitle: "Gwneud allwedd mynediad",
  passkey: [
    "Bydd eich dyfais yn gofyn ddwywaith: yn gyntaf i’w gwneud, yna i lofnodi â hi.",
    "Â hi, mae’r ddyfais hon yn gwneud eich allwedd. Ni all neb arall agor yr hyn a selir i’r allwedd honno. Mae’r gweinydd yn ei chadw wedi’i selio.",
  ],
  make: "Gwneud fy allwedd mynediad",
  passphraseTitle: "Cadwch eiriau eich allwedd",
  passphrase: [
    "Mae eich allwedd mynediad yn eich mewngofnodi, ond ni all y math hwn ddal eich allwedd. Felly caiff eich allwedd ei selio â’r chwe gair hyn yn lle hynny. Byddwch yn eu teipio pryd bynnag y byddwch yn agor rhywbeth, ar ôl eich allwedd mynediad. Fe’u gwnaed ar y ddyfais hon, dim ond nawr y cânt eu dangos, ac ni chânt eu hanfon byth.",
    "Cadwch nhw mewn rheolwr cyfrineiriau neu ar bapur mewn lle diogel. Os collwch nhw, bydd eich cod adfer yn dal i agor popeth.",
  ],
  passphraseEnd: "Teipiwch y gair olaf",
  passphraseWrong: "Nid dyma’r olaf o’r chwe gair",
  keptWords: "Rwyf wedi’u cadw",
  compareTitle: "Rhif eich allwedd",
  compare:
    "Bydd rhywun sy’n anfon rhywbeth atoch yn eich ffonio’n gyntaf, ar rif y maent yn ei adnabod, i wneud yn siŵr mai chi piau’r allwedd hon. Darllenwch y rhif hwn iddynt. Nes iddynt ei gymharu, ni selir dim i’ch allwedd.",
  removeTitle: "Os newidiwch eich meddwl",
  remove: (host, house) =>
    `Mewngofnodwch â’r allwedd mynediad yn ${host}, dewiswch eich enw, yna “Dileu fy allwedd”. Neu ffoniwch ${house.name} ar y rhif a welwch ar ei wefan, ${house.website}. Wedi hynny caiff yr hyn a anfonir atoch ei agor â chwe gair eto.`,
  working: "Un eiliad. Efallai y bydd eich dyfais yn gofyn rhywbeth i chi.",
  cancelled:
    "Ni ddefnyddiwyd allwedd mynediad: caewyd y cwestiwn, daeth ei amser i ben, neu ni chafwyd un. Ni newidiwyd dim: rhowch gynnig arall arni.",
  offline: "Collwyd y cysylltiad. Ni newidiwyd dim: gwiriwch ef, yna rhowch gynnig arall arni.",
  failed:
    "Ni ellid cadw’r allwedd mynediad. Ni newidiwyd dim: llwythwch y dudalen hon eto. Nid yw’n effeithio ar yr hyn a gawsoch.",
  mail: {
    subject: "Allwedd mynediad yn eich enw",
    usedSubject: "Defnyddiwyd eich cod adfer",
    offered: ({ name, house, host }) => [
      `Annwyl ${name},`,
      `Mae rhywun sy’n darllen y blwch post hwn, ac a oedd wedi agor yr hyn a anfonodd ${house.name} atoch, wedi cadw allwedd mynediad yn eich enw. Pan anfonir rhywbeth atoch nesaf, gofynnir i’r anfonwr gadarnhau mai chi piau hi. O hynny ymlaen byddwch yn agor â hi, heb chwe gair.`,
      `Os nad chi a wnaeth hyn, ffoniwch ${house.name} ar unwaith ar y rhif a welwch ar ei wefan, ${house.website}.`,
      `I’w dileu, teipiwch ${host} yn eich porwr eich hun, mewngofnodwch â’r allwedd mynediad, dewiswch eich enw, yna “Dileu fy allwedd”.`,
    ],
    added: ({ name, house, host }) => [
      `Annwyl ${name},`,
      `Ychwanegwyd allwedd at eich cyfrif gyda ${house.name}: allwedd mynediad arall, llinell orchymyn, neu allwedd newydd yn lle un a ddilewyd gennych. O hyn ymlaen gellir agor yr hyn a anfonir atoch â hi.`,
      `Os nad chi a wnaeth hyn, ffoniwch ${house.name} ar unwaith ar y rhif a welwch ar ei wefan, ${house.website}.`,
      `I weld beth sy’n agor eich cyfrif, ac i ddileu’r hyn nad yw’n eiddo i chi, teipiwch ${host} yn eich porwr eich hun, mewngofnodwch, a dewiswch eich enw.`,
    ],
    used: ({ name, house }) => [
      `Annwyl ${name},`,
      `Defnyddiwyd cod adfer eich cyfrif Waybill gyda ${house.name} gynnau fach. Gwnaed allwedd mynediad newydd a chod adfer newydd; mae pob allwedd mynediad gynharach wedi dod i ben.`,
      "Os mai chi a wnaeth hyn, nid oes dim i’w wneud.",
      `Os nad chi a wnaeth hyn, ffoniwch ${house.name} ar unwaith ar y rhif a welwch ar ei wefan, ${house.website}: mae rhywun arall wedi mewngofnodi yn eich lle.`,
    ],
    refused: ({ name, house }) => [
      `Annwyl ${name},`,
      `Ni chadarnhawyd yr allwedd mynediad a gadwyd yn eich enw gyda ${house.name}, ac mae wedi’i dileu. Ni seliwyd dim iddi. Caiff yr hyn a anfonir atoch ei agor â chwe gair, fel o’r blaen.`,
      `Os mai chi oedd piau’r allwedd mynediad, dywedwch wrth bwy bynnag sy’n anfon rhywbeth atoch nesaf; gallwch gadw un arall ar ôl ei agor. Cwestiynau? Ffoniwch ${house.name} ar y rhif a welwch ar ei wefan, ${house.website}.`,
    ],
    withdrawn: ({ name, house }) => [
      `Annwyl ${name},`,
      `Mae eich allwedd gyda ${house.name} wedi’i dileu. O hyn ymlaen caiff yr hyn a anfonir atoch ei agor â chwe gair.`,
      `Os nad chi a wnaeth hyn, ffoniwch ${house.name} ar y rhif a welwch ar ei wefan, ${house.website}.`,
    ],
  },
} as const satisfies KeyTexts;
