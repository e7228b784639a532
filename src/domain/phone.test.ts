import assert from "node:assert/strict";
import { test } from "node:test";
import { nationalPhone, parsePhone, phoneEnding } from "./phone.ts";

test("telephone numbers become E.164, from the UK’s national form and from international forms", () => {
  const cases: [string, string][] = [
    ["020 7946 0000", "+442079460000"],
    ["(020) 7946-0000", "+442079460000"],
    ["+44 (0)20 7946 0000", "+442079460000"],
    ["0044 20 7946 0000", "+442079460000"],
    ["07700 900123", "+447700900123"],
    ["01632 96000", "+44163296000"],
    ["0800 1111 111", "+448001111111"],
    ["+49 30 901820", "+4930901820"],
    ["00 353 1 679 3555", "+35316793555"],
    ["０２０ ７９４６ ００００", "+442079460000"],
  ];
  for (const [typed, number] of cases) assert.equal(parsePhone(typed), number, typed);
});

test("what is no telephone number is refused", () => {
  for (const typed of [
    "",
    "12",
    "7946 0000",
    "020 7946 00000000",
    "+",
    "+0123456789",
    "+44 020 7946 0000",
    "+44 6",
    "phone me",
    "+1234567890123456",
  ])
    assert.throws(() => parsePhone(typed), { name: "DomainError", code: "bad-number" }, typed);
});

test("a number’s ending is its last two digits", () => assert.equal(phoneEnding("+442079460042"), "42"));

test("a UK number is shown in the groups that it is dialled in, and another country’s as it is", () => {
  const cases: [string, string][] = [
    ["+441134960042", "0113 496 0042"],
    ["+441214960042", "0121 496 0042"],
    ["+447700900456", "07700 900456"],
    ["+442079460142", "020 7946 0142"],
    ["+441632960042", "01632 960042"],
    ["+44163296004", "01632 96004"],
    ["+441539412345", "015394 12345"],
    ["+443001234567", "0300 123 4567"],
    ["+44800111111", "0800 111111"],
    ["+35316793555", "+35316793555"],
  ];
  for (const [number, shown] of cases) assert.equal(nationalPhone(number), shown);
  for (const [number, shown] of cases) assert.equal(parsePhone(shown), number, "and it can be typed so again");
});
