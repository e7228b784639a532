import { type PDFContext, PDFDocument, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";

const NO_TIME = new Date("2026-01-05T10:00:00Z");

/** A PDF with what programs leave in all places: texts in the catalog, in a page's own annotation, in a stream's dictionary, an attachment, a form, bookmarks. */
export async function pdfWithEverything(): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = document;
  for (const text of ["Page one: the hearing is at ten", "Page two"])
    document.addPage([300, 300]).drawText(text, { size: 12 });
  const [page] = document.getPages();
  const note = context.obj({
    Type: "Annot",
    Subtype: "Text",
    Rect: [10, 10, 50, 50],
    Contents: PDFString.of("Margin note"),
  });
  page?.node.set(PDFName.of("Annots"), context.obj([note, linkedNote(context)]));
  catalog.set(PDFName.of("Lang"), PDFString.of("en-GB"));
  document.setAuthor("A. Clerk");
  document.setCreationDate(NO_TIME);
  await document.attach(new TextEncoder().encode("attached"), "secret-list.txt", {
    creationDate: NO_TIME,
    modificationDate: NO_TIME,
  });
  document
    .getForm()
    .createTextField("Surname")
    .addToPage(page ?? document.addPage());
  const bookmark = context.nextRef();
  const outlines = context.register(context.obj({ Type: "Outlines", First: bookmark, Last: bookmark, Count: 1 }));
  context.assign(
    bookmark,
    context.obj({ Title: PDFHexString.fromText("Bookmark"), Parent: outlines, Dest: [page?.ref ?? outlines, "Fit"] }),
  );
  catalog.set(PDFName.of("Outlines"), outlines);
  return document.save({ useObjectStreams: false });
}

function linkedNote(context: PDFContext) {
  const popup = {
    Type: "Annot",
    Subtype: "Text",
    Rect: [60, 60, 80, 80],
    Contents: PDFHexString.fromText("Ail nodyn"),
  };
  return context.register(context.obj(popup));
}

/** The same with something in it that a password would break. */
export async function pdfThatIs(what: "signed" | "xfa" | "pdf-a" | "locked"): Promise<Uint8Array> {
  const document = await PDFDocument.load(await pdfWithEverything(), { updateMetadata: false });
  const { context, catalog } = document;
  if (what === "locked") document.encrypt({ userPassword: "somebody's own" });
  if (what === "pdf-a") {
    const xmp =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part></rdf:Description></rdf:RDF></x:xmpmeta>';
    catalog.set(
      PDFName.of("Metadata"),
      context.register(context.flateStream(xmp, { Type: "Metadata", Subtype: "XML" })),
    );
  }
  if (what === "signed") {
    const signature = {
      Type: "Sig",
      Filter: "Adobe.PPKLite",
      ByteRange: [0, 10, 20, 10],
      Contents: PDFHexString.of("00"),
    };
    context.register(context.obj(signature));
  }
  if (what === "xfa") {
    const form = catalog.getOrCreateAcroForm().dict;
    form.set(PDFName.of("XFA"), context.register(context.stream("<xdp/>")));
  }
  return document.save({ useObjectStreams: false });
}
