import { readFileSync } from "node:fs";
import { withinDomains } from "../../domain/address.ts";
import { serviceText } from "../../domain/carriers.ts";
import { APPROVER_ROLES, CARRIERS, RULE_SETS } from "../../domain/facts.ts";
import { CONDITION_KINDS, RECORD_GROUNDS } from "../../domain/lawful-bases.ts";
import { USUAL_WORKING_TIME } from "../../domain/working-time.ts";
import { badConfiguration } from "../error.ts";
import { incidentSettings, routesThatMissSomebody, USUAL_INCIDENTS } from "./incident-routes.ts";
import {
  address,
  country,
  domain,
  forEach,
  list,
  mapping,
  oneOf,
  orNone,
  type Setting,
  text,
  whole,
  word,
  yesNo,
} from "./setting.ts";
import { CONTACTS, type Configuration, type Settings } from "./settings.ts";
import { workingTime } from "./working-time.ts";
import { yamlTree } from "./yaml-tree.ts";

/** SIS-28, SIS-35: a rule that is made advice, and why. Files of earlier versions name the rule alone: then no reason is given, and reports say so. */
const loosened: Setting<{ readonly rule: string; readonly reason: string | null }> = (place, tree) =>
  tree.members(place) === null
    ? { rule: text(place, tree), reason: null }
    : mapping({ rule: text, reason: text })(place, tree);

const settingsOf = mapping(
  {
    rules: oneOf(RULE_SETS),
    organisation: text,
    workDomains: list(domain, 1),
    networks: mapping({ official: list(domain), cjsm: list(domain) }),
    homeCountries: list(country, 1),
    email: mapping({ limitBytes: whole, secureLinkAboveBytes: whole }),
    bulk: mapping({ people: whole, identifying: whole }),
    media: mapping({ limitBytes: whole, secondPerson: yesNo }, ["secondPerson"]),
    post: mapping({ letterPages: whole, returnAddress: list(text, 1) }, ["returnAddress"]),
    webmailDomains: list(domain, 1),
    collaborationPlatform: orNone(mapping({ name: text, guests: yesNo })),
    roles: forEach(APPROVER_ROLES, list(address)),
    contacts: forEach(CONTACTS, mapping({ name: text, address, phone: text, copy: address }, ["phone", "copy"])),
    carriers: list(mapping({ carrier: oneOf(CARRIERS), id: word, name: text, guarantee: text }, ["id", "guarantee"])),
    destinationStorage: list(text),
    require: list(text),
    loosen: list(loosened),
    localRules: list(text),
    incidents: incidentSettings,
    answering: workingTime,
    lawful: mapping({
      bases: list(mapping({ id: text, name: text, lawEnforcement: yesNo }), 1),
      conditions: list(mapping({ id: text, name: text, serves: list(oneOf(CONDITION_KINDS), 1) })),
    }),
    recordGround: oneOf(RECORD_GROUNDS),
  },
  ["incidents", "answering", "lawful", "recordGround"],
);

/**
 * A configuration from the text of its file, which an administrator controls.
 * @throws PolicyError `bad-configuration` with file, line and reason.
 */
export function parseConfiguration(yaml: string, file: string): Configuration {
  const tree = yamlTree(yaml, file);
  const stated = settingsOf(tree.top, tree);
  const reasons = stated.loosen.flatMap(({ rule, reason }) => (reason === null ? [] : [[rule, reason] as const]));
  const settings: Settings = {
    ...stated,
    loosen: stated.loosen.map(({ rule }) => rule),
    // absent without any, so that policies of earlier versions keep their digest
    ...(reasons.length === 0 ? {} : { loosenedBecause: Object.fromEntries(reasons) }),
    incidents: stated.incidents ?? USUAL_INCIDENTS,
    answering: stated.answering ?? USUAL_WORKING_TIME,
    // An entry without an id is the only one of its kind, as all were before a kind could be there twice.
    carriers: stated.carriers.map(({ carrier, id, name, guarantee }) => ({
      ...{ carrier, name, id: id ?? carrier, guarantee: guarantee ?? "" },
    })),
  };
  for (const refusal of contradictions(settings)) {
    throw badConfiguration(file, tree.lineOf(refusal.path), `${refusal.path} ${refusal.reason}.`);
  }
  return { file, settings, lineOf: tree.lineOf };
}

/** `parseConfiguration` on a file. @throws PolicyError `bad-configuration`, also when it cannot be read */
export function readConfiguration(file: string): Configuration {
  return parseConfiguration(readText(file), file);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw badConfiguration(file, 1, `The file cannot be read (${reason}).`, cause);
  }
}

/** What parses, but cannot be meant. */
function* contradictions(settings: Settings): Generator<{ readonly path: string; readonly reason: string }> {
  const { workDomains, webmailDomains, networks, bulk, email, carriers, require, loosen } = settings;
  // SET-4: an address that anybody can have is never the organisation's own, nor on a trusted network.
  for (const [path, domains] of Object.entries({
    workDomains,
    "networks.official": networks.official,
    "networks.cjsm": networks.cjsm,
  })) {
    const at = domains.findIndex((each) => withinDomains(each, webmailDomains));
    if (at >= 0) yield { path: `${path}[${at}]`, reason: "is a webmail domain, where anybody can have an address" };
  }
  if (bulk.identifying > bulk.people)
    yield { path: "bulk.identifying", reason: `is above bulk.people (${bulk.people}), and would never count` };
  if (email.secureLinkAboveBytes > email.limitBytes)
    yield { path: "email.secureLinkAboveBytes", reason: `is above email.limitBytes (${email.limitBytes})` };
  const named = carriers.map(({ id }) => id);
  const twice = named.findIndex((each, index) => named.indexOf(each) < index);
  if (twice >= 0)
    yield {
      path: `carriers[${twice}]`,
      reason: `names ${named[twice]} a second time: give each service an id of its own`,
    };
  // SIS-31: whoever chooses between two of a kind has to be able to tell them apart.
  const called = carriers.map((each) => `${each.carrier} ${serviceText(each)}`);
  const alike = called.findIndex((each, index) => called.indexOf(each) < index);
  if (alike >= 0)
    yield {
      path: `carriers[${alike}]`,
      reason: `is called like carriers[${called.indexOf(called[alike] ?? "")}], of the same kind`,
    };
  const { from, until } = settings.answering;
  if (from >= until) yield { path: "answering.until", reason: "is not after answering.from" };
  yield* routesThatMissSomebody(settings.incidents);
  const both = loosen.findIndex((each) => require.includes(each));
  if (both >= 0) yield { path: `loosen[${both}]`, reason: "is also under require" };
}
