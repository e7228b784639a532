import assert from "node:assert/strict";
import { test } from "node:test";
import { domainToASCII, domainToUnicode } from "node:url";
import fc from "fast-check";
import { lookAlikes, withinEdits } from "./look-alike.ts";
import { readableDomain } from "./punycode.ts";

const known = [
  { address: "clerk@chambers.example", name: "Robin Clerk" },
  { address: "jane.smith@council.gov.uk", name: "Jane Smith" },
];
const reasons = (address: string) => lookAlikes(address, known).map(({ reason, known: each }) => [reason, each.name]);
const word = fc.stringMatching(/^[a-z]{6,12}$/);
const address = fc.tuple(word, word).map(([local, domain]) => `${local}@${domain}.example`);

test("OXM-15: look-alikes of a known address are found, with whose it is", () => {
  const cases: [string, string][] = [
    ["c1erk@chambers.example", "confusable"],
    ["clerk@chambеrs.example", "confusable"],
    [`clerk@${domainToASCII("chambеrs.example")}`, "confusable"],
    ["clerk@charnbers.example", "confusable"],
    ["clérk@chambers.example", "confusable"],
    ["clerk@chamber.example", "near"],
    ["clekr@chambers.example", "near"],
    ["clerks@chambers.example", "near"],
    ["clerk@solicitors.example", "other-domain"],
    ["post@charnbers.example", "near-domain"],
    ["post@chambres.example", "near-domain"],
  ];
  for (const [typed, reason] of cases) assert.deepEqual(reasons(typed)[0], [reason, "Robin Clerk"], typed);
  assert.deepEqual(reasons("jane.smyth@council.gov.uk")[0], ["near", "Jane Smith"]);
});

test("OXM-15: a known address, a colleague in its domain and an unrelated one give no warning", () => {
  for (const typed of ["clerk@chambers.example", "reception@chambers.example", "anna.kowalska@university.ac.uk"])
    assert.deepEqual(reasons(typed), [], typed);
});

test("OXM-15: whatever single slip of the keyboard is made, it warns", () => {
  const slip = fc.record({
    at: fc.nat(),
    letter: fc.stringMatching(/^[a-z]$/),
    kind: fc.constantFrom("add", "drop", "swap"),
  });
  fc.assert(
    fc.property(address, slip, (right, { at, letter, kind }) => {
      const place = at % (right.length - 10); // in the name or the first label
      const letters = [...right];
      if (letters[place] === "@" || letters[place + 1] === "@") return;
      if (kind === "add") letters.splice(place, 0, letter);
      else if (kind === "drop") letters.splice(place, 1);
      else letters.splice(place, 2, letters[place + 1] ?? "", letters[place] ?? "");
      const typed = letters.join("");
      if (typed === right) return;
      assert.ok(lookAlikes(typed, [{ address: right, name: "x" }]).length > 0, `${typed} for ${right}`);
    }),
  );
});

test("OXM-15: whatever letters are replaced by others that look the same, it warns, in punycode too", () => {
  const twins: Record<string, string> = {
    a: "а",
    c: "с",
    e: "е",
    i: "і",
    j: "ј",
    o: "о",
    p: "р",
    s: "ѕ",
    x: "х",
    y: "у",
  };
  fc.assert(
    fc.property(address, fc.infiniteStream(fc.boolean()), (right, replace) => {
      const fake = [...right].map((each) => (replace.next().value ? (twins[each] ?? each) : each)).join("");
      if (fake === right) return;
      const [local = "", domain = ""] = fake.split("@");
      for (const typed of [fake, `${local}@${domainToASCII(domain)}`]) {
        if (typed === right) continue;
        const [first] = lookAlikes(typed, [{ address: right, name: "x" }]);
        assert.equal(first?.reason, "confusable", `${typed} for ${right}`);
      }
    }),
  );
});

test("OXM-15: the warning works both ways, and never for an address itself", () => {
  fc.assert(
    fc.property(address, address, (a, b) => {
      assert.deepEqual(lookAlikes(a, [{ address: a, name: "x" }]), []);
      const [ab] = lookAlikes(a, [{ address: b, name: "x" }]);
      const [ba] = lookAlikes(b, [{ address: a, name: "x" }]);
      assert.equal(ab?.reason, ba?.reason);
    }),
  );
});

test("edit distance: agrees with the plain recursive definition", () => {
  const slow = (a: string, b: string): number => {
    if (a === "" || b === "") return a.length + b.length;
    const costs = [
      slow(a.slice(1), b) + 1,
      slow(a, b.slice(1)) + 1,
      slow(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
    ];
    if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]) costs.push(slow(a.slice(2), b.slice(2)) + 1);
    return Math.min(...costs);
  };
  const text = fc.stringMatching(/^[abc]{0,5}$/);
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 3 }), (a, b, most) => {
      assert.equal(withinEdits(a, b, most), slow(a, b) <= most, `${a} ${b} ${most}`);
    }),
  );
});

test("punycode: labels read as the platform reads them, and nonsense stays as it is", () => {
  const label = fc.string({ unit: fc.constantFrom(..."abcxyzäöüßéñаеорсухλωシ中文字"), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(label, (unicode) => {
      const ascii = domainToASCII(`${unicode}.example`);
      if (ascii === "") return;
      assert.equal(readableDomain(ascii), domainToUnicode(ascii));
    }),
  );
  for (const nonsense of ["xn--.example", "xn--99999999999.example", "xn--a\u0000b.example"])
    assert.equal(typeof readableDomain(nonsense), "string");
});
