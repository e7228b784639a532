import { type Static, Type } from "typebox";
import { parseArrivalCode } from "../../../domain/arrival-code.ts";
import { DomainError } from "../../../domain/error.ts";
import {
  arriveCarried,
  carriageOf,
  receiveCarried,
  reportShortfall,
} from "../../../domain/lifecycle/carriage-arrows.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { parseReference } from "../../../domain/reference.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { readWholeNumber } from "../../../domain/typed-number.ts";
import { nowOf } from "../../api/receiving-view.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { carryOut } from "../../carry-out.ts";
import { hasPassword } from "../../carrying/has-password.ts";
import { CARRIED_TEXTS } from "../../carrying/on-its-way.ts";
import { fileOtherDigest, readSeenDigest } from "../../carrying/seen-digest.ts";
import type { CarriedTexts } from "../../carrying/texts/texts.ts";
import type { AnonymousVisit, Row } from "../../gate/row.ts";
import { row } from "../../gate/row.ts";
import { mediumArrived } from "../carry/at-recipient.ts";
import { receivePage } from "./receive-page.ts";

const typedCode = {
  reference: Type.Optional(Type.String({ maxLength: 100 })),
  code: Type.Optional(Type.String({ maxLength: 100 })),
};
const codeBody = Type.Object(typedCode);
const line = Type.Optional(Type.String({ maxLength: 200 }));
const digestLine = Type.Optional(Type.String({ maxLength: 5000 }));
const RATES = [{ times: 30, seconds: 600, by: "address" }] as const;

interface Typed {
  readonly reference: string;
  readonly code: string;
}

/** What is wrong with an arrival or a receipt, by field. */
interface Wrong {
  readonly reader?: boolean;
  readonly pages?: boolean;
  readonly handling?: boolean;
  readonly digest?: "other" | "unreadable";
}

/** What was typed into a receipt that is asked for again. */
interface Kept {
  readonly pages: string;
  readonly handling: string;
  readonly digest: string;
}

/** What a sheet's code leads to: nothing of the contents, and nothing of the sender but the organisation. */
interface Carried {
  readonly transfer: Transfer;
  readonly recipient: Recipient;
}

/**
 * A recipient without an account says that something carried has arrived, and that it is complete (SDT-26, SDT-28, SIS-24), with the
 * reference and code that came with it. An unknown reference and a wrong code are answered alike.
 */
export const arrivedRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/arrived",
    who: "anonymous",
    handle: async (visit) => {
      const { reference = "", code = "" } = visit.query;
      return codePage(visit, { reference: reference.slice(0, 40), code: code.slice(0, 40) }, false);
    },
  }),
  row({
    method: "POST",
    path: "/arrived",
    who: "anonymous",
    body: codeBody,
    rates: RATES,
    handle: async (visit, body) => withCarried(visit, body, async (found, typed) => standingPage(visit, found, typed)),
  }),
  row({
    method: "POST",
    path: "/arrived/arrival",
    who: "anonymous",
    body: Type.Object({ ...typedCode, reader: line }),
    rates: RATES,
    handle: async (visit, body) =>
      withCarried(visit, body, async (now, typed) => {
        const { recipient } = now;
        if (recipient.state !== "released") return standingPage(visit, now, typed); // a page that is loaded again
        const reader = (body.reader ?? "").trim();
        if (reader === "") return standingPage(visit, now, typed, { reader: true });
        const found = await act(visit, recipient, async (tx, transfer, row, taken) => {
          await mediumArrived(tx, transfer, taken);
          return arriveCarried(transfer, row, { by: "sheet", reader }, taken);
        });
        return standingPage(visit, found, typed);
      }),
  }),
  row({
    method: "POST",
    path: "/arrived/receipt",
    who: "anonymous",
    body: Type.Object({ ...typedCode, pages: line, handling: line, digest: digestLine }),
    rates: RATES,
    handle: async (visit, body) =>
      withCarried(visit, body, async (now, typed) => {
        if (now.recipient.state === "received") return standingPage(visit, now, typed); // a page that is loaded again
        const fax = carriageOf(now.transfer).method === "fax";
        const pages = readWholeNumber(body.pages ?? "", 99_999);
        const seen = readSeenDigest(body.digest ?? "", carriageOf(now.transfer).fixed);
        const wrong: Wrong = {
          ...(seen.is === "other" || seen.is === "unreadable" ? { digest: seen.is } : {}),
          ...(fax && pages !== carriageOf(now.transfer).dispatch?.pages ? { pages: true } : {}),
          ...(body.handling === "yes" ? {} : { handling: true }),
        };
        if (fax && pages !== null && wrong.pages) {
          await act(visit, now.recipient, async (_, transfer, row, taken) =>
            reportShortfall(transfer, row, { by: "sheet", pages }, taken),
          );
        }
        if (seen.is === "other") {
          await act(visit, now.recipient, async (tx, transfer, row, taken) =>
            fileOtherDigest(visit.parts, { tx, transfer, taken }, row, {
              by: "sheet",
              digests: seen.digests,
              reporter: null,
            }),
          );
        }
        if (Object.keys(wrong).length > 0) {
          const kept = { pages: body.pages ?? "", handling: body.handling ?? "", digest: body.digest ?? "" };
          return standingPage(visit, now, typed, wrong, kept);
        }
        const said = {
          by: "sheet",
          note: "",
          pages: fax ? pages : null,
          handling: true,
          digests: seen.digests,
        } as const;
        const found = await act(visit, now.recipient, async (_, transfer, row, taken) =>
          receiveCarried(transfer, row, said, taken),
        );
        return standingPage(visit, found, typed);
      }),
  }),
];

type Act = (
  tx: Parameters<Parameters<AnonymousVisit["parts"]["records"]["write"]>[0]>[0],
  transfer: Transfer,
  recipient: Recipient,
  taken: { readonly at: string; readonly by: { readonly kind: "link-holder"; readonly id: string } },
) => Promise<Parameters<typeof carryOut>[1]>;

/** One arrow, on what is so inside the transaction; answers what is so after it. @throws DomainError `not-now` */
async function act(visit: AnonymousVisit, { id }: Recipient, arrow: Act): Promise<Carried> {
  const taken = { at: nowOf(visit.parts), by: { kind: "link-holder", id } } as const;
  return visit.parts.records.write(async (tx) => {
    const recipient = await tx.recipient(id);
    const transfer = recipient && (await tx.transfer(recipient.reference));
    if (!recipient || !transfer) throw new DomainError({ code: "not-now", message: "This is over." });
    const step = await arrow(tx, transfer, recipient, taken);
    await carryOut(tx, step);
    return { transfer: step.transfer, recipient: step.recipients.find((each) => each.id === id) ?? recipient };
  });
}

async function withCarried(
  visit: AnonymousVisit,
  body: Static<typeof codeBody>,
  then: (found: Carried, typed: Typed) => Promise<string>,
): Promise<string> {
  const typed = { reference: body.reference ?? "", code: body.code ?? "" };
  const found = await find(visit, typed);
  return found ? then(found, typed) : codePage(visit, typed, true);
}

async function find({ parts }: AnonymousVisit, typed: Typed): Promise<Carried | null> {
  const code = parseArrivalCode(typed.code);
  const reference = referenceIn(typed.reference);
  const transfer = reference === null ? null : await parts.records.read.transfer(reference);
  if (code === null || !transfer?.carriage?.dispatch) return null;
  const [id] = Object.entries(transfer.carriage.codes).find(([, each]) => each === code) ?? [];
  const recipient = id === undefined ? null : await parts.records.read.recipient(id);
  return recipient ? { transfer, recipient } : null;
}

function referenceIn(typed: string): string | null {
  try {
    return parseReference(typed);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function codePage(visit: AnonymousVisit, typed: Typed, wrong: boolean): string {
  return receivePage(
    visit,
    "arrived",
    null,
    (t, language) => {
      const c: CarriedTexts = CARRIED_TEXTS[language];
      return {
        title: c.arrived.title,
        c,
        typed,
        errors: wrong ? { reference: c.arrived.wrong } : {},
        here: "/arrived",
        t,
      };
    },
    wrong ? 422 : 200,
  );
}

async function standingPage(
  visit: AnonymousVisit,
  { transfer, recipient }: Carried,
  typed: Typed,
  wrong: Wrong = {},
  kept: Kept = { pages: "", handling: "", digest: "" },
): Promise<string> {
  const media = await visit.parts.records.read.mediaOf(transfer.reference);
  const back = media.some(({ state }) => state === "with-recipient");
  const { returnAddress } = policyNow(visit.parts).settings.post;
  const live = transfer.state === "released" && !isOver(recipient);
  return receivePage(
    visit,
    "carried",
    null,
    (t, language) => {
      const c: CarriedTexts = CARRIED_TEXTS[language];
      return {
        title: c.standing.title,
        c,
        t,
        typed: { reference: transfer.reference, code: typed.code },
        state: live ? recipient.state : recipient.state === "received" ? "received" : "over",
        password: hasPassword(transfer),
        // Nothing is complete that cannot be opened yet.
        untold: carriageOf(transfer).fixed.package !== null && recipient.wordsToldAt === null,
        returnMedium: back ? c.standing.returnMedium((returnAddress ?? []).join(", ")) : "",
        fax: transfer.carriage?.method === "fax",
        packed: carriageOf(transfer).fixed.package !== null,
        kept,
        errors: {
          ...(wrong.reader ? { reader: c.standing.readerWrong } : {}),
          ...(wrong.pages ? { pages: c.standing.pagesWrong } : {}),
          ...(wrong.digest
            ? { digest: wrong.digest === "other" ? c.standing.digestOther : c.standing.digestWrong }
            : {}),
          ...(wrong.handling ? { handling: c.standing.acknowledgeWrong } : {}),
        },
        here: "/arrived",
      };
    },
    Object.keys(wrong).length > 0 ? 422 : 200,
  );
}
