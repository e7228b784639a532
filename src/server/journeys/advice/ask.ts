import { Type } from "typebox";
import { ADVISERS, type Adviser } from "../../../domain/facts.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { aboutOtherFacts } from "../../advice/about-other-facts.ts";
import { adviceBasis } from "../../advice/advice-basis.ts";
import { ADVISER_ROLES, advisersOf, notForThem } from "../../advice/advisers.ts";
import { askAdvice, closeStaleQuestions } from "../../advice/ask-advice.ts";
import { shownFacts } from "../../advice/shown-facts.ts";
import { assessTransfer } from "../../assessing/assess-transfer.ts";
import { takenBy } from "../../drafts/draft.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";

const LONGEST = 2000;

/** "Ask for advice" (OXM-4, SIS-15, SDT2-6): who is asked, and what; and what was answered so far. */
export const askAdviceRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/advice",
    who: "sender",
    handle: async (visit) => page(visit, visit.query.adviser ?? "", "", {}),
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/advice",
    who: "sender",
    body: Type.Object({ adviser: Type.String({ maxLength: 100 }), question: Type.String({ maxLength: 20_000 }) }),
    rates: [{ times: 60, seconds: 3600, by: "caller" }],
    handle: async (visit, body) => {
      const { parts, member, transfer } = visit;
      const adviser = ADVISERS.find((each) => each === body.adviser);
      const question = body.question.trim();
      const errors = {
        ...(adviser ? {} : { adviser: "Choose whom to ask" }),
        ...(question === "" ? { question: "Write what you want to know" } : {}),
        ...(question.length > LONGEST ? { question: `Use ${LONGEST} characters or fewer` } : {}),
      };
      if (!adviser || Object.keys(errors).length > 0) return page(visit, body.adviser, body.question, errors);
      await parts.records.write(async (tx) => {
        const now = await tx.transfer(transfer.reference);
        refuseUnless(now !== null && !OVER.includes(now.state), "This transfer is over, so nobody was asked.");
        const recipients = await tx.recipients(transfer.reference);
        const { facts } = await assessTransfer(parts, tx, { transfer: now, recipients, sender: member });
        const shown = await shownFacts(parts, tx, now);
        const restsOn = { facts, carriage: now.carriage };
        const about = { reference: transfer.reference, adviser };
        const asking = { ...about, question, basis: await adviceBasis(restsOn), shown };
        const taken = takenBy(parts, member);
        await closeStaleQuestions(tx, { ...about, now: restsOn }, taken);
        await askAdvice(tx, { ...asking, sender: member, place: parts.place }, taken);
      });
      return redirect(visit, `/transfers/${transfer.reference}/advice`);
    },
  }),
];

const OVER: readonly string[] = ["closed", "recalled", "expired"];

async function page(visit: SenderVisit, adviser: string, question: string, errors: Readonly<Record<string, string>>) {
  const { transfer, parts, member } = visit;
  const { read } = parts.records;
  if (adviser !== "" && !ADVISERS.some((each) => each === adviser) && !errors.adviser) {
    throw new ServerError({ code: "no-such-page", message: "There is no such adviser." });
  }
  const names = new Map((await read.members()).map(({ id, name }) => [id, name]));
  const asked = await read.adviceOf(transfer.reference);
  const isStale = asked.length > 0 ? await aboutOtherFacts(parts, read, transfer) : () => false;
  const context = {
    title: "Ask for advice",
    path: `/transfers/${transfer.reference}`,
    transfer,
    over: OVER.includes(transfer.state),
    advisers: await Promise.all(ADVISERS.map((each) => offered(visit, each, adviser))),
    asked: asked.map((each) => ({
      ...each,
      stale: isStale(each),
      by: names.get(each.answeredBy ?? "") ?? "",
      whom: ADVISER_ROLES[each.adviser].name,
      own: each.askedBy === member.id,
    })),
    typed: { question },
    errors,
  };
  return render(visit, "advice/ask.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

async function offered({ parts, member, recipients }: SenderVisit, adviser: Adviser, chosen: string) {
  const { read } = parts.records;
  const others = (await advisersOf(read, adviser)).filter(({ id }) => id !== member.id);
  const people = await notForThem(read, others, recipients);
  const { name } = ADVISER_ROLES[adviser];
  return {
    value: adviser,
    text: name.charAt(0).toUpperCase() + name.slice(1),
    hint: { text: people.length === 0 ? "Nobody answers for it yet" : people.map((each) => each.name).join(", ") },
    disabled: people.length === 0,
    checked: adviser === chosen,
  };
}
