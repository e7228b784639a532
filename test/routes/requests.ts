import type { Row } from "../../src/server/gate/row.ts";
import type { World } from "./world.ts";

/** How a row is called in a test's messages and lists. */
export function nameOf({ method, path }: Row): string {
  return `${method} ${path}`;
}

export function changes({ method }: Row): boolean {
  return method !== "GET" && method !== "HEAD";
}

/** The parameters of a row's path, in order, without their colons. */
export function parametersOf(row: Row): readonly string[] {
  return [...row.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "");
}

/** A path of the row that is about things in the world. @throws Error for a parameter that the world knows nothing of. */
export function pathOf(row: Row, world: World): string {
  const path = row.path.replaceAll(/:(\w+)/g, (_, name: string) => parameterOf(row, name, world));
  return path.replace("/log/tile/*", "/log/tile/0/000.p/1");
}

function parameterOf(row: Row, name: string, world: World): string {
  const ofDraft = [
    "add",
    "check",
    "check-people",
    "describe",
    ...["method", "tasks", "facts", "who", "secret", "agreement", "destination", "lawful-basis"],
    "upload",
    "content",
    "sender-grant",
    ...["approvers", "shown-to"],
    "sign",
  ];
  const carried: Readonly<Record<string, string>> = {
    carriage: world.carriedDraft,
    pack: world.carriedDraft,
    carry: world.carriedApproved,
    carried: world.carriedReleased,
    papers: world.carriedReleased,
    "fax-report": world.carriedFax,
  };
  const part = row.path.split("/").find((each) => Object.hasOwn(carried, each));
  if (name === "ref" && part !== undefined) return carried[part] ?? "";
  if (name === "recipient" && part !== undefined) return world.carriedRecipient;
  if (name === "paper") return "contents";
  if (name === "serial") return "DISK-1";
  if (name === "ref") return ofDraft.some((part) => row.path.split("/").includes(part)) ? world.draft : world.reference;
  if (name === "upload") return world.uploadId;
  if (name === "recipient") return world.recipient;
  if (name === "token") return world.invitation;
  if (name === "id" && /^(?:\/api)?\/r\//.test(row.path)) return world.recipient;
  if (name === "id" && row.path.startsWith("/people/")) return world.colleagueId;
  if (name === "id" && row.path.startsWith("/contacts/")) return world.contactId;
  if (name === "id" && /^(?:\/api)?\/to-agree\//.test(row.path)) return world.toAgreeId;
  if (name === "id" && row.path.startsWith("/deputies/")) return world.deputyId;
  if (name === "id" && /^(?:\/api)?\/arrangements\//.test(row.path)) return world.arrangementId;
  if (name === "id" && /^(?:\/records)?\/incidents\//.test(row.path)) return world.incidentId;
  if (name === "id" && row.path.startsWith("/advice/")) return world.adviceId;
  if (name === "id" && /^(?:\/api)?\/agreements\//.test(row.path)) return world.agreementId;
  if (name === "id" && row.path.startsWith("/agreement-documents/")) return world.documentId;
  if (name === "id" && row.path.startsWith("/records/search/")) return world.searchId;
  if (name === "id" && row.path.startsWith("/governance/holds/")) return world.holdId;
  if (name === "id" && row.path.startsWith("/media/")) {
    return row.path.endsWith("/reviewed") ? world.archiveId : world.mediumId;
  }
  if (name === "id" && row.path.startsWith("/fax-machines/")) return world.faxMachineId;
  if (name === "id" && row.path.startsWith("/post-room/")) return world.incomingPostId;
  if (row.path === "/governance/documents/:name") return "dpia-template";
  if (row.path === "/rules/clauses/:id") return "SDT-3";
  throw new Error(`Say in this test what :${name} of ${nameOf(row)} is about.`);
}

/** A body that fits the row's schema, so that nothing but the gate can be what refuses it. */
export function bodyOf(row: Row): Record<string, unknown> {
  return row.body === null ? {} : (fitting(row.body as Schema) as Record<string, unknown>);
}

/** The parts of a row's body, and those of them that may be missing. */
export function partsOf(row: Row): { readonly names: readonly string[]; readonly optional: readonly string[] } {
  const { properties = {}, required = [] } = (row.body ?? {}) as Schema;
  const names = Object.keys(properties);
  return { names, optional: names.filter((name) => !required.includes(name)) };
}

/** The parts of JSON Schema that rows use. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly pattern?: string;
}

/** In this order, so that the first that a pattern takes is used. */
const TEXTS = ["", "0", "00".repeat(32), "A".repeat(22), "AAAA", "age1pq1qqqq"];

function fitting(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.anyOf) return fitting(schema.anyOf[0] ?? {});
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name))
          .map(([name, each]) => [name, fitting(each)]),
      );
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => fitting(schema.items ?? {}));
    case "integer":
    case "number":
      return schema.minimum ?? 0;
    case "boolean":
      return false;
    case "null":
      return null;
    case "string": {
      const found = TEXTS.find((each) => new RegExp(schema.pattern ?? "").test(each));
      if (found !== undefined) return found;
      throw new Error(`Give this test a text that fits ${schema.pattern}.`);
    }
    default:
      throw new Error(`This test does not know what fits ${JSON.stringify(schema)}.`);
  }
}
