import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import fc from "fast-check";
import { randomId } from "../../src/bytes/random.ts";
import { type PackageRecord, recordText } from "../../src/cli/packaging/record.ts";
import { recordPaper } from "../../src/cli/packaging/record-paper.ts";
import { FORMATS } from "../../src/containers/formats.ts";
import { MARKER_FILE, markerText } from "../../src/containers/media.ts";
import { innerName, packageNames } from "../../src/containers/package-names.ts";
import { newArrivalCode } from "../../src/domain/arrival-code.ts";
import {
  CARRIED_METHODS,
  type Carriage,
  type Dispatch,
  NOTHING_FIXED,
  NOTHING_SEEN,
} from "../../src/domain/carriage.ts";
import type { Contact, Language } from "../../src/domain/contact.ts";
import type { Classification } from "../../src/domain/facts.ts";
import type { Medium } from "../../src/domain/medium.ts";
import type { Member } from "../../src/domain/member.ts";
import type { Organisation } from "../../src/domain/organisation.ts";
import { newReference } from "../../src/domain/reference.ts";
import type { Recipient, StatedFacts, Transfer } from "../../src/domain/transfer.ts";
import { mediumLabels } from "../../src/paperwork/carried/labels.ts";
import { instructionSheets } from "../../src/paperwork/package-sheet/instruction-sheet.ts";
import type { Paper } from "../../src/paperwork/paper.ts";
import { paperText } from "../../src/paperwork/paper-text.ts";
import { renderPdf } from "../../src/paperwork/pdf/render-pdf.ts";
import { lateMail } from "../../src/server/carrying/late-mail.ts";
import { mailToPaste, unnamedHandling } from "../../src/server/carrying/mail-to-paste.ts";
import { carriedReminder, onItsWay } from "../../src/server/carrying/on-its-way.ts";
import { carriedPaper, PAPERS, type PaperName } from "../../src/server/carrying/papers.ts";
import { reportMails } from "../../src/server/carrying/report-mail.ts";
import { addContact, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { readPdf } from "../../src/testing/read-pdf.ts";
import { sampleEvent, sampleFacts, sampleRecipient, sampleTransfer } from "../../src/testing/samples.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { Visitor } from "../../src/testing/visitor.ts";

/** All that can be sent, of both rule sets, and what is above it. */
const CLASSIFICATIONS: readonly Classification[] = [
  ...(["OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"] as const),
  ...(["public", "internal", "confidential"] as const),
];
/** What a marking looks like on paper, in English and Welsh; words within other words do not count. */
const MARKINGS =
  /\b(OFFICIAL|SENSITIVE|SECRET|CONFIDENTIAL|INTERNAL|PUBLIC|COMMERCIAL|PERSONAL|LOCSEN|SWYDDOGOL|SENSITIF|CYFRINACHOL|GYFRINACHOL|MEWNOL|FEWNOL|CYHOEDDUS|GYHOEDDUS)\b/i;
/**
 * The papers that lie with the contents, and so say how they are handled (SIS-24), which follows from the classification and does not name it:
 * the sheet that goes inside with them, and the first page of a fax, whose next page are the contents.
 */
const WITH_CONTENTS: readonly PaperName[] = ["contents", "fax"];

const letters = fc.stringMatching(/^[a-z]{9,14}$/).map((each) => `Zq${each}`);
/** It stays in the sender's office, and lies about there: it tells as little as what is sent. */
const CHECKLIST = "papers/checklist";

/** A name may be printed, so it is never a word that may not. */
const unlike = fc.stringMatching(/^[A-P][a-p]{2,14}$/);

/** What stands nowhere: each a word that no template has. */
const hidden = fc.record({
  purpose: letters,
  necessity: letters,
  caveat: letters.map((each) => each.toUpperCase()),
  subject: letters,
  item: letters.map((each) => `${each}.docx`),
  storage: letters,
  recordCopy: letters,
  risky: letters,
  reason: letters,
  password: fc.tuple(letters, letters).map((words) => words.join("-")),
});

const sent = fc.record({
  hidden,
  method: fc.constantFrom(...CARRIED_METHODS),
  classification: fc.constantFrom(...CLASSIFICATIONS),
  language: fc.constantFrom<Language>("en", "cy"),
  name: fc.tuple(unlike, fc.string({ unit: "grapheme", maxLength: 20 })).map((parts) => parts.join(" ")),
  format: fc.constantFrom(...FORMATS),
  personal: fc.boolean(),
  sensitive: fc.boolean(),
  dx: fc.boolean(),
  random: fc.infiniteStream(fc.nat(255)),
});
type Sent = typeof sent extends fc.Arbitrary<infer Of> ? Of : never;

/** One artefact: what it is, and all that is in it. */
interface Artefact {
  readonly what: string;
  readonly says: string;
}

let [server, organisation, sender, contact]: [TestServer, Organisation, Member, Contact] = [] as never;
before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  organisation = await foundOrganisation(server);
  sender = await addMember(server, "Sam Sender");
  contact = await addContact(server, sender, "Clara", "clara@chambers.example", { dx: "DX 1 London" });
});
after(() => server?.stop());

/** The transfer as the server keeps it: everything hidden is where a sender can type it. */
function transferOf(made: Sent): { readonly transfer: Transfer; readonly recipient: Recipient } {
  const { hidden: own, method, classification, language, name, format, personal, sensitive, dx, random } = made;
  const bytes = (length: number) => Uint8Array.from({ length }, () => random.next().value ?? 0);
  const [reference, id] = [newReference(bytes), randomId()];
  const facts: StatedFacts = sampleFacts({
    ...{ classification, personal, sensitive, destinationStorage: own.storage, recordCopy: own.recordCopy },
    purpose: `${own.purpose} ${own.subject} ${own.caveat} ${own.item} ${own.password}`,
    ...{ necessity: own.necessity, agreement: { none: own.reason } },
  });
  const carriage: Carriage = {
    ...{ method, atDispatch: NOTHING_SEEN, dispatch: null, codes: { [id]: newArrivalCode(bytes) } },
    fixed: {
      ...{ ...NOTHING_FIXED, items: 2, pages: 5, reason: own.reason, carrier: dx ? "dx" : "special-delivery" },
      package: { kind: format, bytes: 5000, digests: ["ab".repeat(32)] },
    },
  };
  const party = { kind: "contact", contactId: contact.id } as const;
  const about = { reference, senderId: sender.id, facts, carriage, riskyReason: own.risky };
  return {
    transfer: sampleTransfer({ ...about, state: "approved" }),
    recipient: sampleRecipient({
      ...{ id, reference, party, name, language },
      address: contact.addresses[0]?.address ?? "",
    }),
  };
}

const serialOf = (reference: string) => reference.replace("WB-", "STICK-");
const paperOf = ({ name, phone }: Organisation) => ({ organisation: name, phone, date: "2026-11-22T10:00:00.000Z" });

/** The registered medium that it goes on. */
const mediumOf = ({ reference }: Transfer): Medium => ({
  ...{
    id: randomId(),
    serial: serialOf(reference),
    owner: "Court support",
    kind: "standard",
    capacity: 32e9,
    reference,
  },
  ...{ purpose: "transfer", state: "in-transit", custodianId: sender.id, returnDue: "2999-12-01", eraseDue: null },
  ...{ reviewDue: null, erasure: null, createdAt: "2026-11-22T10:00:00.000Z", createdBy: sender.id },
  ...{ remindedAt: null, escalatedAt: null },
});

const said = (paper: Paper): string => `${paperText(paper)}\n${JSON.stringify(paper)}`;

/** What the codes on a paper hold, and what is read aloud of them. */
function codesIn({ blocks }: Paper): string {
  const codes = blocks.flatMap((block) =>
    block.kind === "code" ? [block] : block.kind === "labels" ? block.labels.map(({ code }) => code) : [],
  );
  return codes.map((code) => `${code?.content} ${code?.says}`).join("\n");
}

/** All that is printed, mailed, named or coded for it. */
async function artefactsOf(made: Sent): Promise<readonly Artefact[]> {
  const { transfer, recipient } = transferOf(made);
  const { reference } = transfer;
  const outside = (what: string, says: string): Artefact => ({ what, says });
  const papers = await papersFor(transfer, recipient, made);
  const about = { transfer, recipient, sender, organisation, place: server.parts.place };
  const mails = [
    ...[onItsWay(about), carriedReminder(about)],
    carriedReminder({ ...about, recipient: { ...recipient, state: "arrived" } }),
    ...(["arrival", "receipt"] as const).map((what) =>
      lateMail({ ...about, late: [{ recipient, what, due: transfer.createdAt }], at: transfer.createdAt }),
    ),
    ...reportMails([{ member: sender, request: randomId() }], reference, sender, about.place, transfer.createdAt),
  ].map((mail) => outside("mail", JSON.stringify(mail)));
  const item = { name: made.hidden.item, size: 5000, stream: () => assert.fail("Only its name is asked for.") };
  const names = packageNames(reference, made.format, [item]);
  const files = names.map((name) => ({ name, size: 5000, sha256: "ab".repeat(32), readBack: "device" }) as const);
  const record: PackageRecord = {
    ...{ reference, format: made.format, madeAt: transfer.createdAt, contents: { count: 1, bytes: 5000 } },
    ...{ password: "made", folder: `/media/${reference}`, medium: null, files, packed: names.length },
  };
  const sheets = instructionSheets(
    {
      ...{ reference, format: made.format, files: names, inner: innerName(reference), toKeys: false },
      ...{ organisation: organisation.name, call: organisation.phone, arrival: null, returnTo: null },
    },
    transfer.createdAt,
  );
  const toPaste = mailToPaste(transfer, recipient, organisation, "waybill.council.example");
  return [
    outside("text to paste into an email", toPaste.join("\n")),
    ...papers.map(({ name, paper }) => outside(name, said(paper))),
    // a code is read by whoever holds a telephone over it, wherever it lies
    ...papers.map(({ name, paper }) => outside(`code on ${name}`, codesIn(paper))),
    ...mails,
    ...sheets.map(({ name, paper }) => outside("sheet beside the package", `${name}\n${said(paper)}`)),
    outside("mark on the medium", `${MARKER_FILE} ${markerText(serialOf(reference))}`),
    outside("label of the medium", said(mediumLabels([mediumOf(transfer)], paperOf(organisation), "printer"))),
    outside("names of the package", [...names, innerName(reference)].join("\n")),
    outside("record of the package", `${recordText(record)}\n${said(recordPaper(record, organisation.name))}`),
    outside("arrival code", JSON.stringify(transfer.carriage?.codes)),
  ];
}

/** Every paper that there is, whichever the method offers: a paper that is offered to more methods later may tell as little. */
async function papersFor(transfer: Transfer, recipient: Recipient, { format, language }: Sent) {
  const returnAddress = ["Example Council", "1 Example Street"];
  const about = { transfer, recipient, sender, organisation, place: server.parts.place, returnAddress };
  const names = Object.keys(PAPERS) as readonly PaperName[]; // of a constant
  return Promise.all(
    names.map(async (name) => ({
      name,
      paper: await carriedPaper(server.records.read, name, {
        ...about,
        packed: { kind: format, files: 1 },
        language,
        firstLabel: 8,
      }),
    })),
  );
}

function refuseTelling({ what, says }: Artefact, { hidden: own }: Sent): void {
  for (const [field, word] of Object.entries<string>(own)) {
    for (const part of field === "password" ? word.split("-") : [word.replace(/\.docx$/, "")]) {
      assert.ok(!says.toLowerCase().includes(part.toLowerCase()), `${what} tells the ${field}: ${says}`);
    }
  }
  assert.doesNotMatch(says, MARKINGS, `${what} tells the classification`);
}

suite("Nothing that is made for what is carried tells what it is", () => {
  test("SIS-7, SIS-11, SDT-14, SDT-16, SDT-27: no paper, mail, name, record or code has a classification, caveat, subject, item name or password", async () => {
    await fc.assert(
      fc.asyncProperty(sent, async (made) => {
        for (const artefact of await artefactsOf(made)) refuseTelling(artefact, made);
      }),
      { numRuns: 150 },
    );
  });

  test("SIS-7, SDT-16, SDT-27: whatever the classification and whatever it is for, what is outside is the same", async () => {
    await fc.assert(
      fc.asyncProperty(sent, fc.constantFrom(...CLASSIFICATIONS), hidden, async (made, classification, other) => {
        const { transfer, recipient } = transferOf(made);
        const changed = transferOf({ ...made, classification, hidden: other }).transfer.facts;
        const before = await papersFor(transfer, recipient, made);
        const after = await papersFor({ ...transfer, facts: changed }, recipient, made);
        for (const [at, { name, paper }] of before.entries()) {
          if (!WITH_CONTENTS.includes(name)) assert.deepEqual(after[at]?.paper, paper, name);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("SIS-24: what lies with the contents says how their classification is handled, in the recipient's language", async () => {
    for (const language of ["en", "cy"] as const) {
      for (const classification of ["OFFICIAL", "OFFICIAL-SENSITIVE"] as const) {
        const made = { ...(fc.sample(sent, 1)[0] ?? assert.fail()), language, classification };
        const { transfer, recipient } = transferOf(made);
        const papers = await papersFor(transfer, recipient, made);
        for (const { name, paper } of papers.filter((each) => WITH_CONTENTS.includes(each.name))) {
          const text = paperText(paper);
          for (const line of unnamedHandling(language, classification)) assert.ok(text.includes(line), name);
          if (classification === "OFFICIAL") continue; // the other has more to say
          assert.equal((await readPdf(await renderPdf(paper))).pages.length, 1, `${name} is one sheet of paper`);
        }
      }
    }
  });

  test("SIS-7, SDT-16, SDT-27: nor do the PDFs, their files' names or the printed checklist", async () => {
    const [made] = fc.sample(sent, 1);
    if (made === undefined) return assert.fail();
    const sam = await new Visitor(server).signIn(sender.id);
    for (const method of CARRIED_METHODS) {
      const now: Sent = { ...made, method, classification: "OFFICIAL-SENSITIVE", name: "Clara Counsel" };
      const { transfer, recipient } = transferOf({ ...now, random: fc.sample(sent, 1)[0]?.random ?? made.random });
      await server.records.write(async (tx) => {
        await tx.saveTransfer(transfer);
        await tx.saveRecipient(recipient);
        await tx.append(sampleEvent({ kind: "transfer-described", reference: transfer.reference }));
      });
      const path = `/transfers/${transfer.reference}/papers`;
      const printed = (await sam.get(path)).text.match(/papers\/[a-z-]+\/[\w-]+/g) ?? [];
      for (const each of [CHECKLIST, ...printed.filter((path) => !path.startsWith("papers/label"))]) {
        const { status, bytes, headers } = await sam.get(`/transfers/${transfer.reference}/${each}`);
        assert.equal(status, 200, each);
        const { texts } = await readPdf(bytes);
        const says = `${texts.map(({ text }) => text).join(" ")} ${headers.get("content-disposition")}`;
        refuseTelling({ what: `${method}: ${each}`, says }, now);
      }
      if (method !== "post") continue;
      // No return address is configured here, so that the server prints no label: the same labels, with one.
      for (const { name, paper } of await papersFor(transfer, recipient, now)) {
        if (!name.startsWith("label")) continue;
        const { texts } = await readPdf(await renderPdf(paper));
        refuseTelling({ what: name, says: texts.map(({ text }) => text).join(" ") }, now);
      }
    }
  });
});

suite("Nothing that people who carry it look at tells what it is", () => {
  test("SIS-7, SIS-9, SDT-16, SDT-27: not the post room's page, arrival's, the medium's label, or the text to paste into an email", async () => {
    const clerk = await addMember(server, "Pat Post", { roles: ["post-room"] });
    const keeper = await addMember(server, "Otis Operations", { roles: ["operational-security"] });
    const [room, register] = await Promise.all([clerk, keeper].map(({ id }) => new Visitor(server).signIn(id)));
    const sam = await new Visitor(server).signIn(sender.id);
    for (const made of fc.sample(sent, 4)) {
      for (const method of CARRIED_METHODS) {
        const now: Sent = { ...made, method, personal: true, name: "Clara Counsel" };
        const { transfer, recipient } = transferOf({ ...now, random: fc.sample(sent, 1)[0]?.random ?? made.random });
        const { reference, carriage } = transfer;
        const medium = mediumOf(transfer);
        const keep = (state: "approved" | "released") =>
          server.records.write(async (tx) => {
            await tx.saveTransfer({
              ...transfer,
              state,
              carriage: carriage && going(carriage, medium, state === "released"),
            });
            await tx.saveRecipient({ ...recipient, state: state === "released" ? "released" : "named" });
            if (method === "removable-media") await tx.saveMedium(medium);
            await tx.append(sampleEvent({ kind: "transfer-described", reference }));
          });
        const refuse = (what: string, says: string) => refuseTelling({ what: `${method}: ${what}`, says }, now);
        await keep("approved");
        if (method === "email" || method === "cjsm") {
          const carry = (await sam.get(`/transfers/${reference}/carry`)).text;
          refuse("text to paste", pasted(carry));
        }
        await keep("released");
        const form = { reference, code: carriage?.codes[recipient.id] ?? "" };
        const visitor = new Visitor(server);
        refuse("arrival, before", visible((await visitor.form("/arrived", form)).text));
        const arrived = await visitor.form("/arrived/arrival", { ...form, reader: "Clara" });
        assert.deepEqual(
          [arrived.status, (await server.records.read.recipient(recipient.id))?.state],
          [200, "arrived"],
        );
        refuse("arrival, after", visible(arrived.text));
        if (method === "post" || method === "removable-media") {
          await keep("released");
          const looked = (await room?.form("/post-room", { reference }))?.text ?? "";
          assert.match(looked, /Clara Counsel/, "it is found");
          refuse("post room", visible(looked));
          // SIS-9: it comes back, or to somebody of the same organisation
          const back = (await room?.form("/post-room/incoming", { reference }))?.text ?? "";
          assert.match(back, /Sam Sender/, "it is found");
          refuse("incoming post", visible(back));
        }
        if (method !== "removable-media") continue;
        const labels = (await register?.get(`/media/labels?medium=${medium.id}&first=5`))?.bytes;
        const { texts } = await readPdf(labels ?? assert.fail());
        const label = texts.map(({ text }) => text).join(" ");
        assert.ok(label.includes(medium.serial), "it is printed");
        assert.ok(
          texts.every(({ bottom }) => bottom > (13 + 2 * 67.7) * (72 / 25.4)),
          "on the fifth label",
        );
        refuse("label of the medium", label);
      }
    }
  });
});

/** The same, on a medium where it goes on one, and once it went. */
function going(carriage: Carriage, medium: Medium, went: boolean): Carriage {
  const mediumId = carriage.method === "removable-media" ? medium.id : null;
  const dispatch: Dispatch = {
    ...{ at: "2026-11-22T10:00:00.000Z", byId: sender.id, tracking: "AB123456789GB", expected: "2999-12-01", pages: 5 },
    ...{ handedTo: "", identification: "", collected: false, told: "", confirmed: "", dialled: "" },
  };
  return { ...carriage, fixed: { ...carriage.fixed, mediumId }, dispatch: went ? dispatch : null };
}

/** What the sender's page gives to paste, with the subject above it. */
function pasted(html: string): string {
  const [, subject = ""] = /Subject: <strong[^>]*>([^<]*)</.exec(html) ?? [];
  const [, text = ""] = /and paste this:<\/p>([\s\S]*?<\/div>)/.exec(html) ?? [];
  assert.ok(subject !== "" && text !== "", "there is one");
  return `${subject} ${text.replaceAll(/<[^>]*>/g, " ")}`;
}

/** The text of a page, without its tags. */
function visible(html: string): string {
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  assert.notEqual(main, "");
  return main.replaceAll(/<[^>]*>/g, " ");
}
