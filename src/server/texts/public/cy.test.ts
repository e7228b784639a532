import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleOrganisation } from "../../../testing/samples.ts";
import { cy } from "./cy.ts";

test("the Welsh privacy notice says each number of years as Welsh does", () => {
  for (const [months, says] of [
    [6, "6 mis"],
    [12, "1 flwyddyn"],
    [24, "2 flynedd"],
    [36, "3 blynedd"],
    [72, "6 blynedd"],
    [84, "7 mlynedd"],
    [120, "10 mlynedd"],
  ] as const) {
    const page = cy.privacy({
      organisation: sampleOrganisation(),
      privacyTeam: { name: "Y tîm", address: "team@council.example" },
      keeping: { months: { transfers: months }, noticeDays: 30, backupDays: 30, setBy: "", setAt: "" },
      ground: null,
    });
    assert.match(JSON.stringify(page), new RegExp(`Cedwir cofnod trosglwyddiad am ${says},`));
  }
});
