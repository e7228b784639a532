import { find } from "../page/elements.ts";
import { pdfFrame } from "./pdf-frame.ts";

/**
 * Shows opened content in the page without saving it: `[data-viewer]` with `[data-viewer-frame]`, `[data-viewer-name]` and
 * `[data-act=close-viewer]`.
 *
 * Content becomes a Blob of one of our own types (`viewableType`), never one that can hold a script. Text is shown in a frame
 * that is sandboxed without any right, images in an `img`, and both inherit the page's CSP, so nothing in them can run, load
 * or send anything. Browsers refuse to run their own PDF viewers in a sandbox: a PDF is drawn by our script in a frame without
 * an origin (`pdfFrame`).
 */
export class Viewer {
  readonly #root: HTMLElement;
  #url = "";
  #opener: HTMLElement | null = null;

  constructor(root: HTMLElement) {
    this.#root = find(root, "[data-viewer]", HTMLElement);
    find(this.#root, "[data-act=close-viewer]", HTMLButtonElement).addEventListener("click", () => this.close());
  }

  async show(content: Blob, type: string, name: string, opener: HTMLElement): Promise<void> {
    this.close();
    this.#opener = opener;
    const shown = await this.#shown(content, type, name);
    find(this.#root, "[data-viewer-frame]", HTMLElement).replaceChildren(shown);
    const heading = find(this.#root, "[data-viewer-name]", HTMLElement);
    heading.textContent = name;
    this.#root.hidden = false;
    heading.tabIndex = -1;
    heading.focus();
  }

  async #shown(content: Blob, type: string, name: string): Promise<HTMLElement> {
    if (type === "application/pdf") return pdfFrame(await content.arrayBuffer(), name);
    this.#url = URL.createObjectURL(new Blob([await asShown(content, type)], { type: typeAsShown(type) }));
    return type.startsWith("image/") ? imageOf(this.#url, name) : textFrame(this.#url, name);
  }

  close(): void {
    if (this.#root.hidden) return;
    URL.revokeObjectURL(this.#url);
    this.#url = "";
    find(this.#root, "[data-viewer-frame]", HTMLElement).replaceChildren();
    this.#root.hidden = true;
    this.#opener?.focus();
  }
}

function imageOf(url: string, name: string): HTMLElement {
  const image = document.createElement("img");
  image.className = "wb-viewer__image";
  image.alt = name;
  image.src = url;
  return image;
}

function textFrame(url: string, name: string): HTMLElement {
  const frame = document.createElement("iframe");
  frame.sandbox.value = "";
  frame.title = name;
  frame.className = "wb-viewer__frame";
  frame.src = url;
  return frame;
}

function typeAsShown(type: string): string {
  return type === "text/plain" ? "text/plain;charset=utf-8" : type;
}

/** Text in whatever encoding: UTF-8 where it is that, UTF-16 by its mark, else Windows-1252, as older programs write it. */
async function asShown(content: Blob, type: string): Promise<Blob | string> {
  if (type !== "text/plain") return content;
  const bytes = new Uint8Array(await content.arrayBuffer());
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
