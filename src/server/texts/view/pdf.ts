import type { Language } from "../../../domain/contact.ts";

/** The texts of the frame in which a PDF is drawn (`view/pdf.njk`), in one language. */
export interface PdfTexts {
  readonly title: string;
  /** Stands there until the frame's script begins: what is true when it never does. */
  readonly cannot: string;
  readonly hint: string;
  readonly controls: string;
  readonly previous: string;
  readonly next: string;
  readonly smaller: string;
  readonly larger: string;
  readonly fit: string;
  /** What the frame's script says; `{name}` stands for a value. Every key that `src/web/frames/pdf` asks for. */
  readonly script: Readonly<Record<ScriptText, string>>;
}

type ScriptText =
  | "opening"
  | "where"
  | "page"
  | "pageNoText"
  | "pageBroken"
  | "lacking"
  | "onlyFirst"
  | "password"
  | "broken"
  | "unexpected";

const en: PdfTexts = {
  title: "PDF",
  cannot:
    "This browser cannot show a PDF here. Nothing is wrong with the file: save it instead, and open it from there.",
  hint: "Only the pages are shown. Links, forms and anything else that acts do nothing here.",
  controls: "Pages and size",
  previous: "Previous",
  next: "Next",
  smaller: "Smaller",
  larger: "Larger",
  fit: "Fit to width",
  script: {
    opening: "Reading the PDF",
    where: "Page {page} of {pages}",
    page: "Page {page} of {pages}",
    pageNoText: "A picture without text that could be read out",
    pageBroken: "This page cannot be drawn here. Save the file instead, and open it from there.",
    lacking:
      "Some signs of this PDF cannot be drawn here. To be sure to see all of it, save it and open it from there.",
    onlyFirst: "Only the first {count} pages are shown here. To see all of it, save it and open it from there.",
    password:
      "This PDF is locked with a password of its own, which is not the six words. Save it instead, and open it from there. If you do not have the password, ask the sender.",
    broken:
      "This is not a PDF that can be read. It arrived as it was sent: save it instead and try another program, or ask the sender.",
    unexpected: "This PDF cannot be shown here. It arrived as it was sent: save it instead, and open it from there.",
  },
};

const cy: PdfTexts = {
  title: "PDF",
  cannot:
    "Ni all y porwr hwn ddangos PDF yma. Does dim o’i le ar y ffeil: cadwch hi yn lle hynny, ac agorwch hi oddi yno.",
  hint: "Dim ond y tudalennau a ddangosir. Nid yw dolenni, ffurflenni nac unrhyw beth arall sy’n gweithredu yn gwneud dim yma.",
  controls: "Tudalennau a maint",
  previous: "Blaenorol",
  next: "Nesaf",
  smaller: "Llai",
  larger: "Mwy",
  fit: "Ffitio i’r lled",
  script: {
    opening: "Yn darllen y PDF",
    where: "Tudalen {page} o {pages}",
    page: "Tudalen {page} o {pages}",
    pageNoText: "Llun heb destun y gellid ei ddarllen yn uchel",
    pageBroken: "Ni ellir dangos y dudalen hon yma. Cadwch y ffeil yn lle hynny, ac agorwch hi oddi yno.",
    lacking:
      "Ni ellir dangos rhai o nodau’r PDF hwn yma. I fod yn siŵr o weld y cyfan, cadwch ef ac agorwch ef oddi yno.",
    onlyFirst: "Dim ond y {count} tudalen gyntaf a ddangosir yma. I weld y cyfan, cadwch ef ac agorwch ef oddi yno.",
    password:
      "Mae’r PDF hwn wedi’i gloi â chyfrinair ei hun, nad y chwe gair ydyw. Cadwch ef yn lle hynny, ac agorwch ef oddi yno. Os nad yw’r cyfrinair gennych, gofynnwch i’r anfonwr.",
    broken:
      "Nid yw hwn yn PDF y gellir ei ddarllen. Cyrhaeddodd fel yr anfonwyd ef: cadwch ef yn lle hynny a rhowch gynnig ar raglen arall, neu gofynnwch i’r anfonwr.",
    unexpected:
      "Ni ellir dangos y PDF hwn yma. Cyrhaeddodd fel yr anfonwyd ef: cadwch ef yn lle hynny, ac agorwch ef oddi yno.",
  },
};

const CATALOGUES: Readonly<Record<Language, PdfTexts>> = { en, cy };

export function pdfTextsIn(language: Language): PdfTexts {
  return CATALOGUES[language];
}
