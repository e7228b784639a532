import dingbats from "pdfjs-dist/standard_fonts/FoxitDingbats.pfb";
import symbol from "pdfjs-dist/standard_fonts/FoxitSymbol.pfb";
import jbig2 from "pdfjs-dist/wasm/jbig2.wasm";
import openjpeg from "pdfjs-dist/wasm/openjpeg.wasm";

/**
 * What PDF.js would fetch, and has here instead: decoders of scanned pictures, and the two fonts of signs that no device has.
 * Other fonts are in the PDF or on the device. Tables for old East Asian encodings are not here: what needs one is drawn
 * without those characters.
 */
const FILES: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  "jbig2.wasm": jbig2,
  "openjpeg.wasm": openjpeg,
  "FoxitDingbats.pfb": dingbats,
  "FoxitSymbol.pfb": symbol,
};

/** The class through which PDF.js asks for such a file; `lacking` is called when there is none of that name. */
export function suppliesTelling(lacking: () => void): new () => object {
  return class {
    async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array<ArrayBuffer>> {
      const bytes = FILES[filename];
      if (bytes !== undefined) return bytes.slice(); // what is given is handed to the worker and gone here
      lacking();
      throw new Error(`${filename} is not among what this frame has.`);
    }
  };
}
