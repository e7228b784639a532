import { type Row, row } from "../server/gate/row.ts";
import { render } from "../server/render.ts";

const SHOWN = 100;
const LOOKED_AT = 10_000;

/** The page that stands in for everybody's mailbox, or with `?of=ADDRESS` for one. */
export const outboxRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/demo/outbox",
    who: "anonymous",
    handle: async (visit) => {
      const of = (visit.query.of ?? "").trim().toLowerCase();
      const everybodys = await visit.parts.outbox.list(of === "" ? SHOWN : LOOKED_AT);
      const messages = everybodys.filter(({ to }) => of === "" || to.toLowerCase() === of).slice(0, SHOWN);
      const shown = messages.map((message) => ({
        subject: message.subject,
        to: message.to,
        createdAt: message.createdAt,
        lines: message.text
          .split("\n")
          .filter((line) => line.trim() !== "")
          .map((line) => linked(line, visit.parts.place.origin)),
      }));
      return render(visit, "outbox.njk", { title: of === "" ? "Outbox" : `Mailbox of ${of}`, of, messages: shown });
    },
  }),
];

/** A line of mail in parts, the addresses of this server among them as links. */
function linked(line: string, origin: string): readonly { readonly text: string; readonly link: string | null }[] {
  return line
    .split(/(https?:\/\/\S*[\w/])/)
    .map((text) => ({ text, link: text.startsWith(`${origin}/`) ? text : null }));
}
