import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { toBase64Url } from "../../bytes/base64.ts";
import { addPasskey } from "../../client/people/account.ts";
import { enrolDevice, findDevice } from "../../client/people/device.ts";
import type { DeviceAnswer } from "../../domain/wire/people.ts";
import { checkEnrolment } from "../../evidence/check-enrolment.ts";
import { EvidenceError } from "../../evidence/error.ts";
import type { EvidenceKey } from "../../evidence/pack.ts";
import { sayProved } from "../../evidence/say.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import type { EventRecord } from "../../log/event-digest.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { type EvidenceDesk, openEvidenceDesk } from "../../testing/evidence-desk.ts";
import { forgedPack } from "../../testing/forged-pack.ts";
import { memberBrowser, setUp, severalPasskeys } from "../../testing/member-browser.ts";
import { startServer } from "../../testing/server.ts";
import { softwarePasskey } from "../../testing/software-passkey.ts";

type Detail = EventRecord["detail"];
const PROOF = ["statement", "signature", "signedBy", "clientDataJSON", "authenticatorData", "mainKey"];

/** As an earlier version recorded an enrolment. */
function earlier(detail: Detail): Detail {
  return Object.fromEntries(Object.entries(detail).filter(([name]) => !PROOF.includes(name)));
}

suite("What is signed when a passkey is enrolled", () => {
  let desk: EvidenceDesk;
  before(async () => {
    desk = await openEvidenceDesk();
  });
  after(() => desk.stop());

  /** A pack in which the sender's passkey was enrolled so, with proofs that it is in the forger's log. */
  const packWith = (change: (detail: Detail) => Detail) => {
    const keys = desk.evidence.keys.map((key) =>
      key.member === desk.sender.member.id && key.enrolled
        ? { ...key, enrolled: { ...key.enrolled, detail: change(key.enrolled.detail) } }
        : key,
    );
    return forgedPack({ ...desk.evidence, keys }, desk.forger, desk.policies);
  };
  const enrolmentOf = (member: string): Detail =>
    desk.evidence.keys.find((key) => key.member === member)?.enrolled?.detail ?? assert.fail(member);

  test("SIS-37: it is kept in the event, checked, and said", async () => {
    const verified = await verifyPack(await packWith((detail) => detail), { log: desk.forger.key, witnesses: [] });
    const { proved, notProved } = sayProved(verified);
    assert.match(
      proved.join("\n"),
      new RegExp(`enrolled for ${desk.sender.member.address}, itself signed that; event`),
    );
    assert.doesNotMatch(notProved.join("\n"), /what was signed then was not kept/);
    assert.match(String(enrolmentOf(desk.sender.member.id).statement), /"kind":"enrol".*"role":"member"/);
  });

  test("an enrolment by an earlier version, which kept nothing of it, still verifies, and that is said", async () => {
    const verified = await verifyPack(await packWith(earlier), { log: desk.forger.key, witnesses: [] });
    const said = sayProved(verified).notProved.filter((each) => each.includes("what was signed then was not kept"));
    assert.equal(said.length, 1);
    assert.ok(said[0]?.includes(desk.sender.member.address));
  });

  test("SIS-37: an altered statement, a swapped key or signature, one of another kind, and half of it are found", async () => {
    const line = enrolmentOf(desk.line.member.id);
    const sent = desk.evidence.events.find(({ kind }) => kind === "waybill-signed")?.detail ?? assert.fail();
    const own = enrolmentOf(desk.sender.member.id);
    const altered = (from: string, to: string) => String(own.statement).replace(from, to);
    const taken = ({ statement = "", signature = "", clientDataJSON = "", authenticatorData = "" }: Detail) => ({
      ...{ statement, signature, clientDataJSON, authenticatorData },
    });
    const cases: readonly (readonly [Detail, RegExp])[] = [
      [{ ...own, statement: altered('"nonce":"', '"nonce":"A') }, /over another statement/],
      [{ ...own, statement: altered('"role":"member"', '"role":"device"') }, /signed as device/],
      [{ ...own, statement: altered('"answer":""', '"answer":"x"') }, /Another answer/],
      [{ ...own, statement: altered('"rpId":"', '"rpId":"x') }, /signed at x/],
      [{ ...own, statement: altered(desk.sender.member.address, desk.line.member.address) }, /signed as /],
      [{ ...own, mainKey: "ab".repeat(32) }, /for another key than was published/],
      [{ ...own, signedBy: line.signedBy ?? "" }, /is none of/],
      [{ ...own, signature: line.signature ?? "" }, /not by that passkey/],
      [{ ...own, ...taken(sent) }, /“send”/],
      [{ ...own, ...taken(line) }, /signed as /],
      [Object.fromEntries(Object.entries(own).filter(([name]) => name !== "statement")), /“statement” is missing/],
      [Object.fromEntries(Object.entries(own).filter(([name]) => name !== "signature")), /“signature” is missing/],
    ];
    for (const [detail, why] of cases) {
      const { message } = await desk.refused(await packWith(() => detail), desk.forger.key);
      assert.match(message, why);
      assert.match(message, /^Event \d+ \(passkey-added\)/);
    }
  });
});

test("SIS-37: the passkey's signature under a command line's key is kept with the key, and checked; another's, and another key's, are found", async () => {
  const server = await startServer({ limits: { rateFactor: 100 } });
  try {
    const ada = await memberBrowser(server);
    await setUp(server, ada);
    const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
    const signing = toBase64Url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
    const { recipient } = await generateKeyPair();
    const offer = await ada.visitor.api("POST", "/api/devices", { name: "Desk", recipient, signing });
    await enrolDevice(ada.http, ada.passkeys, await findDevice(ada.http, offer.json<DeviceAnswer>().code));

    const [member] = await server.records.read.members();
    assert.ok(member);
    const [added, main, device] = await server.records.read.enrolmentsOf(member.id);
    assert.ok(added && main && device);
    assert.equal(
      main.detail.statement,
      added.detail.statement,
      "of the main key too, which the same signature is over",
    );
    assert.equal(main.detail.digest, added.detail.mainKey);
    const by = {
      kind: "passkey",
      publicKey: String(device.detail.signedBy),
      member: member.id,
      recipient: "",
    } as const;
    const passkey: EvidenceKey = { ...by, enrolled: added };
    const key = { kind: "device", publicKey: signing, member: member.id, recipient, enrolled: device } as const;
    const { address, name, id } = member;
    const of = { people: [{ id, name, address }], rpId: server.parts.place.rpId, origin: server.parts.place.origin };
    const none = { version: 1, reference: "", organisation: "", recipients: [], waybills: [] } as const;
    const check = (one: EvidenceKey, others: readonly EvidenceKey[]) => {
      const evidence = { ...none, ...of, events: [], policies: [], rules: [], keys: [one, ...others] };
      return checkEnrolment(evidence, one, { seq: device.seq + 1, kind: "waybill-signed" });
    };
    const changed = (detail: Detail) => ({ ...key, enrolled: { ...device, detail } });

    assert.equal(await check(key, [passkey]), "signed");
    assert.equal(await check(passkey, []), "signed");
    assert.equal(await check(changed(earlier(device.detail)), []), "recorded");
    assert.equal(await check({ ...key, enrolled: null }, []), "none");
    const statement = String(device.detail.statement);
    const refused: readonly (readonly [EvidenceKey, readonly EvidenceKey[], string])[] = [
      [key, [], "wrong-key"],
      [key, [{ ...passkey, member: "another" }], "wrong-key"],
      [key, [{ ...passkey, enrolled: { ...added, seq: device.seq + 1 } }], "wrong-key"],
      [{ ...key, recipient: `${recipient}q` }, [passkey], "wrong-key"],
      [changed({ ...device.detail, statement: String(added.detail.statement) }), [passkey], "wrong-statement"],
      [changed({ ...device.detail, statement: statement.replace("device", "member") }), [passkey], "wrong-statement"],
      [changed({ ...device.detail, signature: added.detail.signature ?? "" }), [passkey], "wrong-signature"],
    ];
    for (const [one, others, code] of refused) {
      await assert.rejects(check(one, others), (error) => error instanceof EvidenceError && error.code === code, code);
    }
  } finally {
    await server.stop();
  }
});

test("SIS-37: a further passkey's agreement by one that was there before is kept, and checked; another's, and one to another passkey, are found", async () => {
  const server = await startServer({ limits: { rateFactor: 100 } });
  try {
    const ada = await memberBrowser(server);
    await setUp(server, ada);
    const phone = softwarePasskey();
    const passkeys = severalPasskeys(server, [ada.passkey, phone]);
    const account = { http: ada.http, passkeys, askPassphrase: () => Promise.reject(new Error("not asked")) };
    await addPasskey(account, "Phone");
    await addPasskey({ ...account, passkeys: severalPasskeys(server, [ada.passkey, softwarePasskey()]) }, "Tablet");
    const [member] = await server.records.read.members();
    assert.ok(member);
    const added = (await server.records.read.enrolmentsOf(member.id)).filter(({ kind }) => kind === "passkey-added");
    const [first, second, third] = added.map((enrolled): EvidenceKey & { enrolled: EventRecord } => {
      const publicKey = String(enrolled.detail.signedBy);
      return { kind: "passkey", publicKey, member: member.id, recipient: "", enrolled };
    });
    assert.ok(first && second && third);
    assert.equal(second.enrolled.detail.agreedBy, first.publicKey);
    assert.equal(first.enrolled.detail.agreedBy, "");
    const { address, name, id } = member;
    const of = { people: [{ id, name, address }], rpId: server.parts.place.rpId, origin: server.parts.place.origin };
    const none = { version: 1, reference: "", organisation: "", recipients: [], waybills: [] } as const;
    const check = (one: EvidenceKey, others: readonly EvidenceKey[]) => {
      const evidence = { ...none, ...of, events: [], policies: [], rules: [], keys: [one, ...others] };
      return checkEnrolment(evidence, one, { seq: third.enrolled.seq + 1, kind: "waybill-signed" });
    };
    const changed = (detail: Detail) => ({ ...second, enrolled: { ...second.enrolled, detail } });
    const agreement = (detail: Detail) =>
      Object.fromEntries(Object.entries(detail).filter(([n]) => n.startsWith("agreed")));

    assert.equal(await check(second, [first]), "signed");
    const { detail } = second.enrolled;
    const earlierOn = Object.fromEntries(Object.entries(detail).filter(([n]) => !n.startsWith("agreed")));
    assert.equal(await check(changed(earlierOn), []), "signed", "an earlier version kept no agreement");
    const refused: readonly (readonly [EvidenceKey, readonly EvidenceKey[], string])[] = [
      [second, [], "wrong-key"],
      [second, [{ ...first, member: "another" }], "wrong-key"],
      [second, [{ ...first, enrolled: { ...first.enrolled, seq: second.enrolled.seq + 1 } }], "wrong-key"],
      [changed({ ...detail, ...agreement(third.enrolled.detail) }), [first], "wrong-signature"],
      [changed({ ...detail, agreedBy: second.publicKey }), [first], "wrong-signature"],
      [changed({ ...detail, agreedBy: "" }), [first], "wrong-signature"],
      [
        changed({ ...detail, agreedStatement: String(detail.agreedStatement).replace("add", "") }),
        [first],
        "wrong-signature",
      ],
    ];
    for (const [at, [one, others, code]] of refused.entries()) {
      const found = (error: unknown) => error instanceof EvidenceError && error.code === code;
      await assert.rejects(check(one, others), found, `${at} ${code}`);
    }
  } finally {
    await server.stop();
  }
});
