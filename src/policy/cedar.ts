import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import type { Context } from "./reduce/context.ts";

// The only door to Cedar. A forbid whose evaluation errs is skipped by Cedar, and the answer is then allow: every entry in
// `diagnostics.errors` comes out of here as a fault, and whoever asks must refuse.

/** A policy of a file: its text and what its annotations say. */
export interface ParsedPolicy {
  readonly text: string;
  readonly effect: "permit" | "forbid";
  readonly annotations: Readonly<Record<string, string>>;
  /** Ids of the actions that its head names; null for all. */
  readonly actions: readonly string[] | null;
  readonly hasUnless: boolean;
}

/** What Cedar finds wrong, with the offset (in UTF-8 bytes) at which it stands. */
export interface Complaint {
  readonly policyId: string | null;
  readonly offset: number;
  readonly reason: string;
}

/** Splits a file into its policies, in their order. */
export function parsePolicies(
  text: string,
): { readonly policies: readonly ParsedPolicy[] } | { readonly wrong: Complaint } {
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === "failure") return { wrong: complaint(parts.errors) };
  if (parts.policy_templates.length > 0)
    return { wrong: { policyId: null, offset: 0, reason: "Templates are not used here" } };
  const policies: ParsedPolicy[] = [];
  for (const part of parts.policies) {
    const answer = cedar.policyToJson(part);
    if (answer.type === "failure") return { wrong: complaint(answer.errors) };
    const { effect, annotations = {}, action, conditions, principal, resource } = answer.json;
    if (principal.op !== "All" || resource.op !== "All")
      return {
        wrong: { policyId: annotations.id ?? null, offset: 0, reason: "Rules are about every sender and transfer" },
      };
    const hasUnless = conditions.some(({ kind }) => kind === "unless");
    policies.push({ text: part, effect, annotations, actions: actionsOf(action), hasUnless });
  }
  return { policies: policies.sort((a, b) => text.indexOf(a.text) - text.indexOf(b.text)) };
}

function actionsOf(action: cedar.ActionConstraint): readonly string[] | null {
  if (action.op === "All") return null;
  const entities = "entities" in action ? action.entities : "entity" in action ? [action.entity] : [];
  return entities.map((entity) => ("__entity" in entity ? entity.__entity.id : entity.id));
}

/** Checks a schema. @returns what is wrong, or null. */
export function checkSchema(schema: string): Complaint | null {
  const answer = cedar.checkParseSchema(schema);
  return answer.type === "failure" ? complaint(answer.errors) : null;
}

/** Validates policies against a schema in strict mode, warnings included (a rule that can never fire is one). */
export function validatePolicies(schema: string, policies: Readonly<Record<string, string>>): readonly Complaint[] {
  const answer = cedar.validate({
    schema,
    policies: { staticPolicies: { ...policies } },
    validationSettings: { mode: "strict" },
  });
  if (answer.type === "failure") return [complaint(answer.errors)];
  const found = [...answer.validationErrors, ...answer.validationWarnings];
  return found.map(({ policyId, error }) => ({ ...complaint([error]), policyId }));
}

/** Policies that stay parsed in Cedar, each action's by themselves. */
export interface CedarPolicies {
  /** Asks whether one request may go. */
  decide(action: string, context: Context): CedarDecision;
  /** Ids of the rules that concern one request: those whose `when` holds, whether or not their `unless` lets it go. */
  concerning(action: string, context: Context): readonly string[];
}

/** What fired; or, where `faults` has entries, what could not be evaluated: then the request is refused, whatever else was said. */
export interface CedarDecision {
  readonly allowed: boolean;
  /** Ids of the policies that decided. */
  readonly fired: readonly string[];
  readonly faults: readonly { readonly policyId: string | null; readonly reason: string }[];
}

/**
 * Hands policies over to Cedar, which keeps them parsed under names made of `key`: equal keys must mean equal policies.
 * @param byAction the policies that each action can meet, by id.
 * @throws Error for what Cedar does not parse: validate first.
 */
export function keepPolicies(
  key: string,
  schema: string,
  byAction: ReadonlyMap<string, Readonly<Record<string, string>>>,
): CedarPolicies {
  parsed(cedar.preparseSchema(key, schema));
  for (const [action, policies] of byAction)
    parsed(cedar.preparsePolicySet(`${key} ${action}`, { staticPolicies: { ...policies } }));
  const principal = { type: "Member", id: "sender" };
  const resource = { type: "Transfer", id: "transfer" };
  const ask = (action: string, context: Context, policySet: string) =>
    cedar.statefulIsAuthorized({
      principal,
      action: { type: "Action", id: action },
      resource,
      context: context as Record<string, cedar.CedarValueJson>, // booleans, numbers, texts and lists of texts
      preparsedSchemaName: key,
      validateRequest: true,
      preparsedPolicySetId: policySet,
      entities: [],
    });
  const concerned = new Set<string>();
  return {
    concerning(action, context) {
      const policySet = `${key} ${action} concerning`;
      // Parsed when it is first asked for: most who load a policy never ask.
      if (!concerned.has(action)) {
        const policies = Object.entries(byAction.get(action) ?? {}).map(([id, text]) => [id, withoutUnless(text)]);
        parsed(cedar.preparsePolicySet(policySet, { staticPolicies: Object.fromEntries(policies) }));
        concerned.add(action);
      }
      const answer = ask(action, context, policySet);
      if (answer.type === "failure") return [];
      const { reason, errors } = answer.response.diagnostics;
      return [...reason, ...errors.map(({ policyId }) => policyId)];
    },
    decide(action, context) {
      const answer = ask(action, context, `${key} ${action}`);
      if (answer.type === "failure") {
        const faults = answer.errors.map(({ message }) => ({ policyId: null, reason: message }));
        return { allowed: false, fired: [], faults };
      }
      const { decision, diagnostics } = answer.response;
      const faults = diagnostics.errors.map(({ policyId, error }) => ({ policyId, reason: error.message }));
      return { allowed: decision === "allow" && faults.length === 0, fired: diagnostics.reason, faults };
    },
  };
}

/** A policy that permits wherever it is about the request, whatever would meet it. @throws Error for what Cedar does not parse */
function withoutUnless(text: string): cedar.PolicyJson {
  const answer = cedar.policyToJson(text);
  if (answer.type === "failure") throw new Error(complaint(answer.errors).reason);
  const conditions = answer.json.conditions.filter(({ kind }) => kind === "when");
  return { ...answer.json, effect: "permit", conditions };
}

function parsed(answer: cedar.CheckParseAnswer): void {
  if (answer.type === "failure") throw new Error(complaint(answer.errors).reason);
}

function complaint(errors: readonly cedar.DetailedError[]): Complaint {
  const [first] = errors;
  const help = first?.help ? ` (${first.help})` : "";
  return {
    policyId: null,
    offset: first?.sourceLocations?.[0]?.start ?? 0,
    reason: `${first?.message ?? "Cedar gives no reason"}${help}`,
  };
}
