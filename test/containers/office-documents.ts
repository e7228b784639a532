import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";

const OFFICE = "http://schemas.openxmlformats.org";
const TYPES = `${OFFICE}/package/2006/content-types`;
const RELATIONS = `${OFFICE}/package/2006/relationships`;
const DOCUMENT = `${OFFICE}/officeDocument/2006/relationships`;

/** The smallest Word document with a paragraph that Office and LibreOffice open (ECMA-376, transitional). */
export function wordDocument(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return officeFile("word/document.xml", "wordprocessingml.document.main", {
    "word/document.xml": `<w:document xmlns:w="${OFFICE}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
  });
}

/** The smallest Excel workbook, with a text in its first cell. */
export function excelWorkbook(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const main = `${OFFICE}/spreadsheetml/2006/main`;
  return officeFile("xl/workbook.xml", "spreadsheetml.sheet.main", {
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${DOCUMENT}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row></sheetData></worksheet>`,
  });
}

/** The smallest PowerPoint presentation, with a text box on its one slide. */
export function powerPoint(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const namespaces = `xmlns:a="${OFFICE}/drawingml/2006/main" xmlns:p="${OFFICE}/presentationml/2006/main" xmlns:r="${DOCUMENT}"`;
  const group = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>';
  const box = `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Box"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
  return officeFile("ppt/presentation.xml", "presentationml.presentation.main", {
    "ppt/presentation.xml": `<p:presentation ${namespaces}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`,
    "ppt/_rels/presentation.xml.rels": relations("slide", "slides/slide1.xml"),
    "ppt/slides/slide1.xml": `<p:sld ${namespaces}><p:cSld><p:spTree>${group}${box}</p:spTree></p:cSld></p:sld>`,
  });
}

async function officeFile(main: string, type: string, parts: Readonly<Record<string, string>>) {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { dataDescriptor: false, useWebWorkers: false });
  const contentTypes = `<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${main}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>${Object.keys(parts).map(override).join("")}</Types>`;
  const all = { "[Content_Types].xml": contentTypes, "_rels/.rels": relations("officeDocument", main), ...parts };
  for (const [name, text] of Object.entries(all)) {
    await zip.add(name, new TextReader(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`));
  }
  return await zip.close();
}

/** What a part is, where its ending does not say: sheets and slides. */
function override(name: string): string {
  const kind = /worksheets\//.test(name)
    ? "spreadsheetml.worksheet"
    : /slides\//.test(name)
      ? "presentationml.slide"
      : null;
  if (kind === null || name.endsWith(".rels")) return "";
  return `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.${kind}+xml"/>`;
}

function relations(kind: string, target: string): string {
  return `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${DOCUMENT}/${kind}" Target="${target}"/></Relationships>`;
}
