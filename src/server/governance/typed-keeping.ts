import { Type } from "typebox";
import { KEPT_KINDS, type Keeping, type KeptKind } from "../../domain/keeping.ts";
import { readWholeNumber } from "../../domain/typed-number.ts";
import { RECORD_NAMES } from "../notices/removal-mail.ts";

const text = Type.Optional(Type.String({ maxLength: 20 }));
/** How long records are kept, as the form sends it. */
export const keepingBody = Type.Object({
  ...{ transfers: text, incidents: text, access: text, acts: text, contacts: text, registers: text, mail: text },
  ...{ noticeDays: text, backupDays: text },
});

export type TypedKeeping = Readonly<Record<KeptKind | "noticeDays" | "backupDays", string>>;
export type SaidKeeping = Pick<Keeping, "months" | "noticeDays" | "backupDays">;

/** Nothing is chosen beforehand: each kind is asked. */
export const NO_KEEPING: TypedKeeping = {
  ...{ transfers: "", incidents: "", access: "", acts: "", contacts: "", registers: "", mail: "" },
  ...{ noticeDays: "", backupDays: "" },
};

const FOR_GOOD = "for-good";
const PERIODS: readonly (readonly [value: string, text: string])[] = [
  ["1", "1 month"],
  ["3", "3 months"],
  ["6", "6 months"],
  ["12", "1 year"],
  ["24", "2 years"],
  ["36", "3 years"],
  ["60", "5 years"],
  ["72", "6 years"],
  ["84", "7 years"],
  ["120", "10 years"],
  ["240", "20 years"],
  ["1200", "100 years"],
  [FOR_GOOD, "For good: never removed"],
];
const NOTICES = ["7", "14", "30", "90"];
const MOST_BACKUP_DAYS = 3650;

const HINTS: Readonly<Record<KeptKind, string>> = {
  transfers:
    "From when a transfer ends: who sent what to whom and why, signatures, receipts and history. Files are destroyed long before.",
  incidents:
    "From when they were closed: what was reported, who looked into it, what was decided and learnt. What belongs to a transfer’s history stays with that.",
  acts: "Who was invited, given a role or a deputy, holds, periods, reviews. A hold’s from its lifting; roles and deputies from their end, and only once no transfer is on record that may rest on them. Keys, rules and what was removed stay for good: signatures and the log are checked with them.",
  mail: "Removed by themselves, without notice, but for what a hold is on: that they were sent stands in the history.",
  access:
    "What auditors searched for, looked at and exported, who took the report on the controls, who signed in and when, and which access requests were answered. When these are removed, nobody can see any more what auditors looked at.",
  contacts: "From when they were added, and only while no transfer on record names them.",
  registers: "From when they end, and at least as long as transfers.",
};

/** The fields of the form, in order. */
export function keepingFields(typed: TypedKeeping) {
  return KEPT_KINDS.map((kind) => ({
    kind,
    label: RECORD_NAMES[kind],
    hint: HINTS[kind],
    value: typed[kind],
    items: [{ value: "", text: "Choose how long" }, ...PERIODS.map(([value, text]) => ({ value, text }))],
  }));
}

/** What was typed; every field that is missing or wrong, by its name. */
export function readKeeping(
  sent: Readonly<Partial<Record<keyof TypedKeeping, string>>>,
):
  | { readonly ok: true; readonly said: SaidKeeping; readonly typed: TypedKeeping }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>>; readonly typed: TypedKeeping } {
  const typed: TypedKeeping = { ...NO_KEEPING, ...sent };
  const errors: Record<string, string> = {};
  const months = (kind: KeptKind): number | null => {
    const found = PERIODS.find(([value]) => value === typed[kind]);
    if (!found) errors[kind] = `Choose how long to keep: ${RECORD_NAMES[kind].toLowerCase()}`;
    return found === undefined || found[0] === FOR_GOOD ? null : Number(found[0]);
  };
  const kept = {
    ...{ transfers: months("transfers"), incidents: months("incidents"), access: months("access") },
    ...{ acts: months("acts"), contacts: months("contacts"), registers: months("registers"), mail: months("mail") },
  };
  const { transfers, registers } = kept;
  if (!errors.registers && registers !== null && (transfers === null || registers < transfers)) {
    errors.registers = "Keep agreements at least as long as the transfers that name them";
  }
  if (!NOTICES.includes(typed.noticeDays)) errors.noticeDays = "Choose for how many days it is shown first";
  const backupDays = readWholeNumber(typed.backupDays, MOST_BACKUP_DAYS);
  if (backupDays === null) {
    errors.backupDays = "Give the number of days for which backups are kept, such as 35. Type 0 if there are none";
  }
  if (Object.keys(errors).length > 0 || backupDays === null) return { ok: false, errors, typed };
  return { ok: true, said: { months: kept, noticeDays: Number(typed.noticeDays), backupDays }, typed };
}

/** What was said, as the form shows it again. */
export function typedFromKeeping({ months, noticeDays, backupDays }: SaidKeeping): TypedKeeping {
  // a kind that was not asked about when it was said is asked now
  const shown = (count: number | null | undefined) =>
    count === undefined ? "" : count === null ? FOR_GOOD : String(count);
  const { transfers, incidents, access, acts, contacts, registers, mail } = months;
  return {
    ...{ transfers: shown(transfers), incidents: shown(incidents), access: shown(access), acts: shown(acts) },
    ...{ contacts: shown(contacts), registers: shown(registers), mail: shown(mail) },
    ...{ noticeDays: String(noticeDays), backupDays: String(backupDays) },
  };
}

/** How long a kind is kept, in words. */
export function periodText(months: number | null): string {
  const found = PERIODS.find(([value]) => value === (months === null ? FOR_GOOD : String(months)));
  return found?.[1] ?? `${months} months`;
}
