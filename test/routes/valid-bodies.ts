import { toHex } from "../../src/bytes/hex.ts";
import { randomBytes } from "../../src/bytes/random.ts";
import type { World } from "./world.ts";

/** A body that the row's handler carries out to the end in this world, and what it answers then. */
export interface Carried {
  readonly body: Readonly<Record<string, unknown>>;
  readonly status: number;
}
type InWorld = (world: World) => Carried;

const page = (body: (world: World) => Carried["body"]): InWorld => answering(303, body);
const answering =
  (status: number, body: (world: World) => Carried["body"]): InWorld =>
  (world) => ({ body: body(world), status });

const description = {
  recipients: "rhys@chambers.example",
  purpose: "The hearing on 4 March",
  necessity: "Counsel asked for it",
  recordCopy: "The case file",
  classification: "OFFICIAL",
  personal: "no",
  sensitive: "no",
  minimised: "yes",
  individuals: "none",
  organisation: "none",
  expiry: "7",
  standIn: "",
  register: [],
  special: "no",
  offences: "no",
  people: "",
  namesWithAddresses: "no",
  informationAsked: "yes",
  seen: "rhys@chambers.example",
  back: "",
};
const facts = {
  purpose: "The hearing on 4 March",
  necessity: "Counsel asked for it",
  recordCopy: "The case file",
  classification: "OFFICIAL",
  personal: false,
  sensitive: false,
  impact: { individuals: "none", organisation: "none" },
  special: false,
  offences: false,
  namesWithAddresses: false,
  people: 0,
  criminalJustice: false,
  minimised: true,
  agreement: { none: "It is one letter" },
  destinationStorage: "Their case system",
  secretChannel: "phone",
};
/** Each time another, which looks like no other. */
const newAddress = () => `${toHex(randomBytes(8))}@${toHex(randomBytes(8))}.example`;
const contact = (address: string) => ({
  name: "Nia Newcomer",
  organisation: "Newcomer and Partners",
  addresses: address,
  phones: "020 7946 0142",
  language: "cy",
  team: "yes",
  kind: "supplier",
  country: "GB",
  legitimateNeed: "Instructed in the case",
  preferred: "phone",
  impossible: ["post"],
  confirmed: "",
  confirm: "",
});
const agreement = (reference: string) => ({
  reference,
  organisation: "Example Chambers",
  methods: ["secure-link"],
  "expires-day": "31",
  "expires-month": "3",
  "expires-year": "2028",
  documents: "In the register's folder",
});
const arrangement = {
  role: "line-manager",
  purpose: "The weekly list",
  recipients: "rhys@chambers.example",
  classification: "OFFICIAL",
  people: "50",
  megabytes: "5",
  method: "secure-link",
  "ends-day": "31",
  "ends-month": "3",
  "ends-year": "2027",
};
const report = { kind: "missing", detail: "Page 3 is not there" };

/**
 * By row, in an order in which they can all be carried out. Whoever adds a row with a body adds it here, or says in `ELSEWHERE` which test carries it out.
 */
export const VALID: Readonly<Record<string, InWorld>> = {
  "POST /account/phone": page(() => ({ phone: "020 7946 0123" })),
  "POST /account/passkey": page(({ passkeyId }) => ({ id: passkeyId, name: "The laptop" })),
  "POST /account/devices/remove": page(({ deviceKeyId }) => ({ keyId: deviceKeyId })),
  "POST /api/account/options": answering(200, () => ({})),
  "POST /api/sign-in/options": answering(200, () => ({})),
  "POST /api/recovery/nonce": answering(200, () => ({ address: "paul.plain@council.example" })),
  "POST /api/recovery-key/options": answering(200, () => ({})),
  "POST /api/devices": answering(201, ({ key }) => ({ name: "laptop", recipient: key, signing: "A".repeat(43) })),
  "POST /api/devices/sign-in/nonce": answering(200, ({ deviceKeyId }) => ({ keyId: deviceKeyId })),
  "POST /join/:token": page(() => ({ name: "Ina Vitee" })),
  "POST /api/join/:token/options": answering(200, () => ({})),
  "POST /people/invite": page(() => ({
    name: "Zebedee Quill",
    address: `${toHex(randomBytes(8))}@council.example`,
    confirm: "yes",
  })),
  "POST /contacts/new": page(() => contact(newAddress())),
  "POST /contacts/:id/edit": page(() => contact("rhys@chambers.example")),
  "POST /contacts/:id/verify": page(() => ({ value: "rhys@chambers.example", how: "From their letterhead" })),
  "POST /arrangements/new": page(() => arrangement),
  "POST /agreements/new": page(() => agreement(`DSA-${toHex(randomBytes(8))}`)),
  "POST /api/agreements/:id/documents": answering(200, () => ({ title: "Signed", content: "JVBERi0xLjcK" })),
  "POST /agreements/:id/edit": page(() => agreement("DSA-2026-014")),
  "POST /records/search": page(() => ({
    person: "rhys",
    organisation: "chambers",
    state: "released",
    from: "2026-01-01",
  })),
  "POST /records/search/:id/export": answering(200, () => ({ format: "csv" })),
  "POST /controls/report": answering(200, () => ({ format: "csv", from: "2026-01-01", until: "2026-12-31" })),
  "POST /controls/review": page(() => ({ says: "Every control holds", reviewed: "yes" })),
  "POST /r/:id/problem": answering(200, () => report),
  "POST /api/r/:id/problem": answering(200, () => report),
  "POST /report": answering(200, ({ reference }) => ({ kind: "missing", about: reference, words: "Page 3" })),
  "POST /incidents/:id/done": page(() => ({ action: "action" })),
  "POST /genuine": answering(200, ({ reference }) => ({ reference, address: "rhys@chambers.example" })),
  "POST /send": page(() => description),
  "POST /transfers/:ref/describe": page(() => description),
  "POST /transfers/:ref/expiry": page(() => ({ days: "7" })),
  "POST /transfers/:ref/advice": page(() => ({ adviser: "privacy-team", question: "May this go abroad?" })),
  "POST /advice/:id": page(() => ({ answer: "It may", impactAssessment: "not-needed" })),
  "POST /transfers/:ref/facts": page(() => ({ minimised: "yes", special: "no", offences: "no", people: "3" })),
  "POST /transfers/:ref/who": page(() => ({ "expecting-rhys@chambers.example": "yes" })),
  "POST /transfers/:ref/secret": page(() => ({ channel: "phone" })),
  "POST /transfers/:ref/agreement": page(() => ({ agreement: "none", why: "It is one letter" })),
  "POST /transfers/:ref/destination": page(() => ({ storage: "Their case system" })),
  "POST /transfers/:ref/words/:recipient": page(() => ({ way: "phone +442079460142", answer: "told" })),
  "POST /api/transfers": answering(201, () => ({
    facts,
    recipients: [{ address: "rhys@chambers.example", expecting: true, legitimateNeed: "Instructed in the case" }],
    expiresDays: 7,
  })),
  "POST /api/transfers/:ref/assessment": answering(200, () => ({ bytes: 5_000_000 })),
  "POST /api/transfers/:ref/correction/options": answering(200, ({ recipient }) => ({
    recipientId: recipient,
    address: "clara@counsel.example",
  })),
  "POST /api/transfers/:ref/words": answering(200, ({ recipient }) => ({
    recipientId: recipient,
    told: true,
    channel: "phone",
    ending: "0142",
  })),
  "POST /can-i-send": answering(200, () => ({
    classification: "OFFICIAL",
    contents: ["personal"],
    people: "12",
    size: "small",
    kind: "partner",
    address: "rhys@chambers.example",
    where: "home",
    individuals: "some",
    organisation: "none",
    again: "",
  })),
  "POST /rules/try": answering(200, () => ({ base: "", keep: "yes" })),
  "POST /api/r/:id/opened": answering(200, ({ token }) => ({ token })),
  // Takes away whom the others need: roles, and the line manager.
  "POST /people/:id": page(() => ({ roles: ["auditor"], lineManagerId: "" })),
};

/** Rows whose handler needs a signature, a code or sealed files to get to its end, and the test that makes these. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  "POST /incidents/:id/note": "src/server/journeys/incidents/incidents.test.ts",
  "POST /incidents/:id/owner": "src/server/journeys/incidents/incidents.test.ts",
  "POST /incidents/:id/action": "src/server/journeys/incidents/incidents.test.ts",
  "POST /incidents/:id/personal": "src/server/journeys/incidents/incidents.test.ts",
  "POST /incidents/:id/authority": "src/server/journeys/incidents/incidents.test.ts",
  "POST /incidents/:id/people": "src/server/journeys/incidents/incidents.test.ts",
  "POST /incidents/:id/link": "src/server/journeys/incidents/incidents.test.ts",
  "POST /incidents/:id/close": "src/server/journeys/incidents/incidents.test.ts",
  "POST /incidents/:id/reopen": "src/server/journeys/incidents/incidents.test.ts",
  "POST /api/set-up": "src/server/journeys/set-up/set-up.test.ts",
  "POST /api/sign-in": "src/server/journeys/sign-in/sign-in.test.ts",
  "POST /api/recovery": "src/server/journeys/sign-in/sign-in.test.ts",
  "POST /api/recovery/open": "src/server/journeys/sign-in/sign-in.test.ts",
  "POST /api/account/passkeys": "src/server/journeys/account/account.test.ts",
  "POST /api/account/passkeys/wraps": "src/server/journeys/account/account.test.ts",
  "POST /api/account/passkeys/remove": "src/server/journeys/account/account.test.ts",
  "POST /api/account/recovery": "src/server/journeys/account/account.test.ts",
  "POST /api/account/devices/find": "src/server/api/people-devices.test.ts",
  "POST /api/account/devices": "src/server/api/people-devices.test.ts",
  "POST /api/devices/sign-in": "src/server/api/people-devices.test.ts",
  "POST /api/join/:token": "src/server/journeys/people/people.test.ts",
  "POST /api/recovery-key": "src/server/api/recovery-key.test.ts",
  "POST /api/recovery-key/exports/:ref": "src/server/journeys/recovery-key/exports.test.ts",
  "POST /api/arrangements/:id": "src/server/journeys/arrangements/arrangements.test.ts",
  "POST /to-agree/:id/question": "src/server/approvals/approvals.test.ts",
  "POST /api/to-agree/:id": "src/server/approvals/approvals.test.ts",
  "PUT /api/transfers/:ref/shown-to": "src/server/approvals/shown-files.test.ts",
  "POST /transfers/:ref/answer": "src/server/approvals/approvals.test.ts",
  "POST /rules/replay": "src/server/journeys/rules/replay.test.ts",
  "POST /deputies": "src/server/journeys/deputies/deputies.test.ts",
  "POST /api/assess": "src/server/api/assess.test.ts",
  "POST /api/keys/proofs": "src/server/api/people-keys.test.ts",
  "POST /r/:id/prove": "src/server/codes/codes.test.ts",
  "POST /api/r/:id/prove": "src/server/api/receiving-mailbox.test.ts",
  "POST /continue": "src/server/journeys/receive/receive.test.ts",
  "POST /api/r/:id/key/options": "src/server/journeys/receive/key.test.ts",
  "POST /api/r/:id/key": "src/server/journeys/receive/key.test.ts",
  "POST /api/r/:id/arrive": "src/server/api/receiving.test.ts",
  "POST /api/r/:id/receipt": "src/server/api/receiving.test.ts",
  "POST /api/r/:id/verified": "src/server/api/receiving.test.ts",
  "PUT /api/transfers/:ref/sender-grant": "src/server/api/sending.test.ts",
  "POST /api/transfers/:ref/upload": "src/server/uploads/uploads.test.ts",
  "PUT /api/transfers/:ref/content": "src/server/api/sending.test.ts",
  "POST /api/transfers/:ref/sign": "src/server/api/sending.test.ts",
  "POST /api/transfers/:ref/correction": "src/server/api/sending-correction.test.ts",
};
