import { CARRIED_TEXTS } from "../carrying/on-its-way.ts";
import { accountCy } from "./account/cy.ts";
import { accountEn } from "./account/en.ts";
import { keyCy } from "./key/cy.ts";
import { keyEn } from "./key/en.ts";
import { cy as openedProofCy } from "./opened-proof/cy.ts";
import { en as openedProofEn } from "./opened-proof/en.ts";
import { cy as publicCy } from "./public/cy.ts";
import { en as publicEn } from "./public/en.ts";
import { cy as receivingCy } from "./receiving/cy.ts";
import { en as receivingEn } from "./receiving/en.ts";
import { cy as reportCy } from "./report/cy.ts";
import { en as reportEn } from "./report/en.ts";

/** Every catalogue of texts in two languages. */
const CATALOGUES = {
  account: { en: accountEn, cy: accountCy },
  carried: CARRIED_TEXTS,
  key: { en: keyEn, cy: keyCy },
  openedProof: { en: openedProofEn, cy: openedProofCy },
  public: { en: publicEn, cy: publicCy },
  receiving: { en: receivingEn, cy: receivingCy },
  report: { en: reportEn, cy: reportCy },
};

const names = new Map<unknown, string>();
const parts = new Map<string, unknown>();
enter(CATALOGUES, "");

function enter(value: unknown, name: string): void {
  if (typeof value !== "object" || value === null) return;
  names.set(value, name);
  parts.set(name, value);
  for (const [key, each] of Object.entries(value)) enter(each, `${name}/${key}`);
}

/** What a part of a catalogue is called, so that it can be named where functions cannot be written; null for anything else. */
export function catalogueName(value: unknown): string | null {
  return names.get(value) ?? null;
}

/** The part of a catalogue of that name; undefined when there is none. */
export function catalogueNamed(name: string): unknown {
  return parts.get(name);
}
