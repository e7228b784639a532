import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { type SoftwarePasskey, softwarePasskey } from "./software-passkey.ts";

const ORIGIN = "https://waybill.example.org";
const RP = "waybill.example.org";

function creation(challenge = "Y2hhbGxlbmdl") {
  return {
    challenge,
    rp: { id: RP, name: "Waybill" },
    user: { id: "bWUx", name: "me@example.org", displayName: "Me" },
    pubKeyCredParams: [{ type: "public-key" as const, alg: -7 }],
    extensions: { prf: {} },
  };
}

async function registered(passkey: SoftwarePasskey) {
  const made = await passkey.create(creation(), ORIGIN);
  const { registrationInfo } = await verifyRegistrationResponse({
    response: { ...made, response: { ...made.response, transports: [...made.response.transports] } },
    expectedChallenge: "Y2hhbGxlbmdl",
    expectedOrigin: ORIGIN,
    expectedRPID: RP,
    requireUserVerification: true,
  });
  assert.ok(registrationInfo, "an independent verifier accepts the registration");
  assert.equal(registrationInfo.userVerified, true);
  return registrationInfo.credential;
}

test("an independent verifier accepts what the software passkey makes and signs, fifty signatures long", async () => {
  const passkey = softwarePasskey();
  const credential = await registered(passkey);
  for (let counter = 1; counter <= 50; counter++) {
    const challenge = `Y2hhbGxlbmdl${String(counter).padStart(4, "0")}`;
    const signed = await passkey.get({ challenge, rpId: RP }, ORIGIN);
    const verdict = await verifyAuthenticationResponse({
      response: { ...signed, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: ORIGIN,
      expectedRPID: RP,
      credential: { ...credential, counter: counter - 1 },
      requireUserVerification: true,
    });
    assert.equal(verdict.verified, true);
    assert.equal(verdict.authenticationInfo.newCounter, counter);
  }
});

test("a signature over another challenge is refused by the verifier", async () => {
  const passkey = softwarePasskey();
  const credential = await registered(passkey);
  const signed = await passkey.get({ challenge: "b3RoZXI", rpId: RP }, ORIGIN);
  await assert.rejects(
    verifyAuthenticationResponse({
      response: { ...signed, clientExtensionResults: {} },
      expectedChallenge: "Y2hhbGxlbmdl",
      expectedOrigin: ORIGIN,
      expectedRPID: RP,
      credential,
    }),
  );
});

test("the PRF gives the same output for the same passkey and input, also after saving, and another otherwise", async () => {
  const passkey = softwarePasskey();
  await registered(passkey);
  const ask = async (from: SoftwarePasskey, first: string) =>
    (await from.get({ challenge: "AAAA", rpId: RP, extensions: { prf: { eval: { first } } } }, ORIGIN))
      .clientExtensionResults.prf?.results.first;
  const output = await ask(passkey, "c2FsdA");
  assert.match(output ?? "", /^[A-Za-z0-9_-]{43}$/);
  assert.equal(await ask(passkey, "c2FsdA"), output);
  assert.equal(
    await ask(softwarePasskey({ credentials: JSON.parse(JSON.stringify(passkey.save())) }), "c2FsdA"),
    output,
  );
  assert.notEqual(await ask(passkey, "b3RoZXI"), output);
  const other = softwarePasskey();
  await registered(other);
  assert.notEqual(await ask(other, "c2FsdA"), output);
  assert.equal(await ask(softwarePasskey({ credentials: passkey.save(), prf: false }), "c2FsdA"), undefined);
});

test("it refuses as a browser does: a foreign origin, an excluded passkey, one that is not there", async () => {
  const passkey = softwarePasskey();
  await assert.rejects(passkey.create(creation(), "https://evil.example"), { name: "SecurityError" });
  const { id } = await registered(passkey);
  const excludeCredentials = [{ id, type: "public-key" as const }];
  await assert.rejects(passkey.create({ ...creation(), excludeCredentials }, ORIGIN), { name: "InvalidStateError" });
  const allowCredentials = [{ id: "AAAA", type: "public-key" as const }];
  await assert.rejects(passkey.get({ challenge: "AAAA", rpId: RP, allowCredentials }, ORIGIN), {
    name: "NotAllowedError",
  });
});
