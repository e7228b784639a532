import { Type } from "typebox";
import { carriageOf, stateCarriage } from "../../../domain/lifecycle/carriage-arrows.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { whomToCall } from "../../../paperwork/carried/sheet-words.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { act } from "../../drafts/take-back.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { asksOf, readCarriage, typedFrom } from "./typed-carriage.ts";

const line = Type.Optional(Type.String({ maxLength: 100 }));
const digestLine = Type.Optional(Type.String({ maxLength: 5000 }));

/**
 * The package is made in the sender's browser (SDT-15, OXM-13): this server gets what kind it is, how many files it holds, its size and its
 * digest, and neither the files nor the password.
 */
export const packRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/pack",
    who: "sender",
    handle: async (visit) => {
      const { transfer } = visit;
      refuseUnless(transfer.state === "draft", "This transfer was signed already, so it cannot be changed.");
      if (!transfer.carriage) return redirect(visit, `/transfers/${transfer.reference}/method`);
      if (!asksOf(transfer.carriage.method).package)
        return redirect(visit, `/transfers/${transfer.reference}/carriage`);
      return page(visit);
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/pack",
    who: "sender",
    body: Type.Object({ items: line, package: line, bytes: line, digest: digestLine }),
    handle: async (visit, { items = "", package: kind = "", bytes = "", digest = "" }) => {
      const { method, fixed } = carriageOf(visit.transfer);
      refuseUnless(asksOf(method).package, "What goes by this method is not packed.");
      const typed = { ...typedFrom(fixed), items, package: kind, bytes, digest };
      const asks = { ...NOTHING_ELSE, package: true, bytes: true };
      const { fixed: stated, errors } = readCarriage(typed, asks, NOTHING_OFFERED, {}, "");
      refuseUnless(
        Object.keys(errors).length === 0 && stated.package !== null,
        "What the page said of the package cannot be read. Nothing was recorded: pack the files again.",
      );
      const change = { items: stated.items, package: stated.package, bytes: null };
      await act(visit, ({ transfer, taken }) => stateCarriage(transfer, change, taken));
      return redirect(visit, `/transfers/${visit.transfer.reference}/carriage`);
    },
  }),
];

const NOTHING_ELSE = {
  ...{ pages: false, identityDocuments: false, reason: false },
  ...{ medium: false, carrier: false, fax: false, number: false, device: false },
} as const;

/** SDT-14: the sheets beside a package are in both, whichever the recipient prefers. */
const LANGUAGES = ["en", "cy"] as const;

const NOTHING_OFFERED = { media: [], machines: [], services: [], numbers: {} } as const;

function page(visit: SenderVisit): string {
  const { transfer, recipients, organisation, parts } = visit;
  const carriage = carriageOf(transfer);
  const live = recipients.filter((each) => !isOver(each));
  const [only] = live;
  return render(visit, "carry/pack.njk", {
    title: "Pack the files",
    name: METHOD_NAMES[carriage.method],
    method: carriage.method,
    path: `/transfers/${transfer.reference}`,
    reference: transfer.reference,
    call: whomToCall(organisation),
    host: new URL(parts.place.origin).host,
    // A sheet of text carries the code of one recipient; with several, each has a printed sheet of their own.
    code: live.length === 1 && only ? (carriage.codes[only.id] ?? "") : "",
    languages: LANGUAGES,
    // SDT-24
    returnTo:
      carriage.method === "removable-media" ? (policyNow(parts).settings.post.returnAddress?.join(", ") ?? "") : "",
    // OXM-20: no password is made of what whoever finds the package can guess
    known: [transfer.facts.purpose, visit.member.name, ...live.flatMap(({ name, organisation: of }) => [name, of])],
    recipients: live,
    several: live.length > 1,
    packed: carriage.fixed.package,
    scripts: ["entries/pack.js"],
  });
}
