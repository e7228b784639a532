import type { CarriedTexts } from "./texts.ts";

const BY = {
  email: "drwy e-bost, mewn pecyn â chyfrinair",
  cjsm: "drwy CJSM",
  post: "drwy’r post neu gludydd",
  "hand-delivery": "â llaw",
  telephone: "dros y ffôn",
  "removable-media": "ar gyfrwng cofrestredig",
  fax: "drwy ffacs",
} as const;

export const cy = {
  subject: (reference) => `Cyfeirnod ${reference}`,
  greeting: ({ name, team }) => (team ? `At ${name},` : `Annwyl ${name},`),
  onItsWay: ({ sender, organisation, reference, host, method, expected }) => [
    `Mae ${sender.name} (${sender.address}) o ${organisation.name} wedi anfon rhywbeth atoch ${BY[method]}. Ei gyfeirnod yw ${reference}. Dylai eich cyrraedd erbyn ${expected}.`,
    `Daw cod gydag ef. Pan fydd ef gennych, teipiwch ${host}/arrived i’ch porwr, a rhowch y cyfeirnod a’r cod: yna bydd ${sender.name} yn gwybod ei fod wedi cyrraedd.`,
    "EICH CYFRIFOLDEBAU\n\nI chi y mae’r hyn a anfonwyd. Cadwch ef yn ddiogel, dilynwch y cyfarwyddiadau trin sy’n dod gydag ef, a’i ddangos dim ond i bobl y mae ei angen arnynt.",
    `NID I CHI Y MAE HWN?\n\nOs nad chi yw’r person cywir, peidiwch ag agor yr hyn a ddaw, a pheidiwch â’i drosglwyddo. Rhowch wybod i ${sender.name} (${sender.address}). Os nad ydych yn siŵr bod yr e-bost hwn yn ddilys, ffoniwch ${organisation.name} ar y rhif a welwch ar ei wefan, ${organisation.website}.`,
  ],
  reminder: ({ sender, organisation, reference, host }) => [
    `Anfonodd ${sender.name} (${sender.address}) o ${organisation.name} rywbeth atoch gyda’r cyfeirnod ${reference}, ac nid yw’n gwybod eto a yw ef gennych.`,
    `Teipiwch ${host}/arrived i’ch porwr, a rhowch y cyfeirnod a’r cod a ddaeth gydag ef. Os na ddaeth dim, rhowch wybod i ${sender.name} ar unwaith.`,
  ],
  receiptReminder: ({ sender, organisation, reference, host }) => [
    `Anfonodd ${sender.name} (${sender.address}) o ${organisation.name} rywbeth atoch gyda’r cyfeirnod ${reference}. Yn ôl y cofnod mae wedi cyrraedd, neu wedi’i roi i rywun ar eich rhan. Nid oes neb wedi cadarnhau eto ei fod yn gyflawn.`,
    `Edrychwch drwyddo, yna teipiwch ${host}/arrived i’ch porwr, a rhowch y cyfeirnod a’r cod a ddaeth gydag ef. Os oes rhywbeth ar goll neu wedi’i ddifrodi, neu os nad yw gennych, rhowch wybod i ${sender.name} ar unwaith.`,
  ],
  unnamedHandling: {
    OFFICIAL: "Cadwch hi lle mai dim ond pobl y mae ei hangen arnynt a all ei chyrraedd.",
    "OFFICIAL-SENSITIVE": "Yn y dwylo anghywir gallai wneud niwed. Dim ond pobl â gwir angen gwybod a gaiff ei gweld.",
    public: "Gellir ei throsglwyddo.",
    internal: "Cadwch hi lle mai dim ond pobl y mae ei hangen arnynt ar gyfer eu gwaith a all ei chyrraedd.",
    confidential: "Yn y dwylo anghywir gallai wneud niwed. Dim ond pobl â gwir angen gwybod a gaiff ei gweld.",
  },
  toPaste: ({ organisation, reference, host, packed, handling }) => [
    `Mae ${organisation.name} yn anfon gwybodaeth atoch ${packed ? "yn y pecyn sydd ynghlwm" : "gyda’r neges hon"}. Ei chyfeirnod yw ${reference}.`,
    ...(packed
      ? [
          "Mae’n agor â chyfrinair, a ddywedir wrthych mewn ffordd arall ar ôl i chi ddweud bod y pecyn wedi cyrraedd. Ni ddaw byth drwy e-bost.",
        ]
      : []),
    `SUT I DRIN YR WYBODAETH\n\n${handling.join("\n")}`,
    `Os nad i chi y mae, peidiwch â’i hagor a pheidiwch â’i throsglwyddo. Dilëwch yr e-bost hwn, a ffoniwch ${organisation.name} ar y rhif a welwch ar ei wefan, ${organisation.website}.`,
    `Pan fydd hi gennych, teipiwch ${host}/arrived i’ch porwr a rhowch y cyfeirnod a’r cod: `,
  ],
  arrived: {
    title: "A oes rhywbeth wedi cyrraedd i chi?",
    lead: (house) =>
      `Mae cyfeirnod a chod ar rywbeth a anfonodd ${house.name} atoch. Rhowch y ddau: yna bydd yr anfonwr yn gwybod ei fod gyda chi.`,
    reference: "Cyfeirnod",
    code: "Cod",
    codeHint: "8 o lythrennau a digidau, megis K7QX-2MPA",
    go: "Parhau",
    wrong:
      "Nid yw’r cyfeirnod hwnnw a’r cod hwnnw’n perthyn i’w gilydd. Edrychwch eto ar y daflen a ddaeth gydag ef: mae’r ddau arni. Nid oes cod ar label y cyfeiriad. Nid oes dim wedi’i golli.",
  },
  standing: {
    title: "Yr hyn a ddaeth atoch",
    lead: (house) => `Fe’i hanfonwyd gan ${house.name}. Ni ddangosir dim o’i gynnwys yma.`,
    over: "Mae hyn ar ben: nid oes disgwyl dim mwy. Os yw gyda chi o hyd, rhowch wybod i’r anfonwr.",
    handlingTitle: "Sut i’w drin",
    handling: [
      "Cadwch ef yn ddiogel, a’i ddangos dim ond i bobl y mae ei angen arnynt.",
      "Peidiwch â’i gopïo mwy nag sydd raid, a dilynwch y cyfarwyddiadau sy’n dod gydag ef.",
      "Pan na fydd ei angen arnoch mwyach, dinistriwch ef yn ddiogel, neu anfonwch ef yn ôl lle gofynnwyd am hynny.",
    ],
    arrivedTitle: "Mae wedi cyrraedd",
    arrivedSaid: "Dywedwch hynny pan fydd yn eich dwylo, heb ei agor hyd y gwelwch.",
    reader: "Eich enw",
    readerHint: "Er mwyn i’r anfonwr wybod gan bwy y mae.",
    readerWrong: "Rhowch eich enw, er mwyn i’r anfonwr wybod gan bwy y mae",
    confirmArrival: "Mae wedi cyrraedd",
    password:
      "Rydych wedi dweud ei fod wedi cyrraedd. Os yw’n agor â chyfrinair, bydd yr anfonwr yn ei ddweud wrthych mewn ffordd arall, byth drwy e-bost.",
    receiptTitle: "Mae’n gyflawn",
    receiptSaid: "Pan fyddwch wedi’i agor a phopeth yno, cadarnhewch eich bod wedi’i dderbyn.",
    pages: "Faint o dudalennau a ddaeth?",
    pagesWrong: "Rhowch faint o dudalennau a ddaeth. Os yw’n rhif gwahanol i’r disgwyl, rhowch wybod am broblem.",
    digest: "SHA-256 y pecyn (dewisol)",
    digestHint:
      "Mae’n dangos mai’r hyn sydd gennych yw’r hyn a anfonwyd. Windows: certutil -hashfile FFEIL SHA256. macOS a Linux: shasum -a 256 FFEIL. FFEIL yw enw’r pecyn, neu enw unrhyw un o’i ffeiliau.",
    digestWrong: "Rhowch bob un o 64 nod y SHA-256, sef digidau a llythrennau o a i f, neu gadewch ef yn wag",
    digestOther:
      "Nid dyma SHA-256 yr hyn a anfonwyd, felly nid yw ei dderbyn wedi’i gadarnhau. Dywedwyd wrth yr anfonwr ei fod wedi’i ddifrodi. Peidiwch â’i ddefnyddio, cadwch ef yn ddiogel, ac arhoswch nes i’r anfonwr ddweud beth i’w wneud. Os SHA-256 ffeil arall oedd hwn, rhowch un y pecyn",
    acknowledge: "Byddaf yn ei drin fel y dywedir uchod ac yn yr hyn a ddaeth gydag ef",
    acknowledgeWrong: "Cadarnhewch sut y byddwch yn ei drin",
    confirmReceipt: "Mae ef gennyf, ac mae’n gyflawn",
    received: "Rydych wedi cadarnhau ei dderbyn. Diolch: nid oes dim mwy i’w wneud yma.",
    returnMedium: (address) =>
      `Yr anfonwr biau’r cyfrwng: anfonwch ef yn ôl ar ôl cymryd yr hyn sydd arno${address === "" ? ". Gofynnwch i’r anfonwr am y cyfeiriad" : `, i ${address}`}.`,
    notForMeTitle: "Nid i chi y mae?",
    notForMe: (house) => [
      "Peidiwch â’i agor, peidiwch â’i gopïo, a pheidiwch â’i drosglwyddo. Cadwch ef yn ddiogel.",
      `Rhowch wybod isod, neu ffoniwch ${house.name} ar y rhif a welwch ar ${house.website}. Byddant yn dweud sut i’w anfon yn ôl.`,
    ],
    report: "Rhoi gwybod am broblem",
  },
} as const satisfies CarriedTexts;
