import type { Method } from "../../domain/facts.ts";

/**
 * What a rule's firing comes to. `need`: must be met. `may-loosen`: so too, but a configuration may make it advice. `advice`: said, and
 * a configuration may make it a need. `local`: nothing, unless a configuration makes it a need.
 */
export const WEIGHTS = ["need", "may-loosen", "advice", "local"] as const;
export type Weight = (typeof WEIGHTS)[number];

/** Kinds of need, before the colon of `@needs`. A transfer cannot meet those of `method` and `ask`: another method, or another way. */
export const NEED_KINDS = [
  ...(["advice", "agreement", "approval", "ask", "carrier", "declare", "envelope", "list", "media", "method"] as const),
  ...(["package", "plan", "reason", "subject", "use", "verify"] as const),
] as const;

/** One requirement: a `forbid … unless` with its annotations. */
export interface Rule {
  readonly id: string;
  /** Clause ids, all in the register: those that it serves. Every shipped rule has one; a local one may have `own` alone. */
  readonly clauses: readonly string[];
  /**
   * Beside clauses: how far the rule is a reading of them, which they do not say word for word. Alone, of a local rule that no clause says:
   * why there is one. Without a full stop; null of a rule that says what its clauses say.
   */
  readonly own: string | null;
  /** What it applies to: its scope and its `when` in plain words, without a full stop. Null where a rule of somebody's own does not say. */
  readonly when: string | null;
  /** What would meet it, such as `approval:senior-manager`. */
  readonly need: string;
  /** One plain sentence; may hold `{privacy-team}` and the like, and `{platform}`. */
  readonly says: string;
  readonly weight: Weight;
  /** A rule of the organisation's or a unit's own (SIS-35), and not one that is shipped. */
  readonly local: boolean;
  readonly methods: readonly Method[];
  readonly text: string;
  readonly file: string;
  /** Of its first line, from 1. */
  readonly line: number;
}

/** The one permit of a set: its methods exist. */
export interface Permit {
  readonly id: string;
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

/** Whether a transfer by this method can still meet the need. */
export function canBeMet(need: string): boolean {
  return !need.startsWith("method:") && !need.startsWith("ask:");
}
