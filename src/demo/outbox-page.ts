import { type Row, row } from "../server/gate/row.ts";
import { render } from "../server/render.ts";

const SHOWN = 100;

/** The page that stands in for everybody's mailbox. */
export const outboxRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/demo/outbox",
    who: "anonymous",
    handle: async (visit) => {
      const messages = await visit.parts.outbox.list(SHOWN);
      const shown = messages.map((message) => ({
        subject: message.subject,
        to: message.to,
        createdAt: message.createdAt,
        lines: message.text
          .split("\n")
          .filter((line) => line.trim() !== "")
          .map((line) => linked(line, visit.parts.place.origin)),
      }));
      return render(visit, "outbox.njk", { title: "Outbox", messages: shown });
    },
  }),
];

/** A line of mail in parts, the addresses of this server among them as links. */
function linked(line: string, origin: string): readonly { readonly text: string; readonly link: string | null }[] {
  return line
    .split(/(https?:\/\/\S*[\w/])/)
    .map((text) => ({ text, link: text.startsWith(`${origin}/`) ? text : null }));
}
