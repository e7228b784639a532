import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseConfiguration, readConfiguration } from "./parse-configuration.ts";

const text = readFileSync(new URL("../../../policies/configurations/justice.gov.uk.yaml", import.meta.url), "utf8");

/** The line, from 1, on which the example has this text. */
const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split("\n").length;

function refuses(from: string, to: string, reason: RegExp, line = lineOf(from)) {
  assert.ok(text.includes(from), from);
  assert.throws(
    () => parseConfiguration(text.replace(from, to), "our.yaml"),
    (error: unknown) => {
      assert.ok(error instanceof Error && "place" in error);
      assert.deepEqual(error.place, { file: "our.yaml", line });
      assert.ok(error.message.startsWith(`our.yaml:${line}: `), error.message);
      assert.match(error.message, reason);
      return true;
    },
  );
}

test("the example configuration parses, and knows its lines", () => {
  const { settings, lineOf: line } = parseConfiguration(text, "our.yaml");
  assert.deepEqual(settings.bulk, { people: 1000, identifying: 100 });
  assert.equal(settings.email.limitBytes, 20_000_000);
  assert.deepEqual(settings.homeCountries, ["GB"]);
  assert.equal(line("networks.cjsm[0]"), lineOf("cjsm: [cjsm.net]"));
});

test("a setting that is unknown, missing, twice there or of another kind is refused with file, line and reason", () => {
  refuses("rules: uk-government", "rules: french", /must be one of uk-government, university/);
  refuses("organisation: Ministry of Justice", "organization: Ministry", /organization is no setting/);
  refuses("homeCountries: [GB]\n", "", /lacks homeCountries/, 1);
  refuses("homeCountries: [GB]", "homeCountries: [Britain]", /not a country/);
  refuses("  limitBytes: 20000000", "  limitBytes: lots", /email.limitBytes must be a whole number/);
  refuses("  limitBytes: 20000000", "  limitBytes: 0", /1 or more/);
  refuses("  people: 1000", "  people: 1000\n  people: 10", /unique/i, lineOf("  people: 1000") + 1);
  refuses("  senior-manager: [senior.manager@justice.gov.uk]\n", "", /roles lacks senior-manager/, lineOf("roles:"));
  refuses("[line.manager@justice.gov.uk,", "[line.manager,", /not an email address/);
  refuses("carrier: dx-secure", "carrier: pigeon", /carriers\[7\]\.carrier is “pigeon”/);
  refuses("rules: uk-government", "rules: [", /./, lineOf("rules: uk-government") + 1);
  refuses("workDomains: [justice.gov.uk,", "workDomains: [&a justice.gov.uk, *a,", /alias/);
});

test("SET-4: a webmail domain is neither a work domain nor on a trusted network", () => {
  refuses("workDomains: [justice.gov.uk,", "workDomains: [mail.gmail.com,", /workDomains\[0\] is a webmail domain/);
  refuses("cjsm: [cjsm.net]", "cjsm: [outlook.com]", /networks.cjsm\[0\] is a webmail domain/);
});

test("what contradicts itself is refused", () => {
  refuses("  identifying: 100", "  identifying: 1001", /would never count/);
  refuses("  secureLinkAboveBytes: 5000000", "  secureLinkAboveBytes: 20000001", /is above email.limitBytes/);
  refuses("carrier: dx-tracked,", "carrier: dx,", /carriers\[5\] names dx a second time/);
});

test("SIS-28, SIS-35: a rule that is made advice has its reason beside it; one that earlier versions named alone is read, without one", () => {
  const of = (list: string) => parseConfiguration(text.replace("loosen: []", `loosen:\n${list}`), "our.yaml").settings;
  const { loosen, loosenedBecause } = of(
    '  - {rule: addressee-only, reason: "It is opened in one room"}\n  - no-marking-outside',
  );
  assert.deepEqual(
    [loosen, loosenedBecause],
    [["addressee-only", "no-marking-outside"], { "addressee-only": "It is opened in one room" }],
  );
  assert.ok(!("loosenedBecause" in of("  - addressee-only")), "and its digest is what it was");
  refuses("loosen: []", 'loosen: [{rule: addressee-only, reason: " "}]', /loosen\[0\]\.reason must be a text/);
  refuses("loosen: []", "loosen: [{rule: addressee-only}]", /loosen\[0\] lacks reason/);
});

test("SIS-31, SIS-34: a kind of service is there once, as before, or several times with an id each and names that can be told apart", () => {
  const carriers = parseConfiguration(text, "our.yaml").settings.carriers.filter(({ carrier }) =>
    /^sp|^dx$/.test(carrier),
  );
  const special = { carrier: "special-delivery", name: "Royal Mail special delivery" };
  assert.deepEqual(carriers, [
    { ...special, id: "special-delivery-9am", guarantee: "by 9am" },
    { ...special, id: "special-delivery-1pm", guarantee: "by 1pm" },
    { carrier: "dx", name: "DX", id: "dx", guarantee: "" },
  ]);
  refuses("guarantee: by 1pm", "guarantee: by 9am", /carriers\[3\] is called like carriers\[2\], of the same kind/);
  refuses("id: special-delivery-1pm", "id: special-delivery-9am", /carriers\[3\] names special-delivery-9am a second/);
  refuses("id: special-delivery-1pm", "id: By 1pm", /carriers\[3\].id is “By 1pm”; it must be of small letters/);
});

test("SDT-3: within which hours of work an answer is due is configured, or as usual", () => {
  const usual = { hours: 8, from: 540, until: 1020, days: ["monday", "tuesday", "wednesday", "thursday", "friday"] };
  const stated = parseConfiguration(text, "our.yaml").settings.answering;
  assert.deepEqual(stated, { ...usual, closed: [] });
  const silent = text.replace(/^answering:\n(?: {2}.*\n)+/m, "");
  assert.notEqual(silent, text);
  assert.deepEqual(parseConfiguration(silent, "our.yaml").settings.answering, stated);
  refuses('  from: "09:00"', '  from: "9"', /answering.from is “9”, which is not a time such as "09:00"/);
  refuses('  until: "17:00"', '  until: "09:00"', /answering.until is not after answering.from/);
  refuses("  closed: []", "  closed: [2026-02-30]", /not a day such as 2026-12-25/);
  refuses("  hours: 8", "  hours: 0", /1 or more/);
});

test("a configuration that cannot be read is refused by its name", () => {
  assert.throws(() => readConfiguration("/nowhere/our.yaml"), {
    code: "bad-configuration",
    message: /^\/nowhere\/our\.yaml:1: /,
  });
});
