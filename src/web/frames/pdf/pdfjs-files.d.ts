/** What the bundler puts in as bytes (src/web-build/bundle-scripts.ts). */
declare module "*.wasm" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
declare module "*.pfb" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
/** PDF.js's parser: answers its messages as soon as it is loaded in a worker. */
declare module "pdfjs-dist/legacy/build/pdf.worker.mjs";
