import type { Http } from "../../client/http.ts";
import { confirmReceipt, type SignAsRecipient, tellVerified } from "../../client/receiving/acts.ts";
import { find } from "../page/elements.ts";
import type { OpenedView as Opened } from "../workers/calls/open-calls.ts";

/** Who signs the receipt, where this device can. */
export interface Receiver {
  readonly address: string;
  readonly sign: SignAsRecipient | null;
}

/**
 * What the page claims of the package, and what it offers to sign: nothing after damage, or while a report of damage or a
 * loss stands, until all of it was fetched and verified again on this device.
 */
export class ReceiptPart {
  readonly #root: HTMLElement;
  readonly #http: Http;
  readonly #opened: Opened;
  readonly #receiver: Receiver;
  readonly #confirmed: boolean;
  #mustVerify: boolean;

  constructor(
    root: HTMLElement,
    parts: {
      readonly http: Http;
      readonly receiver: Receiver;
      readonly confirmed: boolean;
      readonly mustVerify: boolean;
      readonly done: () => void;
      readonly failed: (error: unknown) => void;
    },
    opened: Opened,
  ) {
    this.#root = root;
    this.#http = parts.http;
    this.#opened = opened;
    this.#receiver = parts.receiver;
    this.#confirmed = parts.confirmed;
    this.#mustVerify = parts.mustVerify && !parts.confirmed;
    const button = find(root, "[data-act=receipt]", HTMLButtonElement);
    button.addEventListener("click", () => {
      button.disabled = true;
      this.#sign().then(parts.done, (error: unknown) => {
        button.disabled = false;
        parts.failed(error);
      });
    });
    this.#draw();
  }

  /** Content did not verify: nothing is claimed any more, and it is said what happens next. */
  damaged(): void {
    this.#mustVerify = true;
    this.#show("[data-checked]", false);
    this.#show("[data-damaged]", true);
    this.#draw();
  }

  /** All of it was read and verified, from a fetch of its own. The server is told where it waits for that. */
  async whole(): Promise<void> {
    if (!this.#mustVerify) return;
    await tellVerified(this.#http, this.#opened);
    this.#mustVerify = false;
    this.#show("[data-checked]", true);
    this.#show("[data-damaged]", false);
    this.#draw();
  }

  async #sign(): Promise<void> {
    const { address, sign } = this.#receiver;
    if (sign === null) return;
    await confirmReceipt(this.#opened, address, { http: this.#http, rpId: location.hostname, sign }, this.#handling());
  }

  /** The lines that this page shows: exactly these are acknowledged (SIS-24). */
  #handling(): readonly string[] {
    return [...this.#root.querySelectorAll("[data-handling] li")].map(({ textContent }) => textContent?.trim() ?? "");
  }

  #draw(): void {
    const open = !this.#confirmed && !this.#mustVerify;
    this.#show("[data-verify]", this.#mustVerify);
    this.#show("[data-receipt]", open && this.#receiver.sign !== null);
    this.#show("[data-receipt-elsewhere]", open && this.#receiver.sign === null);
  }

  #show(part: string, shown: boolean): void {
    find(this.#root, part, HTMLElement).hidden = !shown;
  }
}
