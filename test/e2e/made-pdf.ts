/** A page's text, in lines; `extra` is what else its dictionary says, such as annotations, `drawn` what else its content draws. */
export interface MadePage {
  readonly lines: readonly string[];
  readonly extra?: string;
  readonly drawn?: string;
}

/** A PDF that was made for a test. Objects named in `extra`, `catalog` or `trailer` are numbered from `FIRST_OF_OWN` on. */
export interface MadePdf {
  readonly pages: readonly MadePage[];
  readonly catalog?: string;
  readonly trailer?: string;
  readonly objects?: readonly string[];
}

/** The number of the first of one's own objects. */
export const FIRST_OF_OWN = 100;

/** Writes a PDF 1.7 with its cross-reference table, every page A5 with Helvetica that is not embedded. */
export function madePdf({ pages, catalog = "", trailer = "", objects = [] }: MadePdf): Uint8Array {
  const kids = pages.map((_, at) => `${10 + 2 * at} 0 R`).join(" ");
  const all = new Map<number, string>([
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`],
    [2, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`],
    [3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"],
  ]);
  for (const [at, { lines, extra = "", drawn = "" }] of pages.entries()) {
    const number = 10 + 2 * at;
    const text = lines.map((line) => `(${line}) Tj 0 -30 Td`).join(" ");
    const dictionary = `/Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Resources << /Font << /F1 3 0 R /Own 100 0 R >> /XObject << /Own 100 0 R >> >>`;
    all.set(number, `<< ${dictionary} /Contents ${number + 1} 0 R ${extra} >>`);
    all.set(number + 1, streamOf(`BT /F1 24 Tf 40 500 Td ${text} ET ${drawn}`));
  }
  for (const [at, text] of objects.entries()) all.set(FIRST_OF_OWN + at, text);
  return written(all, trailer);
}

/** A stream object; `extra` goes into its dictionary. */
export function streamOf(text: string, extra = ""): string {
  return `<< /Length ${text.length} ${extra} >>\nstream\n${text}\nendstream`;
}

function written(objects: ReadonlyMap<number, string>, trailer: string): Uint8Array {
  let text = "%PDF-1.7\n";
  const size = Math.max(...objects.keys()) + 1;
  let table = "0000000000 65535 f \n";
  for (let number = 1; number < size; number++) {
    const object = objects.get(number);
    table += object === undefined ? "0000000000 00000 f \n" : `${String(text.length).padStart(10, "0")} 00000 n \n`;
    if (object !== undefined) text += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const start = text.length;
  text += `xref\n0 ${size}\n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

/** 16 by 16 dark pixels in JPEG 2000, as scanners write it. */
const SCANNED =
  "AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAEAAAABAAAQcHAAAAAAAPY29scgEAAAAAABEAAACcanAyY/9P/1EAKQAAAAAAEAAAABAAAAAAAAAAAAAAABAAAAAQAAAAAAAAAAAAAQcBAf9SAAwAAAABAAAEBAAB/1wABEBA/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAAAKgAB/5PPtGQRUFSv30eytwAAAABhIS/4adgAAAADCQl//9k=";

/** A page that is a scanned picture and nothing else. */
export function scannedPdf(): Uint8Array {
  const bytes = Buffer.from(SCANNED, "base64").toString("latin1");
  return madePdf({
    pages: [{ lines: [], drawn: "q 300 0 0 300 60 150 cm /Own Do Q" }],
    objects: [streamOf(bytes, "/Type /XObject /Subtype /Image /Width 16 /Height 16 /Filter /JPXDecode")],
  });
}

/** A page with words whose font is named by an old Japanese encoding, not embedded. */
export function oldEncodingPdf(): Uint8Array {
  const system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>";
  const descriptor =
    "<< /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>";
  const descendant = `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light ${system} /FontDescriptor ${descriptor} >>`;
  return madePdf({
    pages: [{ lines: ["In English"], drawn: "BT /Own 24 Tf 40 300 Td <93fa967b> Tj ET" }],
    objects: [
      `<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light-90ms-RKSJ-H /Encoding /90ms-RKSJ-H /DescendantFonts [${descendant}] >>`,
    ],
  });
}

/** A PDF that does whatever a PDF can do to run something or to reach `url`; nothing of it may happen. */
export function hostilePdf(url: string): Uint8Array {
  const script = `app.launchURL("${url}/js", true); this.submitForm("${url}/js-form"); app.alert("run"); top.hostile = parent.hostile = 1;`;
  const annotations = [
    `<< /Type /Annot /Subtype /Link /Rect [0 0 420 595] /A << /S /URI /URI (${url}/link) >> >>`,
    `<< /Type /Annot /Subtype /Link /Rect [0 0 420 595] /A << /S /URI /URI (javascript:parent.hostile=1) >> >>`,
    `<< /Type /Annot /Subtype /Widget /FT /Btn /T (send) /Rect [0 0 420 595] /F 4 /A << /S /SubmitForm /F << /FS /URL /F (${url}/form) >> >> /AA << /E 100 0 R /PO 100 0 R >> >>`,
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (field) /V (typed) /Rect [40 40 200 60] /F 4 /AA << /C 100 0 R /F 100 0 R >> >>`,
    `<< /Type /Annot /Subtype /RichMedia /Rect [0 0 420 595] /A << /S /GoToR /F << /FS /URL /F (${url}/other.pdf) >> /D [0 /Fit] >> >>`,
    `<< /Type /Annot /Subtype /Link /Rect [0 0 420 595] /A << /S /Launch /F (${url}/launch) >> >>`,
  ];
  const external = `/F << /FS /URL /F (${url}/stream) >> /FFilter /FlateDecode`;
  const xfa = `<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform name="a"><event activity="initialize"><script contentType="application/x-javascript">${script}</script></event><draw><value><image href="${url}/xfa.png"/></value></draw></subform></template></xdp:xdp>`;
  return madePdf({
    pages: [
      {
        lines: ["Look at me"],
        extra: `/Annots [${annotations.join(" ")}] /AA << /O 100 0 R >> /Thumb 101 0 R`,
      },
    ],
    catalog: `/OpenAction 100 0 R /AA << /WC 100 0 R /DS 100 0 R >> /Names << /JavaScript << /Names [(run) 100 0 R] >> /EmbeddedFiles << /Names [(page.html) 103 0 R] >> >> /AcroForm << /Fields [] /XFA 104 0 R /NeedAppearances true >> /URI << /Base (${url}/base/) >>`,
    objects: [
      `<< /S /JavaScript /JS (${script.replaceAll("(", "\\(").replaceAll(")", "\\)")}) >>`,
      streamOf(
        "",
        `/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceRGB ${external}`,
      ),
      streamOf("<script>parent.hostile=1</script>", "/Type /EmbeddedFile /Subtype /text#2Fhtml"),
      "<< /Type /Filespec /F (page.html) /EF << /F 102 0 R >> >>",
      streamOf(xfa),
    ],
  });
}

/** A PDF that asks for a password which nobody knows. */
export function lockedPdf(): Uint8Array {
  const secret = (byte: string) => `<${byte.repeat(32)}>`;
  return madePdf({
    pages: [{ lines: ["Nobody reads this"] }],
    trailer: `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ${secret("5a")} /U ${secret("a5")} >> /ID [${secret("01")} ${secret("01")}]`,
  });
}
