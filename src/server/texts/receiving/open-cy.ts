import type { OpenTexts } from "./open-texts.ts";
import type { House, Sender } from "./texts.ts";

/** Who sees what is signed, and is told: the sender, or once they have left the organisation. */
const whoSees = (sender: Sender, house: House): string => (sender.left ? house.name : sender.name);

export const openCy: OpenTexts = {
  title: "Agor eich pecyn",
  from: (sender, house) =>
    sender.left
      ? `Oddi wrth ${sender.name}, sydd wedi gadael ${house.name}`
      : `Oddi wrth ${sender.name}, ${sender.address}, ${house.name}`,
  until: (date) => `Gallwch ei agor tan ${date}.`,
  problem: "Mae problem",
  tooLargeTitle: "Mae hwn yn rhy fawr i’r porwr hwn",
  tooLargeHow: (member, sender, house) =>
    member
      ? "Agorwch ef yn Chrome neu Edge ar gyfrifiadur, lle gallwch ddewis ffolder, neu â’n rhaglen ar gyfer y llinell orchymyn, drwy’r gorchymyn hwn. Gallwch ddal i edrych ar ffeiliau bach yma. Does dim wedi’i golli."
      : `Agorwch ef yn Chrome neu Edge ar gyfrifiadur, lle gallwch ddewis ffolder, neu â’n rhaglen ar gyfer y llinell orchymyn, drwy’r gorchymyn hwn. Bydd yn anfon cod newydd atoch drwy e-bost ac yn gofyn am yr un chwe gair; nid oes angen cyfrif arnoch. Gall ${sender.left ? `${house.name}, y gallwch ei ffonio ar y rhif a welwch ar ${house.website},` : `${sender.name} (${sender.address})`} ddweud wrthych ble i gael y rhaglen. Gallwch ddal i edrych ar ffeiliau bach yma. Does dim wedi’i golli.`,
  tooLargeFolder: "derbyniwyd",
  tooLargeCopy: "Copïo’r gorchymyn",
  wordsLabel: "Y chwe gair",
  wordsHint: (teller) =>
    `${teller ? `Bydd ${teller.name} yn eu dweud wrthych. ` : ""}Teipiwch nhw mewn llythrennau mawr neu fach, â bylchau neu gysylltnodau rhyngddynt, neu gludwch nhw.`,
  wordsTyped: "Yr hyn a deipiwyd gennych hyd yma",
  open: "Agor",
  memberLead: "Mae eich allwedd mynediad yn ei agor ar y ddyfais hon. Ni all y gweinydd ei agor.",
  memberOpen: "Agor â’ch allwedd mynediad",
  opening: "Yn agor ac yn gwirio",
  openingWait: "Mae hyn yn cymryd ychydig eiliadau, neu hyd at hanner munud ar ffôn.",
  openedTitle: "Mae eich pecyn ar agor",
  openedLead:
    "Gwiriwyd y rhestr ffeiliau ar y ddyfais hon: dyma’r un y mae cofnod y trosglwyddiad yn ei henwi. Caiff pob ffeil ei gwirio wrth i chi ei gweld neu ei chadw.",
  damagedTitle: "Ni chyrhaeddodd yn gyfan",
  damagedNext: (sender, house) => [
    sender.left
      ? `Ffoniwch ${house.name} ar y rhif a welwch ar ${house.website}, a rhowch y cyfeirnod iddynt: mae ${sender.name}, a’i hanfonodd, wedi gadael, a gall rhywun arall ei anfon eto. Peidiwch â defnyddio’r hyn sydd gennych ohono nes i chi ofyn.`
      : `${sender.name} sy’n penderfynu nawr: gallant ei anfon eto, a byddwch yn cael e-bost newydd bryd hynny. Peidiwch â defnyddio’r hyn sydd gennych ohono nes i chi ofyn iddynt.`,
    "Ni ellir cadarnhau ei dderbyn nawr. Efallai mai ar y ffordd yn unig y digwyddodd hyn: gallwch gael popeth wedi’i nôl a’i wirio eto isod.",
  ],
  handlingTitle: "Sut i’w drin",
  message: "Neges",
  files: "Ffeiliau",
  name: "Enw",
  size: "Maint",
  actions: "Beth allwch chi ei wneud",
  view: "Gweld",
  save: "Cadw",
  saveAll: "Cadw pob ffeil",
  saveAllHint: "Lle na ellir dewis ffolder, dônt fel un ffeil zip.",
  close: "Cau",
  progressLabel: "Wedi’i wirio a’i gadw",
  stop: "Stopio",
  verifyTitle: "Gwirio popeth eto",
  verifyLead: (sender, house) =>
    `Dywedoch chi, neu’r dudalen hon ar eich rhan, wrth ${whoSees(sender, house)} fod rhywbeth ar goll neu wedi’i ddifrodi. Cyn y gellir cadarnhau derbyn, caiff popeth ei nôl a’i wirio eto ar y ddyfais hon. Mae hynny’n cymryd cymaint o amser â chadw’r cyfan. Ni chedwir dim wrth wneud hynny.`,
  verify: "Gwirio popeth eto",
  receiptTitle: "Pan fyddwch wedi edrych arno",
  receiptLead: (sender, house) =>
    `Cadarnhewch ei fod gennych. Caiff ei lofnodi ar y ddyfais hon, a bydd ${whoSees(sender, house)} yn ei weld gyda’r amser.`,
  receiptHandling:
    "Gyda’r botwm rydych hefyd yn cadarnhau eich bod wedi darllen sut i’w drin, uchod, ac y gwnewch hynny.",
  receipt: "Rwyf wedi’i agor ac mae’n gyflawn",
  receiptElsewhere:
    "Cadarnheir derbyn ar y ddyfais lle cadarnhawyd ei fod wedi cyrraedd. I wneud hynny ar y ddyfais hon, cadarnhewch yma yn gyntaf ei fod wedi cyrraedd.",
  arriveHere: "Cadarnhau ar y ddyfais hon ei fod wedi cyrraedd",
  script: {
    tooLarge: "Mae’r pecyn yn cynnwys {size}, a gall y porwr hwn gadw {limit} ar y mwyaf.",
    wordUnknown: "nid yw’n un o’r geiriau a ddefnyddir",
    wordsUnknown: "Nid yw “{word}” yn un o’r geiriau a ddefnyddir. Gwiriwch ef gyda’r anfonwr.",
    wordsCount: "Rydych wedi teipio {count} gair. Mae angen chwech.",
    wrongWords:
      "Nid dyma chwe gair y pecyn hwn. Does dim wedi’i golli: gwiriwch nhw gyda’r anfonwr, yna rhowch gynnig arall arni.",
    progress: "{bytes} o {total}",
    progressSpeed: "{speed} yr eiliad",
    progressTime: "{time} ar ôl",
    progressStill: "{bytes} o {total}, does dim wedi symud ers rhai eiliadau",
    saving: "Yn nôl ac yn gwirio {name}",
    saved: "Mae {name} wedi’i gadw.",
    renamed: "Anfonwyd fel “{name}”. Mae’n cael ei chadw dan enw y mae pob dyfais yn ei dderbyn.",
    moreRows: "Dangos pob un o’r {count} ffeil",
    savedAll: "Mae pob un o’r {count} ffeil wedi’i chadw.",
    handedOver:
      "Mae {name} gyda lawrlwythiadau eich porwr. Caiff y copi a wnaed yma ar y ffordd ei ddileu pan ddewch i’r wefan hon nesaf, unwaith y bydd yn 15 munud oed.",
    zipName: "{reference}.zip",
    everything: "popeth",
    checkedAgain: "Gwiriwyd popeth eto: dyna a anfonwyd. Gallwch gadarnhau ei dderbyn nawr.",
    damaged:
      "Mae’r hyn a gyrhaeddodd wedi’i ddifrodi: nid dyna a anfonwyd. Ni adawyd dim sy’n edrych yn gyflawn, a rhoddwyd gwybod i’r anfonwr. Gallant ei anfon eto.",
    lying:
      "Rhoddodd y gweinydd rywbeth nad yw’n perthyn i’r pecyn hwn. Ni ddangoswyd ac ni chadwyd dim o hynny. Peidiwch â mynd ymlaen: ffoniwch yr anfonwr ar rif y dewch o hyd iddo eich hun.",
    offline: "Collwyd y cysylltiad. Does dim wedi’i golli: gwiriwch ef, yna rhowch gynnig arall arni.",
    noAccess:
      "Nid yw’r pecyn hwn wedi’i selio i’ch allwedd chi, neu mae eich mynediad wedi dod i ben. Does dim wedi’i golli: gofynnwch i’r anfonwr roi mynediad i chi.",
    stopped: "Fe wnaethoch ei stopio. Ni adawyd dim anghyflawn.",
    noRoom: "Nid oes lle i hwn ar eich dyfais. Ni adawyd dim anghyflawn. Gwnewch le, neu cadwch y ffeiliau fesul un.",
    unexpected:
      "Aeth rhywbeth o’i le ar y dudalen hon. Does dim wedi’i golli: llwythwch hi eto. Os digwydd eto, gofynnwch i’r anfonwr.",
  },
};
