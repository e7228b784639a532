import { Type } from "typebox";
import { carriageOf, stateCarriage } from "../../../domain/lifecycle/carriage-arrows.ts";
import { withReason } from "../../../domain/lifecycle/risky-package.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { whomToCall } from "../../../paperwork/carried/sheet-words.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { act } from "../../drafts/take-back.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { asksOf, readCarriage, typedFrom } from "./typed-carriage.ts";

const line = Type.Optional(Type.String({ maxLength: 100 }));
const digestLine = Type.Optional(Type.String({ maxLength: 5000 }));
const reasonLine = Type.Optional(Type.String({ maxLength: 2000 }));

/**
 * The package is made in the sender's browser (SDT-15, OXM-13), on the page that adds files: this server gets what kind it is, how many files it
 * holds, its size and its digest, and neither the files nor the password.
 */
export const packRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/transfers/:ref/add",
    who: "sender",
    body: Type.Object({ items: line, package: line, bytes: line, digest: digestLine, riskyReason: reasonLine }),
    handle: async (visit, { items = "", package: kind = "", bytes = "", digest = "", riskyReason = "" }) => {
      const { method, fixed } = carriageOf(visit.transfer);
      refuseUnless(asksOf(method).package, "What goes by this method is not packed.");
      const typed = { ...typedFrom(fixed), items, package: kind, bytes, digest };
      const asks = { ...NOTHING_ELSE, package: true, bytes: true };
      const { fixed: stated, errors } = readCarriage(typed, asks, NOTHING_OFFERED, {}, "");
      refuseUnless(
        Object.keys(errors).length === 0 && stated.package !== null,
        "What the page said of the package cannot be read. Nothing was recorded: add the files again.",
      );
      const change = { items: stated.items, package: stated.package, bytes: null };
      const risky = riskyReason.trim() || null;
      await act(visit, ({ transfer, taken }) => withReason(stateCarriage(transfer, change, taken), transfer, risky));
      return redirect(visit, `/transfers/${visit.transfer.reference}/carriage`);
    },
  }),
  // Where packages were made before all files were added on one page: links to it were kept.
  row({
    method: "GET",
    path: "/transfers/:ref/pack",
    who: "sender",
    handle: async (visit) => redirect(visit, `/transfers/${visit.transfer.reference}/add`),
  }),
];

const NOTHING_ELSE = {
  ...{ pages: false, identityDocuments: false, reason: false },
  ...{ medium: false, carrier: false, fax: false, number: false, device: false },
} as const;

const NOTHING_OFFERED = { media: [], machines: [], services: [], numbers: {} } as const;

/** What carry/add-packing.njk shows of a draft that somebody carries, and what its script reads (`given`). */
export function packingContext({ transfer, recipients, organisation, parts, member }: SenderVisit) {
  const { method, codes, fixed } = carriageOf(transfer);
  const live = recipients.filter((each) => !isOver(each));
  const [only] = live;
  const onMedium = method === "removable-media";
  // A sheet of text carries the code of one recipient; with several, each has a printed sheet of their own.
  const code = live.length === 1 && only ? (codes[only.id] ?? "") : "";
  // SDT-24
  const returnTo = onMedium ? (policyNow(parts).settings.post.returnAddress?.join(", ") ?? "") : "";
  // OXM-20: no password is made of what whoever finds the package can guess
  const known = [transfer.facts.purpose, member.name, ...live.flatMap(({ name, organisation: of }) => [name, of])];
  return {
    given: {
      organisation: organisation?.name ?? "",
      call: whomToCall(organisation),
      host: new URL(parts.place.origin).host,
      code,
      // SDT-14: the sheets beside a package are in both, whichever the recipient prefers.
      languages: "en cy",
      "return-to": returnTo,
      known: known.join("\n"),
    },
    path: `/transfers/${transfer.reference}`,
    onMedium,
    code,
    returnTo,
    recipients: live,
    several: live.length > 1,
    packed: fixed.package,
  };
}
