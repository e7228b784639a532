import type { Medium } from "../../../domain/medium.ts";
import { overdue } from "../../../domain/medium.ts";
import { firstFree, mediumLabels } from "../../../paperwork/carried/labels.ts";
import { drawPdf } from "../../drawing/draw-pdf.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { keepsMedia } from "../../media/media-keeper.ts";
import { now } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";

/** SDT-23: the register of media: what there is, who has it, what is due. Everybody who sends may look. */
export const mediaRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/media",
    who: "colleague",
    handle: async (visit) => {
      const { read } = visit.parts.records;
      const today = now(visit.parts).slice(0, 10);
      const names = new Map((await read.members()).map(({ id, name }) => [id, name]));
      const media = (await read.media()).map((medium) => ({
        ...medium,
        tag: mediumTag(medium),
        late: overdue(medium, today),
        custodian: medium.custodianId === null ? null : (names.get(medium.custodianId) ?? "somebody who has left"),
      }));
      return render(visit, "media/media.njk", {
        title: "Media",
        media: media.toSorted((a, b) => Number(b.late !== null) - Number(a.late !== null)),
        keeps: keepsMedia(visit.member),
      });
    },
  }),
  row({
    method: "GET",
    path: "/media/labels",
    who: "media-keeper",
    rates: [{ times: 60, seconds: 600, by: "caller" }],
    handle: async (visit) => {
      const { parts, organisation, reply, query } = visit;
      const all = (await parts.records.read.media()).filter(({ state }) => state !== "destroyed");
      const media = query.medium ? all.filter(({ id }) => id === query.medium) : all;
      if (media.length === 0) return redirect(visit, "/media");
      const { name, phone } = organisation;
      const paper = mediumLabels(media, { organisation: name, phone, date: now(parts) }, "a4", firstFree(query.first));
      reply
        .header("content-type", "application/pdf")
        .header("content-disposition", 'attachment; filename="media-labels.pdf"');
      return Buffer.from(await drawPdf(paper));
    },
  }),
];

const TAGS: Readonly<Record<Medium["state"], readonly [text: string, colour: string]>> = {
  available: ["Available", "green"],
  issued: ["Issued", "blue"],
  "in-transit": ["In transit", "blue"],
  "with-recipient": ["With recipient", "blue"],
  returned: ["Returned", "yellow"],
  "to-erase": ["To erase", "yellow"],
  erased: ["Erased", "grey"],
  lost: ["Lost", "red"],
  destroyed: ["Destroyed", "grey"],
};

/** A medium's state as a tag. */
export function mediumTag({ state }: Medium): { readonly text: string; readonly classes: string } {
  const [text, colour] = TAGS[state];
  return { text, classes: `govuk-tag--${colour}` };
}
