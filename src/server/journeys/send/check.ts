import { standInOf } from "../../../domain/colleague.ts";
import type { RuleSet } from "../../../domain/facts.ts";
import { basisText } from "../../../domain/lawful-bases.ts";
import type { Reader } from "../../../domain/records.ts";
import type { Waybill } from "../../../domain/waybill.ts";
import { buildWaybill } from "../../../domain/waybill.ts";
import { approvalsIn, assessTransfer, recordAssessment, unmetBeforeSigning } from "../../assessing/assess-transfer.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { isMarkedSensitive, questionsOf } from "../../assessing/questions.ts";
import { CHANNEL_NAMES, peopleText } from "../../assessing/said-for.ts";
import { lawfulLists } from "../../assessing/stated-needs.ts";
import { needsImpact } from "../../drafts/facts.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { refuseUnlessWorkAddress } from "../../gate/work-address.ts";
import { recoveryNumberOf } from "../../recovery-key/lines.ts";
import { isSealedToOther } from "../../recovery-key/sealed-to-it.ts";
import { render } from "../../render.ts";
import { checkCarried } from "../carry/check.ts";
import { type Agreeing, coveringArrangements, whoAgrees } from "./who-agrees.ts";

/** Check answers, and the signature: everything that will be on the record, as it will be signed (SIS-23). */
export const checkRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/check",
    who: "sender",
    handle: async (visit) => {
      const { transfer, recipients, member, organisation } = visit;
      const path = `/transfers/${transfer.reference}`;
      if (transfer.state !== "draft") return redirect(visit, path);
      if (transfer.carriage) return checkCarried(visit);
      const { read } = visit.parts.records;
      if (!transfer.sealed || (await isSealedToOther(read, transfer))) return redirect(visit, `${path}/add`);
      refuseUnlessWorkAddress(member, organisation);
      const found = await assessTransfer(visit.parts, visit.parts.records.read, {
        transfer,
        recipients,
        sender: member,
      });
      // SIS-23: nothing is signed that cannot be sent: what is left to do comes first.
      if (unmetBeforeSigning(found.answer.needs).length > 0) return redirect(visit, `${path}/tasks`);
      const agreeing = await whoAgrees(visit, approvalsIn(found.answer.needs));
      const { assessed } = await recordAssessment(transfer, found);
      const waybill = await buildWaybill(transfer, recipients, member, organisation.name, assessed);
      return render(visit, "send/check.njk", {
        title: agreeing.length > 0 ? "Check and ask for agreement" : "Check and send",
        path,
        transfer,
        waybill,
        recipients,
        wordsCount: recipients.filter(({ access }) => access === "words").length,
        marked: isMarkedSensitive(transfer.facts.classification),
        showImpact: needsImpact(transfer.facts),
        questions: questionsOf(policyNow(visit.parts), transfer.facts.classification),
        declared: declaredPeople(transfer.facts.people),
        told: found.facts.secret?.channel ? CHANNEL_NAMES[found.facts.secret.channel] : null,
        basis:
          transfer.facts.lawfulBasis &&
          basisText(lawfulLists(policyNow(visit.parts).settings), transfer.facts.lawfulBasis),
        agreeing,
        showable: await showable(visit, agreeing),
        nobody: agreeing.some(({ names }) => names.length === 0),
        covering: await coveringArrangements(visit, found.facts),
        advice: found.answer.advice,
        rules: RULES[found.assessment.policy.rules],
        openers: await othersWhoCanOpen(visit),
        recoveryNumber: await recoveryNumberOf(visit.parts.records.read, transfer),
        seen: JSON.stringify(seenOf(waybill)),
        shown: JSON.stringify(recipients.map(({ id, name, address, access }) => ({ id, name, address, access }))),
        scripts: ["entries/sign.js"],
      });
    },
  }),
];

/** Each of those who are asked, once: whether they have a key to open the files with, and whether they were chosen before. */
async function showable({ parts, transfer }: SenderVisit, agreeing: readonly Agreeing[]) {
  const before = await shownLastTime(parts.records.read, transfer);
  const people = new Map(agreeing.flatMap((each) => each.people.map((person) => [person.id, person] as const)));
  return Promise.all(
    [...people.values()].map(async ({ id, name, address }) => ({
      ...{ id, name, address },
      able: (await parts.records.read.keysOf(id)).some(({ kind }) => kind === "main"),
      chosen:
        transfer.shownTo.length > 0 ? transfer.shownTo.some(({ memberId }) => memberId === id) : before.has(address),
      before: transfer.shownTo.length === 0 && before.has(address),
    })),
  );
}

/** Addresses of those who were let see the files of the version that was signed last: that access ended with it. */
async function shownLastTime(read: Reader, { reference }: SenderVisit["transfer"]): Promise<ReadonlySet<string>> {
  const [last] = (await read.approvalsOf(reference)).toSorted((a, b) => b.askedAt.localeCompare(a.askedAt));
  const fixed = last ? await read.fixedWaybill(last.digest) : null;
  const { shown = [] } = fixed ? (JSON.parse(fixed.text) as Waybill) : {}; // our own text, fixed at signing
  return new Set(shown.map(({ address }) => address));
}

const RULES: Readonly<Record<RuleSet, string>> = {
  "uk-government": "UK government rules",
  university: "university rules",
};

/** SIS-4: until content is read, every count is the sender's word, and shown so. */
function declaredPeople(people: number | null): string | null {
  return people === null ? null : peopleText(people);
}

/** What the page shows and the browser compares with what it is asked to sign. */
function seenOf({ originator, facts, expires, policy, needs, assessment }: Waybill) {
  return { originator, facts, expires, policy, needs, assessment };
}

/** Who besides the recipients holds a way to open it: the sender's own devices, and the stand-in's. */
async function othersWhoCanOpen({ parts, transfer, recipients, member }: SenderVisit): Promise<readonly string[]> {
  const { read } = parts.records;
  const devices = (await read.keysOf(member.id)).filter(({ kind }) => kind === "device");
  const own = ["You, with any passkey of yours or your recovery code"];
  const others = devices.map(({ name }) => `You, on the command line of “${name}”`);
  const standIn = await standInOf(read, transfer, recipients);
  return [
    ...own,
    ...others,
    ...(standIn ? [`${standIn.name} (${standIn.address}), who may tell the words in your place`] : []),
  ];
}
