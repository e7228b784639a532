import assert from "node:assert/strict";
import { test } from "node:test";
import { ClientError } from "../../client/error.ts";
import { lostConnection } from "../../client/http.ts";
import { CliError, EXIT_CODES } from "../error.ts";
import { withWayOn } from "./way-on.ts";

const said = (cause: unknown, reference: string | null) => {
  const error = withWayOn(cause, reference);
  assert.ok(error instanceof CliError);
  return error;
};

test("A lost connection says the reference and how to go on, wherever it was lost", () => {
  const reset = lostConnection(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
  const begun = said(reset, "WB-AAAA-AAAA");
  assert.equal(begun.code, "offline");
  assert.match(begun.message, /the same command again, or waybill send --resume WB-AAAA-AAAA\./);
  assert.match(said(reset, null).message, /To go on: the same command again\.$/);
  assert.equal(said(begun, "WB-AAAA-AAAA").message, begun.message, "once");
});

test("A server without room on its disk is said so, with an exit code of its own, and how to go on", () => {
  const message = "The server’s disk for uploads is full. What it acknowledged is kept.";
  const refusal = { status: 507, code: "no-room", message };
  const full = said(new ClientError({ code: "refused", message, refusal }), "WB-AAAA-AAAA");
  assert.equal(EXIT_CODES[full.code], 20);
  assert.match(full.message, /disk for uploads is full.*--resume WB-AAAA-AAAA\./s);
});

test("An error that names the transfer itself stays as it is, and one that is no fault of server or person too", () => {
  const over = new CliError({ code: "refused", message: "WB-AAAA-AAAA is over." });
  assert.equal(said(over, "WB-AAAA-AAAA"), over);
  const fault = new TypeError("x");
  assert.equal(withWayOn(fault, "WB-AAAA-AAAA"), fault);
});
