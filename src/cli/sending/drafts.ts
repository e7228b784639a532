import type { Made } from "../../client/sending/order.ts";
import type { StatedFacts } from "../../domain/transfer.ts";
import type { State } from "../account/state.ts";

/** A sending that was begun here and is not signed yet. Nothing in it is sealed: it stays on this device. */
export interface Draft {
  readonly reference: string;
  /** The digest of everything that the command said: the same command again goes on with it. */
  readonly command: string;
  readonly facts: StatedFacts;
  readonly subject: string;
  readonly riskyReason: string;
  /** Absolute paths, or `-` for standard input. */
  readonly files: readonly string[];
  readonly stdinName: string;
  readonly messageFile: string | null;
  /** What was sealed and uploaded, and how the files were then; null until it was. */
  readonly made: { readonly made: Made; readonly stamp: string } | null;
}

/** The drafts in the state file of one server. */
export class Drafts {
  readonly #state: State;
  #found: string | null = null;
  constructor(state: State) {
    this.#state = state;
  }

  find(by: { readonly reference: string } | { readonly command: string }): Draft | null {
    const { database } = this.#state;
    const row =
      "reference" in by
        ? database.prepare("SELECT draft FROM draft WHERE reference = ?").get(by.reference)
        : database.prepare("SELECT draft FROM draft WHERE command = ?").get(by.command);
    if (row === undefined) return null;
    const draft = JSON.parse(String(row.draft)) as Draft; // written by `save` alone
    this.#found = draft.reference;
    return draft;
  }

  /** The reference of what was found or saved last and not forgotten: what an error leaves waiting; null while nothing is begun. */
  get waiting(): string | null {
    return this.#found;
  }

  save(draft: Draft): void {
    this.#found = draft.reference;
    this.#state.database
      .prepare("INSERT OR REPLACE INTO draft (reference, command, draft) VALUES (?, ?, ?)")
      .run(draft.reference, draft.command, JSON.stringify(draft));
  }

  forget(reference: string): void {
    if (this.#found === reference) this.#found = null;
    this.#state.database.prepare("DELETE FROM draft WHERE reference = ?").run(reference);
  }
}
