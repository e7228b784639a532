import { Readable } from "node:stream";
import { Type } from "typebox";
import { DomainError } from "../../../domain/error.ts";
import { METHODS } from "../../../domain/facts.ts";
import { readIncidentNumber } from "../../../domain/incident.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { isSentState, type SentState } from "../../../domain/oversight.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { lawfulLists } from "../../assessing/stated-needs.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { exportRecords, FORMATS } from "../../records/export-records.ts";
import { findRecords, placeText, readPlace } from "../../records/find-records.ts";
import { keepSearch, look, searchKept } from "../../records/looks.ts";
import { recordLine } from "../../records/record-line.ts";
import { readSearch, SEARCH_FIELDS, STATES, type TypedSearch } from "../../records/search-form.ts";
import { render } from "../../render.ts";
import { transferTag } from "../transfer/status.ts";

const PAGE = 25;
const field = Type.Optional(Type.String({ maxLength: 200 }));
const RATES = [{ times: 120, seconds: 600, by: "caller" }] as const;

/**
 * SIS-37: an auditor searches the records of every transfer. Searching is a POST, since each look is an event; what it found is then read
 * at an address of its own, for an hour.
 */
export const recordsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/records",
    who: "auditor",
    handle: async (visit) => searchPage(visit, EMPTY, {}, 200),
  }),
  row({
    method: "POST",
    path: "/records/search",
    who: "auditor",
    rates: RATES,
    body: Type.Object({
      ...{ reference: field, person: field, organisation: field, method: field },
      ...{ clause: field, state: field, from: field, until: field },
    }),
    handle: async (visit, body) => {
      const typed: TypedSearch = { ...EMPTY, ...trimmed(body) };
      if (/^IN\b/i.test(typed.reference)) return problemFound(visit, typed);
      try {
        await readSearch(visit.parts.records.read, typed);
      } catch (error) {
        const errors = fieldsOf(error);
        if (errors === null) throw error;
        return searchPage(visit, typed, errors, 400);
      }
      await look(visit, "records-searched", null, given(typed));
      const id = await keepSearch(visit, typed);
      await visit.reply.redirect(`/records/search/${id}`, 303);
      return null;
    },
  }),
  row({ method: "GET", path: "/records/search/:id", who: "auditor", handle: foundPage }),
  row({
    method: "POST",
    path: "/records/search/:id/export",
    who: "auditor",
    rates: [{ times: 30, seconds: 600, by: "caller" }],
    body: Type.Object({ format: Type.Union(FORMATS.map((each) => Type.Literal(each))) }),
    handle: async (visit, { format }) => {
      const typed = await keptOrGone(visit);
      const { read } = visit.parts.records;
      const search = await readSearch(read, typed);
      await look(visit, "records-exported", null, { ...given(typed), format });
      const lists = lawfulLists(policyNow(visit.parts).settings);
      const name = `records-${visit.parts.clock.now().toISOString().slice(0, 10)}.${format}`;
      await visit.reply
        .type(format === "csv" ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8")
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="${name}"`)
        .send(Readable.from(exportRecords(read, search, format, lists)));
      return null;
    },
  }),
];

/** The number of a report leads to the problem that it is about, where looking is an event of its own. */
async function problemFound(visit: MemberVisit, typed: TypedSearch): Promise<string | null> {
  const number = readIncidentNumber(typed.reference);
  const found = number === null ? null : await visit.parts.records.read.incidentNumbered(number);
  if (!found) return searchPage(visit, typed, { reference: "There is no reported problem with this number." }, 400);
  await look(visit, "records-searched", null, given(typed));
  return redirect(visit, `/records/incidents/${found.id}`);
}

const EMPTY = Object.fromEntries(SEARCH_FIELDS.map((each) => [each, ""])) as TypedSearch; // every field is set

function trimmed(body: Readonly<Record<string, string | undefined>>): Partial<TypedSearch> {
  return Object.fromEntries(
    SEARCH_FIELDS.flatMap((each) => (body[each] === undefined ? [] : [[each, body[each].trim()]])),
  );
}

/** What was searched by, for the event: fields that were left empty are left out. */
function given(typed: TypedSearch): Readonly<Record<string, string>> {
  return Object.fromEntries(SEARCH_FIELDS.flatMap((each) => (typed[each] === "" ? [] : [[each, typed[each]]])));
}

/** By field; null for another fault. */
function fieldsOf(error: unknown): Readonly<Record<string, string>> | null {
  if (error instanceof ServerError && error.code === "bad-request") return error.fields;
  if (error instanceof DomainError && error.code === "bad-reference") return { reference: error.message };
  return null;
}

async function keptOrGone(visit: MemberVisit): Promise<TypedSearch> {
  const typed = await searchKept(visit, visit.params.id ?? "");
  if (typed) return typed;
  throw new ServerError({
    code: "gone",
    message: "This search is not open any more: searches can be read for an hour, by who made them. Search again.",
  });
}

function searchPage(visit: MemberVisit, typed: TypedSearch, errors: Readonly<Record<string, string>>, status: number) {
  return render(visit, "records/search.njk", { title: "Search the records", typed, errors, ...choices(typed) }, status);
}

function choices(typed: TypedSearch) {
  return {
    methods: METHODS.map((value) => ({ value, text: METHOD_NAMES[value], selected: value === typed.method })),
    states: STATES.map((value) => ({
      value,
      text: isSentState(value)
        ? SENT[value]
        : value === "released"
          ? "Sent, and not ended yet"
          : transferTag({ state: value }, []).text,
      selected: value === typed.state,
    })),
  };
}

/** What was sent and has not ended, as its tag and the numbers of /oversight tell it apart. */
const SENT: Readonly<Record<SentState, string>> = {
  "under-way": "Sent: on its way to somebody",
  paused: "Sent: paused",
  answered: "Sent: each has confirmed, or their access ended",
};

async function foundPage(visit: MemberVisit): Promise<string> {
  const typed = await keptOrGone(visit);
  const { read } = visit.parts.records;
  const after = readPlace(visit.query.after ?? "");
  const page = await findRecords(read, await readSearch(read, typed), PAGE, after);
  const found = await Promise.all(
    page.transfers.map(async (transfer) => {
      const line = await recordLine(read, transfer);
      const method = METHODS.find((each) => each === line.method);
      return {
        ...line,
        tag: transferTag(transfer, line.recipients),
        methodName: method ? METHOD_NAMES[method] : "Not signed yet",
      };
    }),
  );
  const path = `/records/search/${visit.params.id}`;
  return render(visit, "records/found.njk", {
    title: after === null ? "Records found" : "Records found, continued",
    path,
    found,
    byClause: typed.clause !== "",
    words: Object.entries(given(typed)).map(([name, value]) => ({
      name: LABELS[name] ?? name,
      value: shown(typed, name, value),
    })),
    next: page.next === null ? null : `${path}?${new URLSearchParams({ after: placeText(page.next) })}`,
    first: after === null ? null : path,
  });
}

/** A choice by its text, and everything else as it was typed. */
function shown(typed: TypedSearch, name: string, value: string): string {
  const { methods, states } = choices(typed);
  const list: Readonly<Record<string, typeof methods | typeof states>> = { method: methods, state: states };
  return list[name]?.find((each) => each.selected)?.text ?? value;
}

const LABELS: Readonly<Record<string, string>> = {
  reference: "Reference",
  person: "Person",
  organisation: "Organisation",
  method: "Method",
  clause: "Clause",
  state: "State",
  from: "Begun from",
  until: "Begun until",
};
