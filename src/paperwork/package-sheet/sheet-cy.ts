import { type SheetTexts, shortly } from "./sheet-texts.ts";

const SAME = " Yr un cyfrinair sydd i bob un ohonynt.";

/** The instruction sheet in Welsh. */
export const SHEET_CY: SheetTexts = {
  title: (reference) => `Pecyn ${reference}: sut i’w agor`,
  lead: (organisation) =>
    `Mae ${organisation} wedi anfon gwybodaeth atoch mewn pecyn wedi’i amgryptio. Mae’r daflen hon yn dweud beth i’w wneud ag ef.`,
  factNames: { reference: "Cyfeirnod", from: "Oddi wrth", call: "Pwy i’w ffonio", files: "Ffeiliau" },
  wrongTitle: "Os nad i chi y mae",
  wrong: (call) => [
    "Peidiwch â cheisio ei agor, ei gopïo na’i roi i neb arall.",
    `Ffoniwch ${call} ar unwaith a rhowch y cyfeirnod uchod.`,
    "Cadwch ef yn ddiogel nes iddynt ddweud wrthych beth i’w wneud ag ef. Ni fydd neb yn eich beio.",
  ],
  arrivedTitle: "Pan fydd wedi cyrraedd",
  arrived: (call) =>
    `Ffoniwch ${call}, rhowch y cyfeirnod, a dywedwch ei fod wedi cyrraedd. Defnyddiwch y rhif hwn neu un yr ydych yn ei wybod yn barod, nid un o e-bost.`,
  arrivedOnline: (host, code, call) =>
    `Teipiwch ${host}/arrived i borwr, a rhowch y cyfeirnod a’r cod ${code}. Yna bydd yr anfonwr yn gwybod ei fod gyda chi. Os na allwch, ffoniwch ${call}.`,
  openTitle: "Sut i’w agor",
  open: {
    zip: ({ files, inner }) => [
      "Ar Windows, defnyddiwch 7-Zip (am ddim, o 7-zip.org) neu WinZip. Ar Mac, defnyddiwch Keka neu The Unarchiver. Ar Linux, defnyddiwch 7-Zip. Ni all Windows Explorer na Finder y Mac agor y pecyn hwn eu hunain: efallai y dywedant ei fod wedi’i ddifrodi neu fod y cyfrinair yn anghywir, ac nid yw’r naill na’r llall yn wir.",
      `Copïwch ${files.join(", ")} i’ch cyfrifiadur, a’i agor â’r rhaglen honno.`,
      `Teipiwch y cyfrinair pan ofynnir amdano. Y tu mewn y mae ${inner}.`,
      `Echdynnwch ${inner}, a’i agor â chlic dwbl: nid oes angen cyfrinair, ac ynddo y mae’r hyn a anfonwyd.`,
    ],
    age: ({ files, inner }) => [
      "Defnyddiwch y rhaglen age (am ddim, o age-encryption.org), neu un arall sy’n agor ffeiliau age.",
      `Mewn terfynell, yn y ffolder lle mae’r pecyn: age -d -o ${inner} ${files.join(" ")}`,
      "Teipiwch y cyfrinair pan ofynnir amdano. Mae priflythrennau, bylchau a chysylltnodau’n cyfrif.",
      `Agorwch ${inner} â chlic dwbl: ynddo y mae’r hyn a anfonwyd.`,
    ],
    pdf: ({ files }) => [
      `Agorwch ${shortly(files)} ag Acrobat Reader, Microsoft Edge, Preview ar Mac, neu ddarllenydd PDF arall.`,
      `Teipiwch y cyfrinair pan ofynnir amdano. Mae priflythrennau, bylchau a chysylltnodau’n cyfrif.${files.length > 1 ? SAME : ""}`,
    ],
    office: ({ files }) => [
      `Agorwch ${shortly(files)} â Microsoft Office 2010 neu’n ddiweddarach, neu â LibreOffice: y rhaglen ar y cyfrifiadur, nid yr un mewn porwr.`,
      `Teipiwch y cyfrinair pan ofynnir amdano. Mae priflythrennau a chysylltnodau’n cyfrif.${files.length > 1 ? SAME : ""}`,
    ],
  },
  key: ({ files, inner }) => [
    "Defnyddiwch y rhaglen age (am ddim, o age-encryption.org), neu un arall sy’n agor ffeiliau age, a’r allwedd a roesoch i’r anfonwr.",
    `Mewn terfynell, yn y ffolder lle mae’r pecyn: age -d -i EICH-FFEIL-ALLWEDD -o ${inner} ${files.join(" ")}`,
    `Agorwch ${inner} â chlic dwbl: ynddo y mae’r hyn a anfonwyd.`,
  ],
  passwordTitle: "Y cyfrinair",
  password: [
    "Nid yw yn y pecyn hwn. Cewch wybod beth ydyw mewn ffordd arall, ar ôl i chi ddweud bod y pecyn wedi cyrraedd.",
    "Cadwch ef ar wahân i’r pecyn, a pheidiwch â’i anfon ymlaen.",
  ],
  dutiesTitle: "Eich cyfrifoldebau",
  duties: (returnTo) => [
    "I chi y mae’r hyn a anfonwyd. Cadwch ef yn ddiogel, a dangoswch ef dim ond i bobl y mae ei angen arnynt.",
    "Dilynwch y cyfarwyddiadau trin: maent ar y daflen a ddaeth gydag ef, neu bydd yr anfonwr yn eu dweud wrthych.",
    `Dilëwch ef pan na fydd ei angen arnoch mwyach. Os daeth ar gof bach neu ddisg, anfonwch hwnnw yn ôl ${returnTo === null ? "fel y cytunwyd" : `i ${returnTo}`}.`,
    "Pan fyddwch wedi’i agor, dywedwch wrth yr anfonwr ei fod yn gyflawn, neu beth sydd ar goll.",
    "Gallwch ddweud gydag ef pa SHA-256 sydd gan y pecyn (Windows: certutil -hashfile FFEIL SHA256; macOS a Linux: shasum -a 256 FFEIL): mae hynny’n dangos mai’r hyn a anfonwyd ydyw.",
  ],
  troubleTitle: "Os nad yw’n agor, neu os oes rhywbeth ar goll",
  trouble: (call) =>
    `Lle na chewch osod rhaglenni, neu os ffôn neu lechen yn unig sydd gennych, gofynnwch i’ch tîm TG ei agor, neu gofynnwch i ni: gellir ei anfon mewn ffordd arall. Ffoniwch ${call} a rhowch y cyfeirnod. Peidiwch ag anfon y cyfrinair at neb drwy e-bost, a pheidiwch â defnyddio gwefan sy’n agor pecynnau.`,
};
