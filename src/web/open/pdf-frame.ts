/** Server: PDF_FRAME_PATH in src/server/policy-headers.ts; the policy of this page allows no other frame than it and blobs. */
const PATH = "/view/pdf";

/**
 * A frame in which a PDF is drawn by a script of ours. It may run that, and has no origin: whatever the PDF makes of the
 * script, it reaches neither this page nor the network. The bytes are given to it once it is there; nothing that comes from
 * it is listened to.
 * @param content verified plaintext; gone from here afterwards.
 */
export function pdfFrame(content: ArrayBuffer, name: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.sandbox.value = "allow-scripts";
  frame.title = name;
  frame.className = "wb-viewer__frame";
  frame.src = `${PATH}?lang=${document.documentElement.lang}`;
  // No origin can be named for one that has none; what is in the frame is ours, by this page's policy.
  const give = () => frame.contentWindow?.postMessage(content, "*", [content]);
  frame.addEventListener("load", give, { once: true });
  return frame;
}
