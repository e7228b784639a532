import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "./pasted-list.ts";

const typed = (list: string) => entriesOf(list).map((each) => (each.why === null ? each.typed : `${each.line}?`));
const ann = "ann@a.example";
const bob = "bob@b.example";

test("OXM-15: lines, semicolons, commas and names are entries as they stand", () => {
  assert.deepEqual(typed(`${ann}\r\n\r\n Bob Birch ;${bob}`), [ann, "Bob Birch", bob]);
  assert.deepEqual(typed(`${ann}, ${bob},`), [ann, bob]);
  assert.deepEqual(typed(`"Ash, Ann" <${ann}>; Birch, Bob <${bob}>, Cy Cedar`), [
    `"Ash, Ann" <${ann}>`,
    `Birch, Bob <${bob}>`,
    "Cy Cedar",
  ]);
  assert.deepEqual(typed(`mailto:${ann}\n<${bob}>`), [ann, bob]);
  assert.deepEqual(typed("Birch, Bob"), ["Birch, Bob"]);
});

test("OXM-15: of columns that a spreadsheet pastes the address counts, wherever it stands", () => {
  assert.deepEqual(typed(`Ann Ash\t${ann}\nBob Birch\t${bob}\tBirch Ltd`), [ann, bob]);
  assert.deepEqual(typed(`"Ash, ""A"" Ann"\t${ann}\t\t020 7946 0000`), [ann]);
  assert.deepEqual(typed(`${ann}\t${bob}`), [ann, bob]);
  assert.deepEqual(typed("Ann\tAsh"), ["Ann Ash"]);
  assert.deepEqual(typed(`Ann Ash,${ann}\nBob Birch, ${bob}`), [ann, bob]);
  assert.deepEqual(typed(`"Ash, Ann",${ann}`), [ann]);
});

test("OXM-15: a heading is no recipient, and says which column has the address", () => {
  assert.deepEqual(typed(`Name\tEmail address\tOrganisation\nAnn Ash\t${ann}\tAsh Ltd`), [ann]);
  assert.deepEqual(typed(`Surname,First name,E-mail,Company\nAsh,Ann,${ann},Ash Ltd\n"Birch, Jr",Bob,${bob},`), [
    ann,
    bob,
  ]);
  assert.deepEqual(typed(`Email\n${ann}\n${bob}`), [ann, bob]);
  assert.deepEqual(typed(`Name\tAddress\tMail\tFirm\nAnn Ash\t1 High Street\t${ann}\tAsh Ltd`), [ann]);
  assert.deepEqual(typed(`Work email\tEmail 2\n${ann}\tann@home.example`), [ann]);
  assert.deepEqual(typed("Name Surname"), ["Name Surname"]);
});

test("OXM-15: a row that is not clear is not guessed: it is named by its line", () => {
  assert.deepEqual(typed(`Name\tEmail\nAnn Ash\t\nBob\t${bob}`), ["2?", bob]);
  assert.deepEqual(typed(`${ann}\n\nBob\t${bob}\tbob@home.example`), [ann, "3?"]);
  assert.match(entriesOf(`Bob\t${bob}\tbob@home.example`)[0]?.why ?? "", /2 addresses in this row/);
  assert.match(
    entriesOf(`Name\tEmail\nAnn Ash\t\nBob\t${bob}`)[0]?.why ?? "",
    /“Ann Ash” has no email address in the column/,
  );
});
