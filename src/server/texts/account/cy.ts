import { saidCy } from "./said-cy.ts";
import type { AccountTexts } from "./texts.ts";

export const accountCy = {
  said: saidCy,
  startPage: "Mynd i’r dudalen gychwyn",
  back: "Eich cyfrif",
  passphrase: (sends) =>
    `Mae eich allwedd mynediad yn eich mewngofnodi, ond ni all y math hwn ddal eich allwedd. Felly caiff eich allwedd ei selio â’r chwe gair hyn yn lle hynny. Byddwch yn eu teipio pryd bynnag y byddwch yn ${sends ? "anfon neu’n agor" : "agor"} rhywbeth, ar ôl eich allwedd mynediad. Fe’u gwnaed ar y ddyfais hon, dim ond nawr y cânt eu dangos, ac ni chânt eu hanfon byth.`,
  refusal: {
    401: "Mewngofnodwch yn gyntaf. Ni wnaethpwyd yr hyn a anfonoch.",
    403: "Nid yw’r dudalen hon ar gyfer eich cyfrif chi, neu roedd ar agor yn rhy hir. Ni newidiwyd dim.",
    404: "Nid oes dim yma y gallwch ei weld. Efallai ei fod wedi’i ddileu.",
    409: "Ni ellir gwneud hynny fel y mae pethau nawr. Ni newidiwyd dim.",
    410: "Mae hwn ar ben. Ni newidiwyd dim.",
    413: "Mae hynny’n fwy nag y mae’r dudalen hon yn ei dderbyn. Ni newidiwyd dim.",
    429: "Rhoddwyd cynnig ar hynny’n rhy aml. Does dim wedi’i golli: arhoswch ychydig funudau, yna rhowch gynnig arall arni.",
  },
  join: {
    title: "Ymuno â Waybill",
    what: ({ name }) =>
      `Gyda Waybill, mae ${name} yn anfon ac yn derbyn gwybodaeth sensitif, wedi’i selio ar ddyfeisiau pobl eu hunain, fel na all y gweinydd ei hagor.`,
    as: "Rydych yn ymuno fel",
    takes:
      "Mae’n cymryd tua thri munud, ar ddyfais sy’n cadw allweddi mynediad: ffôn neu gyfrifiadur diweddar yr ydych yn ei ddatgloi â’ch olion bysedd, eich wyneb neu PIN.",
    name: "Eich enw",
    nameHint: "Fel y mae’r bobl yr ydych yn ysgrifennu atynt yn eich adnabod",
    nameWrong: "Rhowch eich enw, mewn 100 nod neu lai",
    keysTitle: "Eich allweddi",
    needsScript:
      "Gwneir eich allweddi ar y ddyfais hon, ac mae angen JavaScript ar gyfer hynny. Trowch ef ymlaen ar gyfer y dudalen hon, yna llwythwch hi eto.",
    passkey: [
      "Mae allwedd mynediad yn eich mewngofnodi â’ch olion bysedd, eich wyneb neu PIN y ddyfais yn lle cyfrinair, ac ni ellir ei dwyn drwy we-rwydo. Bydd eich dyfais yn gofyn ddwywaith: yn gyntaf i’w gwneud, yna i lofnodi â hi.",
      "Â hi, mae’r ddyfais hon yn gwneud eich allwedd. Caiff yr hyn a anfonir atoch ei selio i’r allwedd honno. Mae’r gweinydd yn cadw’r allwedd wedi’i selio: ni all neb sy’n ei redeg agor dim â hi.",
    ],
    overTitle: "Mae’r gwahoddiad hwn ar ben",
    over: [
      "Cafodd ei ddefnyddio, daeth un mwy newydd yn ei le, neu mae’n fwy na saith diwrnod oed. Does dim wedi’i golli: gofynnwch am un newydd i bwy bynnag a’ch gwahoddodd.",
      "Os ydych wedi ymuno’n barod, mewngofnodwch.",
    ],
  },
  signIn: {
    title: "Mewngofnodi",
    needsScript:
      "Mae angen JavaScript i fewngofnodi ag allwedd mynediad. Trowch ef ymlaen ar gyfer y dudalen hon, yna llwythwch hi eto.",
    lead: ({ name }) =>
      `I bobl sy’n gweithio i ${name}, ac i’r rhai o’r tu allan a gadwodd allwedd mynediad yma. Bydd eich dyfais yn gofyn am eich olion bysedd, eich wyneb neu PIN.`,
    button: "Mewngofnodi ag allwedd mynediad",
    cannot: "Os na allwch fewngofnodi",
    onPhone:
      "Mae eich allwedd mynediad ar eich ffôn: dewiswch “dyfais arall” neu “ffôn” pan fydd eich porwr yn gofyn, a sganiwch y cod y mae’n ei ddangos.",
    lost: {
      before: "Rydych wedi colli pob dyfais sydd ag allwedd mynediad i chi:",
      link: "defnyddiwch eich cod adfer",
      after: ".",
    },
    noneYet: ({ name }) =>
      `Rydych yn gweithio yma ac nid oes gennych allwedd mynediad eto: bydd gweinyddwr ${name} yn eich gwahodd drwy e-bost.`,
    noAccount: ({ name }) =>
      `Os anfonodd rhywun yn ${name} rywbeth atoch, nid oes angen cyfrif arnoch: agorwch y ddolen yn yr e-bost. Mae’n dweud beth i’w wneud.`,
  },
  recover: {
    title: "Defnyddio eich cod adfer",
    needsScript:
      "Defnyddir eich cod adfer ar y ddyfais hon ac ni chaiff ei anfon byth, ac mae angen JavaScript ar gyfer hynny. Trowch ef ymlaen ar gyfer y dudalen hon, yna llwythwch hi eto.",
    lead: "Mae hyn yn gwneud allwedd mynediad newydd, allwedd newydd a chod adfer newydd. Bydd pob allwedd mynediad gynharach sydd gennych yn peidio â gweithio, a chewch eich allgofnodi ym mhobman. Bydd yr hyn a anfonwyd atoch o’r blaen yn dal i agor.",
    address: "Eich cyfeiriad e-bost",
    code: "Eich cod adfer",
    codeHint: "Saith grŵp o bedair llythyren neu ddigid. Mae bylchau a llythrennau bach yn iawn.",
    passkeyTitle: "Gwneud allwedd mynediad newydd",
    passkey: "Bydd eich dyfais yn gofyn ddwywaith: yn gyntaf i’w gwneud, yna i lofnodi â hi.",
    withoutHere: ({ name }) =>
      `Os ydych yn gweithio i ${name} ac nad yw’r cod gennych, gofynnwch i weinyddwr eich gwahodd eto.`,
    withoutOutside: ({ name }) =>
      `Os nad ydych yn gweithio yno, dywedwch wrth y person sy’n anfon atoch, neu ffoniwch ${name} ar y rhif a welwch ar ei wefan, eich bod wedi colli’ch allwedd mynediad a’r cod.`,
    lostThen:
      "Wedyn ni ellir agor mwyach yr hyn a seliwyd i’ch hen allwedd: gofynnwch i bwy bynnag a’i hanfonodd ei anfon eto.",
  },
  home: {
    title: "Hafan",
    waiting: "Yn aros amdanoch",
    lonePasskey:
      "Un allwedd mynediad sydd gennych. Os collir y ddyfais honno, dim ond eich cod adfer fydd yn eich gadael i mewn.",
    second: "Ychwanegu ail un",
    nothing: ({ name }) => `Dim. Yma y bydd pecynnau y mae ${name} yn eu hanfon atoch.`,
    here: (reference, from) => `Mae pecyn${from && ` oddi wrth ${from}`} yma i chi: ${reference}.`,
    open: "Ei agor",
    opened: (reference, from) => `Cadarnhewch fod ${reference}${from && ` oddi wrth ${from}`} gennych, yn gyflawn.`,
    confirm: "Cadarnhau ei dderbyn",
    onItsWay: (reference, from) =>
      `Mae rhywbeth${from && ` oddi wrth ${from}`} ar ei ffordd atoch: ${reference}. Cadarnhewch ef â’r cod sy’n dod gydag ef.`,
    arrived: "Mae wedi cyrraedd",
  },
  account: {
    title: "Eich cyfrif",
    signOut: "Allgofnodi",
    passkeys: "Allweddi mynediad",
    keepTwo:
      "Cadwch o leiaf ddwy, ac un ohonynt ar eich ffôn: felly, os collwch ddyfais, ni chewch eich cloi allan o ddim.",
    made: (date) => `gwnaed ar ${date}`,
    opens: {
      opens: "Yn mewngofnodi ac yn agor",
      passphrase: "Yn mewngofnodi, yn agor â geiriau eich allwedd",
      unfinished: "Yn mewngofnodi yn unig: gorffennwch hi",
    },
    finish: "Gorffen neu ddileu",
    lost: "Wedi’i cholli? Dileu",
    add: "Ychwanegu allwedd mynediad",
    code: "Cod adfer",
    codeMade: (date) => `Gwnaed ar ${date}.`,
    codeLead:
      "Dyma’r ffordd yn ôl i mewn pan fydd pob allwedd mynediad wedi’i cholli. Os gall rhywun arall fod wedi’i weld, gwnewch un newydd.",
    newCode: "Gwneud cod adfer newydd",
    recoveryTitle: "Allwedd adfer y sefydliad",
    recovery: ({ name }) =>
      `Gall ${name} agor yr hyn a anfonir oddi yma, ag allwedd adfer a gedwir all-lein. I nôl pecyn o’r gweinydd hwn rhaid i ddau weinyddwr gytuno, a bydd yr anfonwr yn gweld hynny.`,
    recoveryNumber: (number, date, by) =>
      `Rhif yr allwedd yw ${number}; ${by ? `fe’i cofrestrwyd gan ${by}` : "fe’i cofrestrwyd"} ar ${date}.`,
    devices: "Llinellau gorchymyn",
    deviceCount: (count, sends) => {
      const may = sends ? "anfon a derbyn ar eich rhan." : "derbyn ar eich rhan.";
      if (count === 0) return `Nid oes yr un yn cael ${may}`;
      return `Mae ${count} llinell orchymyn yn cael ${may}`;
    },
    deviceAsk: { before: "Mae", link: "waybill login", after: "ar gyfrifiadur yn gofyn am hynny." },
    deviceSee: { before: "", link: "Eu gweld a’u dileu", after: "," },
    deviceEnrol: { before: "neu", link: "gofrestru un", after: "." },
    phone: "Eich rhif ffôn",
    phoneLabel: "Rhif y caiff derbynwyr ei ffonio i wirio hysbysiad gyda chi",
    phoneHint: "Caiff aros yn wag",
    save: "Cadw",
    removeKey: "Dileu fy allwedd",
    removeKeyLead: "Heb yr allwedd hon, caiff yr hyn a anfonir atoch ei agor â chwe gair eto.",
    knows: "Beth mae’r porwr hwn yn ei wybod",
    knowsLead: {
      before:
        "Mae’r porwr hwn yn cofio allwedd log y gweinydd a’r allweddi yr ydych wedi selio iddynt, ac yn stopio pan fyddant yn newid. Os gosodwyd y gweinydd o’r newydd,",
      link: "cymharwch allwedd y log ac anghofiwch yr hen un",
      after: ".",
    },
    keysLead: {
      before:
        "Ar bob tudalen mae hefyd yn gwirio yn y log fod pob allwedd yn eich enw yn un y llofnododd allwedd mynediad o’ch eiddo drosti:",
      link: "gweld yr allweddi yn eich enw",
      after: ".",
    },
    everywhere: "Allgofnodi ym mhobman",
    everywhereLead: "Mae hyn yn dod â phob sesiwn sydd gennych i ben ym mhob porwr, gan gynnwys hwn.",
    everywhereDevices: {
      before: "Mae gan linellau gorchymyn eu hallweddi eu hunain, ac maent yn mewngofnodi eto â nhw: i stopio un,",
      link: "dilëwch hi",
      after: ".",
    },
  },
  addPasskey: {
    title: "Ychwanegu allwedd mynediad",
    needsScript:
      "Gwneir allweddi mynediad ar eich dyfeisiau, ac mae angen JavaScript ar gyfer hynny. Trowch ef ymlaen ar gyfer y dudalen hon, yna llwythwch hi eto.",
    asked:
      "Gofynnir i chi dair gwaith: i wneud yr allwedd mynediad newydd, i lofnodi ag un sydd gennych, ac i ddefnyddio’r un newydd unwaith.",
    phone:
      "Ar gyfer eich ffôn: dewiswch “dyfais arall” neu “ffôn” y tro cyntaf, a sganiwch y cod y mae’r porwr yn ei ddangos.",
    name: "Beth fyddwch yn ei galw",
    nameHint: "Fel “Ffôn” neu “Allwedd ddiogelwch”",
    button: "Gwneud yr allwedd mynediad",
  },
  passkey: {
    caption: "Allwedd mynediad",
    made: (when) => `Gwnaed ar ${when}.`,
    name: "Beth ydych yn ei galw",
    nameHint: "Fel “Ffôn” neu “Gliniadur gwaith”",
    nameWrong: "Rhowch enw iddi, mewn 80 nod neu lai",
    needsScript: "Mae’r hyn sy’n dilyn yn defnyddio eich allweddi ar y ddyfais hon, ac mae angen JavaScript.",
    finishTitle: "Gorffen yr allwedd mynediad hon",
    finish:
      "Mae’n eich mewngofnodi, ond newidiodd eich allwedd ac nid yw wedi’i selio iddi eto, felly ni all agor yr hyn a anfonir atoch nawr. Bydd eich dyfais yn gofyn ddwywaith: yn gyntaf am allwedd mynediad arall sydd gennych, yna am hon.",
    finishButton: "Selio fy allwedd iddi",
    removeTitle: "Ei dileu",
    remove:
      "Gwnewch hyn pan fydd y ddyfais wedi’i cholli, wedi’i dwyn neu wedi’i rhoi i rywun arall. Bydd yr allwedd mynediad yn peidio â gweithio ar unwaith. Caiff eich allwedd ei newid hefyd, am y gall pwy bynnag sydd â’r ddyfais fod wedi’i hagor. Mae hynny’n golygu:",
    means: [
      "cewch god adfer newydd, a daw’r hen un i ben",
      "bydd eich allweddi mynediad eraill yn dal i’ch mewngofnodi, ac yn dal i agor yr hyn a anfonwyd atoch o’r blaen; i agor pethau newydd, rhaid gorffen pob un ond yr un yr ydych yn ei defnyddio nawr, unwaith, ar ei thudalen ei hun",
      "rhoddir gwybod i ddyfeisiau’r rhai sy’n anfon atoch fod eich allwedd wedi newid",
    ],
    removeButton: "Dileu’r allwedd mynediad hon",
    signTitle: "Llofnodi ag allwedd mynediad arall",
    sign: (name) =>
      `Bydd eich dyfais yn gofyn am allwedd mynediad yr ydych yn ei chadw. Mae honno’n llofnodi eich allwedd newydd, ac yna caiff “${name}” ei dileu.`,
    signButton: "Llofnodi a dileu",
    only: {
      before: "Dyma eich unig allwedd mynediad, felly ni ellir ei dileu.",
      link: "Ychwanegwch un arall",
      after: "yn gyntaf.",
    },
  },
  newCode: {
    title: "Cod adfer newydd",
    needsScript:
      "Gwneir y cod ar y ddyfais hon, ac mae angen JavaScript ar gyfer hynny. Trowch ef ymlaen ar gyfer y dudalen hon, yna llwythwch hi eto.",
    signTitle: "Llofnodi ag allwedd mynediad",
    sign: "Gyda’ch llofnod mae’r cod newydd yn dechrau a’r hen un yn dod i ben.",
    button: "Llofnodi",
  },
  removeKey: {
    title: "Dileu eich allwedd?",
    lead: [
      "Daw eich allweddi mynediad yma, eich cod adfer a’ch allwedd i ben ar unwaith, a chewch eich allgofnodi ym mhobman. Ni ellir agor mwyach yr hyn a seliwyd i’r allwedd hon ac sydd yma o hyd: cadwch gopi ohono’n gyntaf, neu gofynnwch amdano eto.",
      "Caiff yr hyn a anfonir atoch wedyn ei agor â chwe gair.",
    ],
    keep: "Ei chadw",
    doneTitle: "Mae eich allwedd wedi’i dileu",
    done: "Rydych wedi’ch allgofnodi. O hyn ymlaen daw’r hyn a anfonir atoch drwy e-bost gyda dolen, a chaiff ei agor â chwe gair y bydd yr anfonwr yn eu dweud wrthych. Gallwch ddileu’r allwedd mynediad o’ch dyfais.",
  },
  devices: {
    title: "Llinellau gorchymyn",
    lead: (sends) =>
      `Mae gan linell orchymyn ei hallweddi ei hun: mae’n ${sends ? "anfon ac yn derbyn" : "derbyn"} ar eich rhan. Caiff yr hyn a anfonir atoch ei selio i’r allweddi hyn hefyd.`,
    enrolled: (when) => `Cofrestrwyd ar ${when}.`,
    remove: "Dileu",
    noneYet: { before: "Dim un eto. Rhedwch", link: "waybill login", after: "ar y cyfrifiadur, a bydd yn dangos cod." },
    enrol: "Cofrestru llinell orchymyn",
    needsScript:
      "Byddwch yn llofnodi ag allwedd mynediad, ac mae angen JavaScript ar gyfer hynny. Trowch ef ymlaen ar gyfer y dudalen hon, yna llwythwch hi eto.",
    warning: {
      before: "Ewch ymlaen dim ond os mai chi eich hun a ddechreuodd",
      link: "waybill login",
      after: "funud yn ôl",
    },
    warningMore:
      ", a bod y cod ar y sgrin honno. Nid oes gan neb arall reswm i roi un i chi: na chydweithiwr na desg gymorth.",
    code: "Y cod y mae’r llinell orchymyn yn ei ddangos",
    codeHint: "Mae’n edrych fel 7F3K-Q2XV-9M4T",
    find: "Dod o hyd iddi",
    yours: "Ai chi piau hon?",
    calls: { before: "Ei henw yw", link: "", after: "ac mae’n dangos y cod hwn:" },
    compare: (sends) =>
      `Cymharwch ef â’r sgrin arall, nod wrth nod. Gyda’ch llofnod mae’n ${sends ? "anfon ac yn derbyn" : "derbyn"} ar eich rhan nes i chi ei dileu.`,
    sign: "Mae’r un fath: llofnodi",
    notMine: "Nid fi piau hi",
    doneTitle: "Mae wedi’i chofrestru",
    done: "Ewch yn ôl at y llinell orchymyn: mae’n mynd ymlaen ar ei phen ei hun.",
    see: "Gweld eich llinellau gorchymyn",
  },
  keys: {
    title: "Allweddi yn eich enw",
    lead: "I’r allweddi hyn y caiff yr hyn y mae eraill yn ei anfon atoch ei selio. Mae’r porwr hwn yn chwilio amdanynt yn y log, ac yn eu cymharu â’r hyn a lofnododd eich allweddi mynediad.",
    needsScript:
      "Dim ond eich porwr all farnu allweddi pwy yw’r rhain, ac mae angen JavaScript ar gyfer hynny. Trowch ef ymlaen ar gyfer y dudalen hon, yna llwythwch hi eto.",
    falseTitle: "Ni lofnododd yr un o’ch allweddi mynediad dros un ohonynt",
    falseSteps: [
      "Rhowch wybod amdani, a gofynnwch i’ch gweinyddwr dros y ffôn neu wyneb yn wyneb, nid drwy e-bost. Peidiwch ag anfon dim nes iddi gael ei thynnu.",
      "Tynnwch linell orchymyn nad ydych yn ei hadnabod. Os allwedd ar gyfer allweddi mynediad ydyw, tynnwch allwedd mynediad nad oes ei hangen arnoch neu a gollwyd, sy’n gwneud allwedd newydd yn ei lle; yn yr un modd y tynnir allwedd mynediad nad ydych yn ei hadnabod.",
      "Os un allwedd mynediad yn unig sydd gennych ac ni ellir ychwanegu un arall, ni all y dudalen hon ei drwsio: dywedwch wrth eich gweinyddwr dros y ffôn neu wyneb yn wyneb.",
    ],
    devices: "Gweld eich llinellau gorchymyn, a thynnu un",
    passkeys: "Gweld eich allweddi mynediad, a thynnu un",
    unsureTitle: "Ai eich allweddi chi yw’r rhain?",
    unsure:
      "Cofnodwyd rhai cyn i lofnodion gael eu cadw, neu llofnodwyd drostynt gan allwedd mynediad nad yw’r porwr hwn yn ei hadnabod. Hyd nes y dywedwch mai eich rhai chi ydynt, ni selir dim iddynt o’r porwr hwn heb ofyn i chi. Os nad ydych yn adnabod un, rhowch wybod am broblem yn lle hynny.",
    mine: "Fi piau pob un",
  },
  log: {
    title: "Y log y mae’r porwr hwn yn ei adnabod",
    needsScript:
      "Yn y porwr yn unig y mae’r hyn y mae’n ei wybod, ac mae angen JavaScript i’w ddarllen. Trowch ef ymlaen ar gyfer y dudalen hon, yna llwythwch hi eto.",
    noneTitle: "Nid yw’r porwr hwn yn adnabod unrhyw log",
    noneYet: "Bydd yn cadw allwedd y log ac allweddi pobl y tro cyntaf y byddwch yn selio rhywbeth.",
    known: "Mae’r porwr hwn yn adnabod y log wrth yr allwedd",
    named: "Mae’r gweinydd yn enwi’r allwedd",
    same: "Maent yr un fath. Nid oes angen mynd ymlaen oni bai bod tudalen wedi dweud bod y log wedi’i gwtogi neu ei ailysgrifennu.",
    other:
      "Nid ydynt yr un fath, ac ni selir dim o’r porwr hwn. Efallai fod y gweinydd wedi’i osod o’r newydd, fod allwedd y log wedi’i cholli, neu fod rhywun yn sefyll rhyngoch chi a’r gweinydd.",
    forgetTitle: "Ei anghofio ar ôl cymharu",
    forget: [
      "Gofynnwch i weinyddwr am allwedd y log dros y ffôn neu wyneb yn wyneb, nid drwy e-bost ac nid ar y dudalen hon. Os nad dyna’r un y mae’r gweinydd yn ei henwi, stopiwch: gadewch hyn fel y mae, a dywedwch wrth y gweinyddwr.",
      "Gyda’r log bydd y porwr hwn hefyd yn anghofio allweddi pawb y mae wedi selio iddynt. Bydd yn eu derbyn fel y maent y tro nesaf.",
    ],
    compared: "Dywedodd gweinyddwr allwedd y log wrthyf, a dyna’r un y mae’r gweinydd yn ei henwi",
    button: "Anghofio’r hyn yr oedd y porwr hwn yn ei wybod",
    leave: "Ei adael fel y mae",
    doneTitle: "Mae’r porwr hwn wedi’i anghofio",
    done: "Bydd yn dysgu allwedd y log ac allweddi pobl o’r newydd y tro nesaf y byddwch yn selio rhywbeth.",
  },
} as const satisfies AccountTexts;
