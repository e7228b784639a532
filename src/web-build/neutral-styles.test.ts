import assert from "node:assert/strict";
import { test } from "node:test";
import { selectRules } from "./css-rules.ts";
import { MOJ_COMPONENTS, neutralGovuk, neutralMoj } from "./neutral-styles.ts";

const FONT = "font-family:GDS Transport,arial,sans-serif";

test("Rules are selected inside media queries too, and a block that is left empty goes.", () => {
  const css = '@charset "UTF-8";.a{x:1}/* {} */.b{x:2}@media print{.a{x:3}.b{x:4}}@media (min-width:1em){.b{x:5}}';
  const kept = selectRules(css, (selectors) => selectors === ".a");
  assert.equal(kept, '@charset "UTF-8";.a{x:1}@media print{.a{x:3}}');
});

test("Braces and semicolons inside strings do not end a rule.", () => {
  const css = `.a::before{content:"};{"}[title="{;"]{x:1}.b{content:'\\'}'}`;
  const seen: string[] = [];
  assert.equal(
    selectRules(css, (selectors) => seen.push(selectors) > 0),
    css,
  );
  assert.deepEqual(seen, [".a::before", '[title="{;"]', ".b"]);
});

test("The font face and the crest go, and text is in the system's font.", () => {
  const css = `@font-face{font-family:GDS Transport;src:url(/a.woff2)}.a{${FONT};color:red}.crest{background:url(/crest.svg)}`;
  const neutral = neutralGovuk(css);
  assert.match(neutral, /^\.a\{font-family:var\(--wb-font\);color:red\}:root\{--wb-font:system-ui,/);
  assert.doesNotMatch(neutral, /GDS|url|crest/);
});

test("A stylesheet that writes its font in another way is refused rather than served with it.", () => {
  assert.throws(() => neutralGovuk(".a{font-family:Transport}"), { code: "unexpected-stylesheet" });
  assert.throws(() => neutralGovuk(`.a{${FONT}}.b{font:1rem GDS Transport}`), { code: "unexpected-stylesheet" });
});

test("Of the MoJ frontend only the listed components are kept, and each of them must be there.", () => {
  const all = MOJ_COMPONENTS.map((name) => `.moj-${name}__x{${FONT}}`).join("");
  assert.doesNotMatch(neutralMoj(`${all}.moj-alerted{x:1}.moj-sub-navigation-x{x:1}.moj-banner{x:1}`), /x:1/);
  assert.throws(() => neutralMoj(all.replace("moj-badge", "moj-bad")), { code: "unexpected-stylesheet" });
});
