import { voicePhones } from "../domain/contact.ts";
import { isText } from "../domain/mail.ts";
import { nationalPhone } from "../domain/phone.ts";
import { type Row, row } from "../server/gate/row.ts";
import type { Parts } from "../server/parts.ts";
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
      const numbers = await numbersOf(visit.parts, of);
      const messages = everybodys
        .filter(({ to }) => of === "" || to.toLowerCase() === of || numbers.includes(to))
        .slice(0, SHOWN);
      const shown = messages.map((message) => ({
        subject: isText(message) ? `Text message to ${nationalPhone(message.to)}` : message.subject,
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

/** The telephone numbers of the contacts at an address. */
async function numbersOf({ records }: Parts, address: string): Promise<readonly string[]> {
  const contact = address === "" ? null : await records.read.contactByAddress(address);
  return contact ? voicePhones(contact).map(({ number }) => number) : [];
}

/** A line of mail in parts, the addresses of this server among them as links. */
function linked(line: string, origin: string): readonly { readonly text: string; readonly link: string | null }[] {
  return line
    .split(/(https?:\/\/\S*[\w/])/)
    .map((text) => ({ text, link: text.startsWith(`${origin}/`) ? text : null }));
}
