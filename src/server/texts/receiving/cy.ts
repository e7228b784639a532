import { openCy } from "./open-cy.ts";
import type { House, ReceivingTexts, Sender } from "./texts.ts";

/** One advice everywhere, also for whoever doubts what they read: the number that they find themselves. */
const ring = (house: House): string => `ffoniwch ${house.name} ar y rhif a welwch ar ${house.website}`;
/** Whom a recipient turns to. */
const reach = (sender: Sender, house: House): string =>
  sender.left ? `${ring(house)}, a rhowch y cyfeirnod iddynt` : `ysgrifennwch at ${sender.name} (${sender.address})`;
/** Who looks into problems where the sender has left. */
const PROBLEMS = "sy’n gofalu am broblemau o’r fath";

export const cy = {
  common: {
    error: "Gwall",
    problem: "Mae problem",
    skip: "Neidio i’r prif gynnwys",
    language: "Iaith",
    otherLanguage: "English",
    genuine: "A yw hwn yn ddilys?",
    report: "Rhoi gwybod am broblem",
    home: "Hafan",
    menu: "Dewislen",
    privacy: "Preifatrwydd",
    accessibility: "Hygyrchedd",
    reference: "Cyfeirnod",
    from: "Oddi wrth",
    organisation: "Sefydliad",
    openUntil: "Gellir ei agor tan",
    notForMe: "Nid i mi y mae hwn",
    goOn: "Parhau",
    back: "Yn ôl",
    ask: (sender, house) =>
      sender.left
        ? `Cwestiynau? Mae ${sender.name}, a’i hanfonodd, wedi gadael ${house.name}: ${ring(house)}, a rhowch y cyfeirnod iddynt.`
        : `Cwestiynau? Gofynnwch i ${sender.name} (${sender.address}), neu ${ring(house)}.`,
    sentBy: (sender, house) =>
      sender.left ? `${sender.name}, sydd wedi gadael ${house.name}` : `${sender.name}, ${sender.address}`,
    left: (sender, house, { teller, recovery, mayKnow }) => {
      const gone = `Mae ${sender.name}, a’i hanfonodd, wedi gadael ${house.name}`;
      if (teller)
        return `${gone}. Bydd ${teller.name} (${teller.address}) yn dweud wrthych y chwe gair sy’n ei agor, yn lle ${sender.name}.`;
      const known = mayKnow ? " Os dywedwyd y geiriau wrthych, gallwch ei agor o hyd. Os na," : "";
      const what = recovery
        ? `gall ${house.name} ei agor â’i allwedd adfer a’i gael atoch mewn ffordd arall, neu ei anfon atoch o’r newydd`
        : "rhaid ei anfon atoch o’r newydd";
      return `${gone}, ac nid oes gan neb yno y chwe gair sy’n ei agor.${known} ${mayKnow ? what : `Felly ${what}`}: ${ring(house)}, a rhowch y cyfeirnod iddynt.`;
    },
    recovery: (house, { left }) =>
      `Gall ${house.name} agor y pecyn hwn hefyd, gydag allwedd adfer y mae’n ei chadw all-lein. I nôl y pecyn o’r gweinydd hwn rhaid i ddau o’i weinyddwyr gytuno, ac ${left ? "fe’i cofnodir" : "mae’r anfonwr yn gweld hynny"}.`,
    needsScript:
      "Mae angen JavaScript ar gyfer y cam hwn, gan mai ar eich dyfais chi y caiff y pecyn ei agor, nid gennym ni. Trowch ef ymlaen yn eich porwr, neu defnyddiwch borwr arall, yna llwythwch y dudalen hon eto. Does dim wedi’i golli.",
  },
  landing: {
    title: "Mae rhywun wedi anfon pecyn atoch",
    lead: (sender, house) => `Mae ${sender.name} o ${house.name} wedi anfon gwybodaeth atoch yn ddiogel.`,
    checkTitle: "Sut i wirio bod hwn yn ddilys",
    check: (host, reference, house) => [
      `Teipiwch ${host}/genuine i’ch porwr eich hun a rhowch y cyfeirnod ${reference} a’ch cyfeiriad: yna daw e-bost newydd i’ch blwch post.`,
      `Neu ffoniwch ${house.name} ar y rhif a welwch ar ei wefan, ${house.website}, a rhowch y cyfeirnod iddynt. Peidiwch â defnyddio rhif o e-bost nad ydych yn siŵr ohono.`,
    ],
    proveTitle: "Yn gyntaf, dangoswch mai eich blwch post chi yw hwn",
    prove: (mailbox) =>
      `Nid yw’r ddolen ar ei phen ei hun yn agor dim. Byddwn yn anfon cod 8 digid i ${mailbox}, a byddwch chi’n ei deipio yma.`,
    passkey: {
      title: "Yn gyntaf, mewngofnodwch â’ch allwedd mynediad",
      lead: (house) =>
        `Rydych wedi cadw allwedd mynediad ar gyfer yr hyn y mae ${house.name} yn ei anfon atoch, ac i’w hallwedd hi y seliwyd y pecyn hwn. Felly nid oes cod na geiriau: bydd eich dyfais yn gofyn am eich olion bysedd, eich wyneb neu’ch PIN.`,
      signIn: "Mewngofnodi â’ch allwedd mynediad",
      lost: (sender) =>
        `Os nad yw’r ddyfais gennych mwyach, na ffôn â’r allwedd mynediad honno arno, defnyddiwch eich cod adfer. Hebddo ni allwch agor y pecyn hwn: dywedwch wrth ${sender.name}, a all ei anfon atoch o’r newydd.`,
      recover: "Defnyddio fy nghod adfer",
    },
    send: "Anfonwch god ataf",
    haveCode: "Mae gen i god yn barod",
    otherDevice: "Rwyf wedi dechrau ar ddyfais arall",
    responsibilitiesTitle: "Eich cyfrifoldebau",
    responsibilities:
      "I chi y mae’r hyn a anfonwyd. Cadwch ef yn ddiogel, dilynwch y cyfarwyddiadau trin sy’n dod gydag ef, dangoswch ef dim ond i bobl y mae ei angen arnynt, a’i ddileu pan na fydd ei angen arnoch mwyach.",
    otherMember: (house) =>
      `Anfonodd ${house.name} y pecyn hwn at rywun arall, nid i’r cyfrif yr ydych wedi mewngofnodi ag ef. Os dilynoch ddolen a anfonwyd atoch, rhowch wybod i’r person a’i hanfonodd.`,
    otherMemberTitle: "I rywun arall y mae’r pecyn hwn",
  },
  code: {
    title: "Rhowch y cod",
    sent: (mailbox, minutes) =>
      `Rydym wedi anfon cod i ${mailbox}. Mae’n gweithio unwaith, am ${minutes} munud. Gall gymryd munud neu ddwy i gyrraedd; edrychwch yn eich ffolder sothach hefyd.`,
    have: (mailbox, minutes) =>
      `Rhowch god a anfonwyd i ${mailbox}. Mae’n gweithio unwaith, am ${minutes} munud ar ôl ei anfon.`,
    label: "Cod",
    hint: "8 digid",
    again: "Anfonwch god newydd",
    againLead:
      "Dim cod, neu’n rhy hwyr? Nid ydych yn colli dim drwy ofyn am un newydd, ac mae un cynharach sydd gennych o hyd yn dal i weithio.",
    empty: "Rhowch y cod o’r e-bost. Mae ganddo 8 digid.",
    wrong:
      "Nid yw’r cod hwnnw’n gywir, neu mae wedi’i ddefnyddio’n barod, neu mae’n rhy hen. Gwiriwch ef, neu gofynnwch am un newydd.",
    pausedTitle: "Arhoswch cyn rhoi cynnig arall arni",
    paused: (minutes, until) => [
      `Rhoddwyd cod anghywir yn rhy aml, felly canslwyd pob cod am ${minutes} munud. Does dim wedi’i golli.`,
      `O ${until} ymlaen gallwch ofyn am god newydd: agorwch y ddolen yn yr e-bost eto bryd hynny.`,
    ],
    tooMany:
      "Anfonwyd llawer o godau i’r blwch post hwn yn ystod yr awr ddiwethaf. Defnyddiwch un o’r rheini, neu gofynnwch am un newydd ymhen awr. Does dim wedi’i golli.",
  },
  arrive: {
    title: "Cadarnhewch ei fod wedi cyrraedd",
    what: (sender, house, words, teller) =>
      sender.left
        ? words && teller
          ? `Pan fyddwch yn cadarnhau, gofynnir i ${teller.name} ddweud wrthych y chwe gair sy’n ei agor, yn lle ${sender.name}, sydd wedi gadael ${house.name}.`
          : `Pan fyddwch yn cadarnhau, bydd gan ${house.name} gofnod bod y pecyn wedi’ch cyrraedd${words ? "" : ", a gallwch ei agor"}.`
        : words
          ? `Pan fyddwch yn cadarnhau, bydd ${sender.name} yn gweld bod y pecyn wedi’ch cyrraedd, a gofynnir iddynt ddweud wrthych y chwe gair sy’n ei agor.`
          : `Pan fyddwch yn cadarnhau, bydd ${sender.name} yn gweld bod y pecyn wedi’ch cyrraedd, a gallwch ei agor.`,
    device:
      "Bydd eich porwr yn gwneud allwedd ar gyfer y pecyn hwn, a byddwch yn llofnodi â hi eich bod wedi’i dderbyn. Mae’r allwedd yn aros ar y ddyfais hon, felly cadarnhewch ar y ddyfais lle’r ydych am agor y pecyn.",
    again:
      "Cadarnhawyd bod y pecyn wedi cyrraedd ar ddyfais arall. Os ydych am barhau yma, cadarnhewch eto ar y ddyfais hon.",
    corrected:
      "Cywirodd yr anfonwr rywbeth yng nghofnod y trosglwyddiad nad yw’n ymwneud â chi. Cadarnhewch eto ei fod wedi cyrraedd, ar gyfer y cofnod fel y mae nawr. Does dim wedi’i golli, ac mae’r chwe gair yn aros yr un fath.",
    reader: "Eich enw",
    readerHint: "Blwch post a rennir yw hwn. Bydd yr anfonwr yn gweld pwy sy’n darllen.",
    readerEmpty: "Rhowch eich enw, fel bod yr anfonwr yn gwybod pwy sy’n darllen y blwch post hwn a rennir.",
    button: "Cadarnhau ei fod wedi cyrraedd",
    working: "Yn cadarnhau…",
  },
  wait: {
    title: "Mae eich pecyn wedi cyrraedd",
    how: ({ sender, channel, ending }) => {
      const who = `I’w agor, mae angen chwe gair arnoch. Bydd ${sender.name} yn`;
      if (channel === "post") return `${who} eu hanfon atoch mewn llythyr.`;
      if (channel === "teams") return `${who} eu dweud wrthych mewn neges neu alwad Teams.`;
      if (channel === "in-person") return `${who} eu dweud wrthych wyneb yn wyneb.`;
      const by = { phone: "dros y ffôn", sms: "mewn neges destun", "relay-uk": "drwy Relay UK" }[channel];
      return ending === null
        ? `${who} eu dweud wrthych ${by}. Nid oes rhif i chi wedi’i wirio eto, felly bydd ${sender.name} yn gwirio un yn gyntaf, a gall hynny gymryd mwy o amser.`
        : `${who} eu dweud wrthych ${by}, ar y rhif sy’n gorffen â ${ending}.`;
    },
    told: (teller, when) => `Nododd ${teller.name} ar ${when} fod y chwe gair wedi’u dweud wrthych.`,
    noAnswer: (teller, when) => `Ceisiodd ${teller.name} gysylltu â chi ar ${when}, heb ateb.`,
    never:
      "Ni ddaw’r geiriau byth drwy e-bost, ac ni fydd neb arall yn gofyn i chi amdanynt. Peidiwch â’u dweud wrth neb, hyd yn oed wrthym ni.",
    haveWords: "Mae’r chwe gair gen i",
    askTitle: "Yn aros yn rhy hir, neu rif arall yn well?",
    askLead: (sender) => `Bydd ${sender.name} yn cael e-bost yn dweud eich bod yn aros.`,
    askButton: (sender) => `Gofyn i ${sender.name} eto`,
    asked: (sender, when) => `Gofynnwyd i ${sender.name} eto ar ${when}.`,
    leave: "Gallwch gau’r dudalen hon a dod yn ôl drwy’r ddolen yn yr e-bost.",
  },
  open: openCy,
  done: {
    title: "Rydych wedi cadarnhau ei fod wedi’i dderbyn",
    panel: "Wedi cadarnhau ei dderbyn",
    told: (sender, house, when) =>
      sender.left
        ? `Mae gan ${house.name} gofnod ers ${when} ei fod gennych a’i fod yn gyflawn.`
        : `Rhoddwyd gwybod i ${sender.name} ar ${when} ei fod gennych a’i fod yn gyflawn.`,
    handlingTitle: "Sut i’w drin",
    handling: {
      OFFICIAL: [
        "Mae’r wybodaeth hon yn OFFICIAL. Cadwch hi lle mai dim ond pobl y mae ei hangen arnynt a all ei chyrraedd.",
        "Peidiwch â’i throsglwyddo oni bai bod yr anfonwr wedi cytuno neu fod y gyfraith yn gofyn am hynny.",
        "Dilëwch hi, ac unrhyw gopi, pan na fydd ei hangen arnoch mwyach.",
      ],
      "OFFICIAL-SENSITIVE": [
        "Mae’r wybodaeth hon yn OFFICIAL-SENSITIVE: yn y dwylo anghywir gallai wneud niwed. Dim ond pobl â gwir angen gwybod a gaiff ei gweld.",
        "Cadwch hi dan glo neu wedi’i hamgryptio. Peidiwch â’i darllen lle gall eraill edrych dros eich ysgwydd, a pheidiwch â’i hanfon ymlaen drwy e-bost cyffredin.",
        "Peidiwch â’i throsglwyddo heb gytundeb yr anfonwr, oni bai bod y gyfraith yn gofyn am hynny.",
        "Dilëwch hi, ac unrhyw gopi, pan na fydd ei hangen arnoch mwyach, a rhwygwch yr hyn a argraffwyd gennych.",
      ],
      public: ["Mae’r wybodaeth hon yn gyhoeddus: gellir ei throsglwyddo."],
      internal: [
        "Mae’r wybodaeth hon yn fewnol. Cadwch hi lle mai dim ond pobl y mae ei hangen arnynt ar gyfer eu gwaith a all ei chyrraedd.",
        "Peidiwch â’i throsglwyddo oni bai bod yr anfonwr wedi cytuno neu fod y gyfraith yn gofyn am hynny.",
        "Dilëwch hi, ac unrhyw gopi, pan na fydd ei hangen arnoch mwyach.",
      ],
      confidential: [
        "Mae’r wybodaeth hon yn gyfrinachol: yn y dwylo anghywir gallai wneud niwed. Dim ond pobl â gwir angen gwybod a gaiff ei gweld.",
        "Cadwch hi dan glo neu wedi’i hamgryptio, a pheidiwch â’i hanfon ymlaen drwy e-bost cyffredin.",
        "Peidiwch â’i throsglwyddo heb gytundeb yr anfonwr, oni bai bod y gyfraith yn gofyn am hynny.",
        "Dilëwch hi, ac unrhyw gopi, pan na fydd ei hangen arnoch mwyach, a rhwygwch yr hyn a argraffwyd gennych.",
      ],
    },
    until: (date) =>
      `Gallwch agor y pecyn eto tan ${date}. Ar ôl hynny caiff ei ddinistrio yma; mae’r hyn a gadwyd gennych yn aros gyda chi.`,
    openAgain: "Ei agor eto",
    wrongTitle: "Os oes rhywbeth o’i le wedi’r cyfan",
    wrong:
      "Rhowch wybod i’r anfonwr ar unwaith os oes rhywbeth ar goll neu wedi’i ddifrodi, neu os nad i chi y mae wedi’r cyfan.",
  },
  problem: {
    title: "Mae rhywbeth o’i le",
    lead: (sender, house) =>
      sender.left
        ? `Mae ${sender.name}, a’i hanfonodd, wedi gadael ${house.name}. Rhoddir gwybod ar unwaith i’r bobl yno ${PROBLEMS}. Nid yw hyn yn dileu dim.`
        : `Rhoddir gwybod ar unwaith i ${sender.name} ac i’r bobl yno ${PROBLEMS}. Nid yw hyn yn dileu dim.`,
    kind: "Beth sydd o’i le?",
    kinds: {
      missing: "Mae rhywbeth ar goll",
      damaged: "Mae wedi’i ddifrodi, neu nid yw’n agor",
      other: "Rhywbeth arall",
    },
    notForMe: "Nid i mi y mae",
    detail: "Beth ddigwyddodd? (dewisol)",
    detailHint: "Peidiwch ag ysgrifennu yma beth sydd yn y pecyn: nid yw’r testun hwn wedi’i selio.",
    choose: "Dewiswch beth sydd o’i le",
    tooLong: "Mae’r testun yn rhy hir. Defnyddiwch 1,000 nod ar y mwyaf.",
    button: (sender, house) => `Dweud wrth ${sender.left ? house.name : "yr anfonwr"}`,
    thanksTitle: (sender, house) => `Mae${sender.left ? ` ${house.name}` : "’r anfonwr"} wedi cael gwybod`,
    thanks: (sender, house) =>
      sender.left
        ? `Mae’r bobl yn ${house.name} ${PROBLEMS} yn gweld yr hyn a ddywedoch. Os na all aros, ${ring(house)}, a rhowch y cyfeirnod iddynt. Does dim wedi’i ddileu.`
        : `Mae ${sender.name} wedi cael e-bost ac yn gweld yr hyn a ddywedoch. Byddant yn cysylltu â chi, neu’n ei anfon eto. Does dim wedi’i ddileu.`,
  },
  misdirected: {
    title: "Nid i mi y mae hwn",
    proved: (sender, house) =>
      `Os na ddylai’r pecyn hwn fod wedi dod atoch chi, daw eich mynediad ato i ben ar unwaith ac am byth, a rhoddir gwybod ${sender.left ? `i’r bobl yn ${house.name}` : `i ${sender.name} ac i’r bobl yno`} ${PROBLEMS}.`,
    linkOnly: (sender, house) =>
      `Nid ydych wedi dangos mai eich blwch post chi yw hwn. Caiff y pecyn ei oedi, ${sender.left ? `a rhoddir gwybod i’r bobl yn ${house.name}` : `gofynnir i ${sender.name} beth i’w wneud, a rhoddir gwybod i’r bobl yno`} ${PROBLEMS}. Nid yw dim yn cael ei ddinistrio.`,
    provedButton: (sender, house) => `Dod â’m mynediad i ben a dweud wrth ${sender.left ? house.name : "yr anfonwr"}`,
    linkButton: (sender, house) => `Ei oedi a dweud wrth ${sender.left ? house.name : "yr anfonwr"}`,
    doneTitle: "Mae eich mynediad wedi dod i ben",
    provedDone: (sender, house) => [
      `Diolch. Mae ${sender.left ? house.name : sender.name} wedi cael gwybod.`,
      "Os ydych eisoes wedi agor neu gadw unrhyw ran ohono, peidiwch â darllen ymlaen, ei gopïo na’i ddangos i neb. Cadwch yr hyn sydd gennych, a’r e-bost, nes i rywun ddweud wrthych beth i’w wneud ag ef.",
    ],
    linkDoneTitle: "Mae’r pecyn wedi’i oedi",
    linkDone: (sender, house) => [
      `Diolch. ${sender.left ? `Mae’r bobl yn ${house.name} ${PROBLEMS} wedi cael gwybod` : `Gofynnwyd i ${sender.name} beth i’w wneud`}. Tan hynny ni all neb ei agor â’r ddolen hon, ac nid oes dim wedi’i golli.`,
      "Peidiwch ag anfon yr e-bost ymlaen. Cadwch ef nes i rywun ddweud wrthych beth i’w wneud ag ef.",
      `Os i chi y mae wedi’r cyfan, ${reach(sender, house)}.`,
    ],
  },
  over: {
    titles: {
      "taken-back": "Cafodd y pecyn hwn ei dynnu’n ôl",
      expired: "Mae’r pecyn hwn wedi dod i ben",
      closed: "Mae’r pecyn hwn wedi’i gau",
      "not-for-me": "Mae eich mynediad wedi dod i ben",
      ended: "Mae eich mynediad wedi dod i ben",
      paused: "Mae’r pecyn hwn wedi’i oedi",
    },
    what: {
      "taken-back": (sender, house) =>
        `Tynnodd ${sender.name} ef yn ôl, ac ni ellir ei agor mwyach. Os oes ei angen arnoch o hyd, ${reach(sender, house)}.`,
      expired: (sender, house) =>
        `Mae ei ddiwrnod olaf wedi mynd heibio, ac ni ellir ei agor mwyach. Os oes ei angen arnoch o hyd, ${reach(sender, house)} a gofynnwch am ei anfon eto.`,
      closed: (sender, house) =>
        `Cadarnhaoch ei fod gennych, ac mae ei ddiwrnod olaf wedi mynd heibio. Os oes ei angen arnoch eto, ${reach(sender, house)}.`,
      "not-for-me": (sender, house) =>
        `Dywedwyd nad i’r blwch post hwn y mae’r pecyn. Os oedd hynny’n gamgymeriad, ${reach(sender, house)}.`,
      ended: (sender, house) =>
        `Daeth ${sender.name} â’ch mynediad ato i ben. Os oes ei angen arnoch o hyd, ${reach(sender, house)}.`,
      paused: (sender, house) =>
        `Dywedwyd y gallai fod wedi cyrraedd rhywun nad yw ar eu cyfer. Gofynnwyd i ${sender.left ? house.name : sender.name} beth i’w wneud, ac nid oes dim wedi’i golli. Os i chi y mae, ${reach(sender, house)}.`,
    },
    expiredLink: [
      "Mae diwrnod olaf y pecyn hwn wedi mynd heibio, felly ni all neb ei agor mwyach, ac ni anfonir cod ar ei gyfer.",
      "Os oes ei angen arnoch o hyd, gofynnwch i’r person a’i hanfonodd ei anfon eto: mae eu henw a’u cyfeiriad gwaith yn yr e-bost.",
    ],
    refused: {
      401: "Yn gyntaf, dangoswch mai eich blwch post chi yw hwn",
      403: "Ni weithiodd hynny",
      404: "Nid oes dim yma",
      409: "Nid yw hynny’n bosibl nawr",
      410: "Mae hwn ar ben",
      413: "Mae hynny’n rhy fawr",
      429: "Arhoswch funud",
      500: "Mae’n ddrwg gennym, aeth rhywbeth o’i le",
    },
    refusal: {
      401: () => "Agorwch y ddolen yn yr e-bost eto a gofynnwch am god. Does dim wedi’i golli.",
      403: () =>
        "Roedd y dudalen ar agor yn rhy hir, neu fe’i hanfonwyd o rywle arall. Ni newidiwyd dim: agorwch y ddolen yn yr e-bost eto.",
      404: () =>
        "Nid oes dim yma y gallwch ei weld. Agorwch y ddolen yn yr e-bost eto, neu gofynnwch i’r person a’i hanfonodd.",
      409: () => "Ni ellir gwneud hynny fel y mae pethau nawr. Ni newidiwyd dim: agorwch y ddolen yn yr e-bost eto.",
      410: () => "Ni ellir agor hwn mwyach. Os oes ei angen arnoch o hyd, gofynnwch i’r person a’i hanfonodd.",
      413: () => "Mae hynny’n fwy nag y mae’r dudalen hon yn ei dderbyn. Ni newidiwyd dim.",
      429: (minutes) =>
        `Rhoddwyd cynnig ar hynny’n rhy aml. Does dim wedi’i golli: arhoswch ${minutes} munud, yna agorwch y ddolen yn yr e-bost eto.`,
      500: () =>
        "Aeth rhywbeth o’i le ar ein hochr ni. Nid yw’r hyn a anfonwyd atoch wedi’i golli: rhowch gynnig arall arni ymhen ychydig funudau.",
    },
    faultReference: "Os digwydd eto, rhowch y cyfeirnod hwn i’r person a’i hanfonodd:",
    nothingTitle: "Nid yw’r ddolen hon yn agor dim",
    nothing: [
      "Efallai fod y ddolen wedi’i thorri neu ei theipio’n anghywir. Neu mae’r pecyn wedi dod i ben neu wedi’i dynnu’n ôl, neu daeth mynediad drwy’r ddolen hon i ben, er enghraifft am i rywun ddweud nad oedd ar eu cyfer nhw.",
      "Os dylech ei gael, agorwch y ddolen o’r e-bost eto. Os nad yw’n agor dim o hyd, gofynnwch i’r person a’i hanfonodd: mae eu henw a’u cyfeiriad gwaith yn yr e-bost.",
    ],
  },
  device: {
    title: "Parhau ar ddyfais arall",
    lead: "Gallwch agor y pecyn ar ffôn neu gyfrifiadur arall, heb god newydd drwy e-bost.",
    steps: (address) => `Ar y ddyfais arall, teipiwch ${address} i’r porwr a rhowch y cod hwn:`,
    codeIs: "Cod",
    until: (time) => `Mae’n gweithio unwaith, tan ${time}.`,
    key: "Yna byddwch yn cadarnhau eto ar y ddyfais honno ei fod wedi cyrraedd, ac yn llofnodi yno eich bod wedi’i dderbyn.",
    button: "Dangos cod",
    enterTitle: "Parhau â phecyn ar y ddyfais hon",
    enterLead: "Rhowch y cod y mae eich dyfais gyntaf yn ei ddangos o dan “Parhau ar ddyfais arall”.",
    label: "Cod",
    hint: "8 o lythrennau a digidau",
    wrong:
      "Nid yw’r cod hwnnw’n gywir, neu mae wedi’i ddefnyddio’n barod, neu mae’n rhy hen. Gofynnwch i’ch dyfais gyntaf ddangos un newydd.",
  },
  check: {
    title: "A yw hwn yn ddilys?",
    lead: (house) =>
      `A gawsoch e-bost yn dweud bod ${house.name} wedi anfon gwybodaeth atoch? Rhowch ei gyfeirnod a’ch cyfeiriad e-bost. Os yw’r pecyn yn un go iawn ac i chi, byddwn yn anfon e-bost newydd â’i ddolen i’r cyfeiriad hwnnw. Nid ydym yn dweud wrth neb arall a yw’n bodoli.`,
    reference: "Cyfeirnod",
    referenceHint: "Mae’n edrych fel WB-7F3K-Q2XV",
    address: "Eich cyfeiriad e-bost",
    addressHint: "Yr un y daeth yr e-bost iddo",
    button: "Ei wirio",
    badReference:
      "Gwiriwch y cyfeirnod: mae’n debyg bod un o’i nodau wedi’i deipio’n anghywir. Mae’n edrych fel WB-7F3K-Q2XV.",
    badAddress: "Rhowch gyfeiriad e-bost, fel enw@enghraifft.cymru",
    doneTitle: "Edrychwch yn eich blwch post",
    done: (house) => [
      "Os anfonwyd pecyn â’r cyfeirnod hwn i’r cyfeiriad hwnnw, mae e-bost newydd â’i ddolen ar ei ffordd. Gall gymryd ychydig funudau.",
      `Os na ddaw dim, efallai nad gennym ni y daeth yr e-bost cyntaf. Peidiwch â defnyddio ei ddolen: ${ring(house)}, a rhowch y cyfeirnod iddynt.`,
    ],
  },
} as const satisfies ReceivingTexts;
