import assert from "node:assert/strict";
import { test } from "node:test";
import { FORMATS } from "./formats.ts";
import { generatePassword } from "./password.ts";
import { judgePassword, refuseWeak } from "./password-strength.ts";

test("SDT-20, OXM-20: the password that is made is long and random, fits every program, and passes the rule itself", () => {
  for (const format of FORMATS) {
    const made = new Set(Array.from({ length: 500 }, () => generatePassword(format)));
    assert.equal(made.size, 500);
    for (const password of [...made].slice(0, 5)) refuseWeak(password, format);
    if (format === "office") for (const password of made) assert.match(password, /[2-9]/);
    const [one = ""] = made;
    if (format === "office") assert.match(one, /^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{5}$/);
    else assert.match(one, /^[a-z]+( [a-z]+){5}$/);
  }
});

test("OXM-20: a typed password has 12 characters or more", () => {
  const judged = judgePassword("xQ7!mB2#kL9", "zip");
  assert.deepEqual(judged, { ok: false, reason: "short", says: "It has 11 characters: at least 12 are needed." });
});

test("OXM-20: a typed password is no word, however it is written", () => {
  for (const word of ["Buckinghamshire", "administrator", "unquestionably", "Adm1n1strat0r"]) {
    const judged = judgePassword(word, "age");
    assert.ok(!judged.ok && ["word", "guessable"].includes(judged.reason), word);
  }
});

test("OXM-20: what an attacker tries first is refused, and says how long that takes", () => {
  for (const weak of [
    "Password12345!",
    "Qwertyuiop1234",
    "Summer2026!!!",
    "abcabcabcabcABC1!",
    "01/02/1990-JohnSmith",
  ]) {
    assert.throws(() => refuseWeak(weak, "zip"), {
      code: "weak-password",
      message: /would need .* to find it|is a word/,
    });
  }
  const reference = "WB-7F3K-Q2XV-clerk";
  assert.ok(judgePassword(`${reference}!`, "age").ok);
  assert.ok(!judgePassword(`${reference}!`, "age", [reference]).ok, "the reference is known to everyone");
});

test("OXM-20: phrases that everybody knows, and words of the transfer, are refused; what is random counts as random", () => {
  for (const phrase of ["correct horse battery staple", "Correct-Horse-Battery-Staple", "may the force be with you"]) {
    assert.equal(judgePassword(phrase, "age").ok, false, phrase);
  }
  assert.equal(judgePassword("parole bundle jane doe", "zip", ["Parole bundle, Jane Doe.txt"]).ok, false);
  assert.equal(judgePassword("Zx9-kV2!pQ7w", "zip").ok, true);
  assert.match(judgePassword("Zx9-kV2!pQ7w", "zip").says, /more than a thousand years/);
  assert.equal(judgePassword("Pwllgwyngyll1!", "zip").ok, false, "a word that no dictionary here knows is not random");
});

test("OXM-20: the same password stands longer where the format makes a guess cost more", () => {
  const password = "Llantrisant-42";
  assert.equal(judgePassword(password, "zip").ok, false);
  assert.match(
    judgePassword(password, "zip").says,
    /100 graphics cards would need about \d+ \w+ to find it: it should be more than a year/,
  );
  assert.match(judgePassword("gorse mantle tidy quench", "age").says, /years to find it\.|more than a thousand years/);
});

test("OXM-20: kinds of characters are mixed, unless it is a passphrase", () => {
  assert.equal(judgePassword("gorse mantle tidy quench lantern", "zip").ok, true);
  const small = judgePassword("wqzxkvjtrbmfhgdplcny", "zip");
  assert.equal(!small.ok && small.reason, "one-kind");
  assert.equal(judgePassword("wqZxkvJtrb4mfhg-dplcny", "zip").ok, true);
});

test("a password that not every program can be given is refused, without repeating it", () => {
  for (const password of ["gorse mântle tidy quench", " gorse mantle tidy quench", "gorse mantle\ttidy quench"]) {
    const judged = judgePassword(password, "zip");
    assert.equal(!judged.ok && judged.reason, "untypable", "said while it is typed");
    assert.throws(
      () => refuseWeak(password, "zip"),
      (cause: Error) => "code" in cause && cause.code === "bad-input" && !cause.message.includes("gorse"),
    );
  }
  assert.throws(() => refuseWeak("gorse mantle tidy quench", "office"), {
    code: "bad-input",
    message: /up to 15 characters/,
  });
  assert.deepEqual(judgePassword("gorse mantle tidy quench", "office"), {
    ...{ ok: false, reason: "untypable" },
    says: "It has 24 characters, too long for a Word, Excel or PowerPoint document with a password: programs take up to 15 characters.",
  });
});
