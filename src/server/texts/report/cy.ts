import type { ReportTexts } from "./texts.ts";

export const cy = {
  title: "Rhoi gwybod am broblem",
  lead: ({ name }) =>
    `Rhowch wybod i ${name} ar unwaith, hyd yn oed os nad ydych yn siŵr neu os nad oes dim i’w weld ar goll. Nid oes dim a anfonwyd yn cael ei ddileu drwy roi gwybod, ac nid oes neb yn cael ei feio am wneud hynny.`,
  kind: "Beth ddigwyddodd?",
  kinds: {
    lost: "Cafodd rhywbeth ei golli neu ei ddwyn",
    "wrong-person": "Daeth neu aeth at y person anghywir",
    "opened-by-other": "Mae rhywun arall wedi’i agor, neu efallai wedi’i agor",
    damaged: "Mae wedi’i ddifrodi, neu nid yw’n agor",
    missing: "Mae rhywbeth ar goll",
    "suspicious-message": "Cefais neges amheus",
    "near-miss": "Nid oes dim i’w weld ar goll, ond mae rhywbeth o’i le",
  },
  kindHints: {
    lost: "Er enghraifft dyfais, cof bach, amlen neu bapurau",
    "suspicious-message":
      "Er enghraifft e-bost sy’n dweud ei fod gennym ni ac yn gofyn am gyfrinair. Peidiwch ag agor dolenni ynddo",
    "near-miss":
      "Er enghraifft papurau wedi’u gadael allan, drws ar agor, neu eiriau’n cael eu darllen yn uchel lle gallai eraill glywed",
  },
  about: "Am beth y mae hyn?",
  aboutHint: "Y cyfeirnod, er enghraifft WB-7F3K-Q2XV, neu’r ddolen o’r e-bost",
  unknown: "Nid wyf yn gwybod",
  words: "Beth arall y dylem ei wybod? (dewisol)",
  wordsHint:
    "Yn eich geiriau eich hun. Peidiwch ag ysgrifennu beth mae’r wybodaeth ei hun yn ei ddweud: nid yw’r testun hwn wedi’i selio.",
  reach: "Sut gallwn ni gysylltu â chi? (dewisol)",
  reachHint: "Cyfeiriad e-bost neu rif ffôn, dim ond er mwyn inni allu gofyn ichi am hyn",
  button: "Anfon yr adroddiad",
  moreTitle: "Os ydych am ychwanegu rhywbeth",
  moreLead: "Mae eich adroddiad yn cyfrif hebddo.",
  moreWords:
    "A wnaethoch chi ei agor, cadw unrhyw ran ohono, neu ei ddangos i rywun? Beth arall y dylem ei wybod? (dewisol)",
  moreButton: "Ychwanegu hyn at fy adroddiad",
  moreDoneTitle: "Mae wedi’i ychwanegu at eich adroddiad",
  moreDone: ["Mae’r sawl sy’n gofalu am eich adroddiad yn ei weld. Nid oes angen ichi wneud dim arall."],
  moreGoneTitle: "Nid oedd modd ei ychwanegu bellach",
  moreGone: ({ name }) => [
    `Mae eich adroddiad ei hun wedi’i anfon, ac mae gan y bobl yn ${name} ef. Gellir ychwanegu rhywbeth unwaith, ac am awr: i ddweud mwy, rhowch wybod eto a rhowch rif eich adroddiad.`,
  ],
  reachTooLong: "Mae hwn yn rhy hir. Defnyddiwch 200 o nodau ar y mwyaf",
  choose: "Dewiswch beth ddigwyddodd",
  badAbout: "Nid yw hwn yn gyfeirnod nac yn ddolen gennym ni. Gwiriwch ef, neu dewiswch “Nid wyf yn gwybod”",
  tooLong: "Mae hwn yn rhy hir. Defnyddiwch 1,000 o nodau ar y mwyaf",
  tooMany: ({ name, phone }) =>
    `Gwnaed llawer o adroddiadau o’r lle rydych chi, felly ni anfonwyd yr un hwn. Mae’r hyn a deipiwyd gennych isod o hyd: anfonwch ef eto ymhen awr. Peidiwch ag oedi: ffoniwch ${name} nawr, ${phone}.`,
  rather: "Neu siaradwch â rhywun",
  forward: ({ name, address }) =>
    `Nawr anfonwch y neges ymlaen fel atodiad at ${name}, ${address}, er mwyn iddynt weld o ble y daeth. Yna dilëwch hi.`,
  doneTitle: "Mae eich adroddiad wedi’i anfon",
  number: "Rhif eich adroddiad",
  done: ({ name, website, phone }) => [
    `Mae’r bobl yn ${name} sy’n gofalu am hyn newydd gael gwybod. Byddant yn ymchwilio i’r mater.`,
    "Os cyrhaeddodd y person anghywir, ac os yw’r hyn a ddywedoch wrthym yn dangos beth ydyw, ni all neb ei agor tra bydd hynny’n cael ei wirio. Ni ddinistriodd eich adroddiad ddim a anfonwyd.",
    "Os oes gennych rywbeth nad yw i chi, peidiwch â’i ddarllen, ei gopïo na’i drosglwyddo. Cadwch ef nes i rywun ddweud wrthych beth i’w wneud ag ef.",
    `Os na all aros, ffoniwch ${name}, ${phone}, a rhowch y rhif hwn iddynt. Mae’r rhif ffôn ar ei wefan hefyd: ${website}.`,
  ],
} as const satisfies ReportTexts;
