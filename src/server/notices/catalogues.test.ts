import assert from "node:assert/strict";
import { test } from "node:test";
import { cy } from "./cy.ts";
import { en } from "./en.ts";
import type { NoticeFacts } from "./texts.ts";

test("OXM-23: the notice promises no phone call, which some recipients cannot take", () => {
  const facts: NoticeFacts = {
    reference: "WB-7F3K-Q2XV",
    name: "Dee",
    team: false,
    sender: { name: "Ada Clerk", address: "ada@council.example", left: false },
    organisation: { name: "Example Council", website: "www.council.example", phone: "" },
    link: "https://waybill.example/r/x",
    host: "waybill.example",
    access: "words",
    expires: "1 December 2026",
  };
  assert.match(en.sent(facts).join(" "), /six words by another way that suits you/);
  assert.doesNotMatch(en.sent(facts).join(" "), /phone/);
  assert.match(cy.sent(facts).join(" "), /chwe gair wrthych mewn ffordd arall/);
  assert.doesNotMatch(cy.sent(facts).join(" "), /ffôn|ffoni/);
});
