import assert from "node:assert/strict";
import { after, before, beforeEach, suite, test } from "node:test";
import { checkOwnKeys, type OwnKeys, sayRead, sayTheirs } from "../../client/keys/own-keys.ts";
import { ownKeysFirst } from "../../client/keys/own-keys-first.ts";
import { answeredHere, remembering } from "../../client/keys/own-memory.ts";
import { addPasskey, removePasskey } from "../../client/people/account.ts";
import { waysInStatement } from "../../client/people/passkeys.ts";
import { recover } from "../../client/people/recover.ts";
import type { Member } from "../../domain/member.ts";
import type { OwnKeysAnswer } from "../../domain/wire/people.ts";
import { AGREED } from "../../evidence/enrolment-signature.ts";
import type { Statement } from "../../log/statement.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { generateRecoveryCode } from "../../seal/recovery.ts";
import { invite, join, memberAt } from "../../testing/joining.ts";
import { setUp, severalPasskeys, signInWith } from "../../testing/member-browser.ts";
import { addKey } from "../../testing/organisation.ts";
import {
  addDevice,
  copyOf,
  lying,
  pinsInMemory,
  type RememberingBrowser,
  rememberingBrowser,
  writeFalseKey,
} from "../../testing/own-keys.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { softwarePasskey } from "../../testing/software-passkey.ts";

const LENA = "lena@council.example";
let server: TestServer;
let admin: RememberingBrowser;
let lena: RememberingBrowser;
let code: string;
let member: Member;

async function freshCouncil(): Promise<void> {
  server = await startServer({ limits: { rateFactor: 1000 } });
  admin = await rememberingBrowser(server);
  await setUp(server, admin);
  lena = await rememberingBrowser(server);
  ({ recoveryCode: code } = await join(server, await invite(server, admin, "Lena Line", LENA), lena));
  member = await memberAt(server, LENA);
}

/** Sorted: what is of one moment has no order. */
const standings = ({ keys }: Pick<OwnKeys, "keys">) => keys.map(({ kind, standing }) => `${kind} ${standing}`).sort();
const account = ({ http, passkeys }: RememberingBrowser) => ({
  http,
  passkeys,
  askPassphrase: () => Promise.reject(new Error("not asked")),
});

suite("What a member's own client says of the keys in their name", () => {
  before(freshCouncil);
  after(() => server.stop());

  async function calm(browser: Pick<RememberingBrowser, "http" | "pins">, what: string): Promise<OwnKeys> {
    const own = await checkOwnKeys(browser);
    assert.deepEqual(own.false, [], what);
    return own;
  }

  test("SIS-23: nothing that they do themselves alarms: further passkey, command line, lost passkey, recovery, other browsers", async () => {
    assert.deepEqual(standings(await calm(lena, "joined")), ["main signed", "passkey signed"]);
    const device = await addDevice(lena, LENA);
    assert.deepEqual((await calm(lena, "command line")).unsure, []);
    const line = { http: lena.http, pins: pinsInMemory(), device };
    assert.deepEqual((await calm(line, "as that command line")).unsure, []);

    const phone = softwarePasskey();
    const both = severalPasskeys(server, [lena.passkey, phone]);
    const withPhone = { ...lena, passkeys: remembering(both, lena.pins) };
    await addPasskey(account(withPhone), "Phone");
    assert.equal((await calm(lena, "phone added")).unsure.length, 0);
    assert.equal((await calm(line, "phone added, command line")).unsure.length, 0);

    const second = await rememberingBrowser(server, lena.passkey);
    await signInWith(second);
    assert.deepEqual((await calm(second, "second browser")).unsure, []);
    const onPhone = await rememberingBrowser(server, phone);
    await signInWith(onPhone);
    const seen = await calm(onPhone, "on the phone");
    // What the first passkey alone signed for is asked about there, once.
    assert.deepEqual(standings(seen), [
      "device other-passkey",
      "main signed",
      "passkey other-passkey",
      "passkey signed",
    ]);
    assert.equal(seen.unsure.length, 2);
    await sayTheirs(onPhone, seen, seen.unsure);
    assert.deepEqual((await calm(onPhone, "said")).unsure, []);

    // What that passkey agrees to is asked about there too, and nothing alarms.
    const tablet = softwarePasskey();
    const untold = await rememberingBrowser(server, phone);
    await signInWith(untold);
    await addPasskey(
      account({ ...lena, passkeys: remembering(severalPasskeys(server, [lena.passkey, tablet]), lena.pins) }),
      "Tablet",
    );
    const asks = (await calm(untold, "a passkey that another one agreed to")).unsure;
    assert.equal(asks.filter(({ kind, standing }) => kind === "passkey" && standing === "other-passkey").length, 2);
    assert.deepEqual((await calm(onPhone, "told")).unsure, []);

    const [first] = lena.passkey.save();
    code = await generateRecoveryCode();
    await removePasskey(account({ ...onPhone }), first?.id ?? "", code);
    await calm(onPhone, "first passkey lost");
    await calm(line, "first passkey lost, command line");
    const changed = await rememberingBrowser(server);
    const newCode = await generateRecoveryCode();
    await recover(changed.http, changed.passkeys, { address: LENA, code, newCode, name: "New" });
    await calm(changed, "recovered");
    const asked = (await calm({ ...line, http: changed.http }, "recovered elsewhere: the command line asks")).unsure;
    assert.ok(asked.some(({ standing, kind }) => standing === "recovered" && kind === "main"));
  });
});

suite("A key that its owner did not enrol", () => {
  beforeEach(freshCouncil);

  async function finished(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } finally {
      await server.stop();
    }
  }

  test("SIS-23: the operator's key alarms at the next look and stops sealing; nothing is pinned; taken away, it is told until it was read", () =>
    finished(async () => {
      await checkOwnKeys(lena);
      const line = await writeFalseKey(server, member);
      const own = await checkOwnKeys(lena);
      assert.deepEqual(
        own.false.map(({ id }) => id),
        [line.id],
      );
      const seal = ownKeysFirst({ ...lena, confirm: () => assert.fail("nobody is asked") });
      const mine = (await server.records.read.keysOf(member.id)).map(({ id, kind, version, recipient }) => {
        return { id, address: LENA, kind, version, recipient };
      });
      await assert.rejects(seal(mine), { code: "false-key" });
      assert.equal((await lena.pins.load(LENA)).size, 0);
      await server.records.write(async (tx) => {
        await tx.saveKey({ ...line, removedAt: line.createdAt });
        await tx.append({
          kind: "key-removed",
          at: line.createdAt,
          actor: { kind: "system" },
          reference: null,
          recipientId: null,
          detail: {},
        });
      });
      const after = await checkOwnKeys(lena);
      assert.deepEqual(
        after.false.map(({ removed }) => removed),
        [true],
      );
      await seal(mine.filter(({ id }) => id !== line.id));
      assert.deepEqual(
        [...(await lena.pins.load(LENA)).keys()],
        mine.filter(({ id }) => id !== line.id).map(({ id }) => id),
      );
      await sayRead(lena, after);
      assert.deepEqual((await checkOwnKeys(lena)).false, []);
    }));

  test("SIS-23: a statement for another key, of another person's passkey, and a passkey that nobody agreed to vouch for nothing", () =>
    finished(async () => {
      await checkOwnKeys(lena);
      const [, main] = await server.records.read.enrolmentsOf(member.id);
      const ada = await memberAt(server, "ada@council.example");
      const [adas] = await server.records.read.enrolmentsOf(ada.id);
      const of = ({ statement = "", signature = "", signedBy = "", clientDataJSON = "", authenticatorData = "" }) => ({
        ...{ statement, signature, signedBy, clientDataJSON, authenticatorData },
      });
      const [own, others] = [main?.detail, adas?.detail].map((detail) => of(detail as Parameters<typeof of>[0]));
      await writeFalseKey(server, member, own);
      await writeFalseKey(server, member, others);
      await writeFalseKey(server, member, { ...own, signature: others?.signature ?? "" });
      // A passkey of the operator's own, enrolled as Lena's with everything but an agreement, and a command line that it signs for.
      const operator = await rememberingBrowser(server);
      const stolen = await invite(server, admin, "Mia Member", "mia@council.example");
      await join(server, stolen, operator);
      const mia = await memberAt(server, "mia@council.example");
      const [added] = await server.records.read.enrolmentsOf(mia.id);
      await server.records.write((tx) =>
        tx.append({
          ...{ kind: "passkey-added", at: main?.at ?? "", reference: null, recipientId: null },
          ...{ actor: { kind: "member", id: member.id }, detail: { ...added?.detail, credentialId: "operators" } },
        }),
      );
      const found = await checkOwnKeys(lena);
      assert.deepEqual(
        found.false.map(({ kind }) => kind),
        ["passkey", "device", "device", "device"],
      );
    }));

  test("SIS-23: what was recorded without a signature before this client first looked is asked about once; after that it alarms", () =>
    finished(async () => {
      const old = await addKey(server, (await memberAt(server, "ada@council.example")).id, await generateKeyPair());
      assert.deepEqual(
        (await checkOwnKeys(admin)).false.map(({ id }) => id),
        [old.id],
        "others of theirs were signed for before it",
      );
      const nobody = await rememberingBrowser(server);
      await server.records.write(async (tx) => {
        await tx.saveMember({ ...member, id: "earlier", address: "earl@council.example" as Member["address"] });
        await tx.append({
          kind: "member-joined",
          at: member.createdAt,
          actor: { kind: "system" },
          reference: null,
          recipientId: null,
          detail: {},
        });
      });
      await nobody.visitor.signIn("earlier");
      const before = await addKey(server, "earlier", await generateKeyPair());
      const own = await checkOwnKeys(nobody);
      assert.deepEqual(
        [own.false, own.unsure.map(({ id, standing }) => [id, standing])],
        [[], [[before.id, "earlier"]]],
      );
      await sayTheirs(nobody, own, own.unsure);
      assert.deepEqual((await checkOwnKeys(nobody)).unsure, []);
      const later = await addKey(server, "earlier", await generateKeyPair());
      assert.deepEqual(
        (await checkOwnKeys(nobody)).false.map(({ id }) => id),
        [later.id],
      );
    }));

  test("SIS-23: a server that withholds what it showed, another's answer, or another key of the passkey that answered is found out", () =>
    finished(async () => {
      const line = await writeFalseKey(server, member);
      await checkOwnKeys(lena);
      const cases: readonly ((answer: OwnKeysAnswer) => OwnKeysAnswer)[] = [
        (answer) => ({ ...answer, lines: answer.lines.filter(({ id }) => id !== line.id) }),
        (answer) => ({ ...answer, proofs: answer.proofs.slice(1) }),
        (answer) => ({
          ...answer,
          proofs: answer.proofs.map((each) => ({ ...each, proof: answer.proofs[0]?.proof ?? "" })),
        }),
        (answer) => ({
          ...answer,
          proofs: answer.proofs.map(({ event, proof }) => ({
            proof,
            event: { ...event, detail: { ...event.detail, statement: "" } },
          })),
        }),
      ];
      for (const [at, lie] of cases.entries()) {
        await assert.rejects(checkOwnKeys(lying(server, lena, lie)), { code: "lying-server" }, String(at));
      }
      const hidden = lying(server, await again(), (answer) => ({
        ...answer,
        lines: answer.lines.filter(({ id }) => id !== line.id),
      }));
      assert.deepEqual((await checkOwnKeys(hidden)).false, [], "a line that was never shown here cannot be missed");
      const elsewhere = lying(server, lena, (answer) => ({ ...answer, address: "ada@council.example" }));
      const seal = ownKeysFirst({ ...elsewhere, confirm: async () => true });
      await assert.rejects(seal([]), { code: "lying-server" });
    }));

  test("SIS-23: what a passkey signs over the id of a credential is no agreement to a passkey", () =>
    finished(async () => {
      await checkOwnKeys(lena);
      const operator = await rememberingBrowser(server);
      await join(server, await invite(server, admin, "Mia Member", "mia@council.example"), operator);
      const mia = await memberAt(server, "mia@council.example");
      const [made] = await server.records.read.enrolmentsOf(mia.id);
      const { signedBy: key = "", publicKey: digest = "", credentialId = "" } = made?.detail ?? {};
      const about = { signer: LENA, rpId: server.parts.place.rpId, nonce: "AAAA" };
      const signed = async (by: RememberingBrowser, statement: Statement) => {
        const { signature } = (await by.passkeys.get(statement, [])).signature;
        const last = [...(await answeredHere(by.pins)).values()].at(-1);
        return { ...last?.signature, statement: last?.statement ?? "", signature };
      };
      const own = await signed(
        operator,
        waysInStatement("enrol", { ...about, role: "member", digest: "ab".repeat(32) }),
      );
      // As the page that finishes a passkey signs, where a server calls the credential what the digest of its own key is made from.
      const overId = waysInStatement("enrol", { ...about, role: "passkey", digest: String(digest) });
      const [lenas] = await server.records.read.enrolmentsOf(member.id);
      const added = async (statement: Statement, id: string) => {
        const agreed = await signed(lena, statement);
        const detail = {
          ...{ credentialId: id, publicKey: digest, mainKey: "ab".repeat(32), signedBy: key, statement: own.statement },
          ...{ signature: own.signature, clientDataJSON: own.clientDataJSON ?? "" },
          ...{ authenticatorData: own.authenticatorData ?? "", agreedBy: lenas?.detail.signedBy ?? "" },
          ...{ agreedStatement: agreed.statement, agreedSignature: agreed.signature },
          ...{
            agreedClientDataJSON: agreed.clientDataJSON ?? "",
            agreedAuthenticatorData: agreed.authenticatorData ?? "",
          },
        };
        const actor = { kind: "member", id: member.id } as const;
        const at = member.createdAt;
        await server.records.write((tx) =>
          tx.append({ kind: "passkey-added", at, actor, reference: null, recipientId: null, detail }),
        );
      };
      const twin = { ...lena, pins: await copyOf(lena.pins, LENA) };
      await added(overId, String(credentialId));
      assert.deepEqual(standings(await checkOwnKeys(lena)), ["main known", "passkey false", "passkey signed"]);
      await added({ ...overId, answer: AGREED }, "agreed");
      const without = lying(server, twin, (answer) => ({
        ...answer,
        proofs: answer.proofs.filter(({ event }) => event.detail.credentialId !== credentialId),
      }));
      assert.equal(
        standings(await checkOwnKeys(without)).includes("passkey false"),
        false,
        "with their agreement it is theirs",
      );
    }));

  test("SIS-23: several people in one browser each know their own keys alone", () =>
    finished(async () => {
      const pins = pinsInMemory();
      const [adas, lenas] = [admin, lena].map((each) => ({
        ...each,
        pins,
        passkeys: remembering(each.passkeys, pins),
      }));
      assert.ok(adas && lenas);
      const seals = (browser: RememberingBrowser) => ownKeysFirst({ ...browser, confirm: async () => false })([]);
      for (const each of [adas, lenas, adas, lenas]) {
        await signInWith(each);
        await seals(each);
        const other = each === adas ? lenas : adas;
        assert.deepEqual((await checkOwnKeys(each)).false, []);
        await assert.rejects(
          seals(other),
          { code: "lying-server" },
          "the server answers for somebody else than who signed in last",
        );
      }
      await writeFalseKey(server, member);
      assert.equal((await checkOwnKeys(lenas)).false.length, 1);
      assert.equal((await checkOwnKeys(adas)).false.length, 0);
    }));

  async function again(): Promise<RememberingBrowser> {
    const browser = await rememberingBrowser(server, lena.passkey);
    await signInWith(browser);
    return browser;
  }
});
