import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

/** Everyone outside whom members send to. */
export const contactsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/contacts",
    who: "colleague",
    handle: async (visit) => {
      const wanted = (visit.query.q ?? "").trim().slice(0, 100);
      const words = wanted.toLowerCase().split(/\s+/);
      const all = await visit.parts.records.read.contacts();
      const found = all.filter(({ name, organisation, addresses }) => {
        const text = [name, organisation, ...addresses.map(({ address }) => address)].join(" ").toLowerCase();
        return words.every((word) => text.includes(word));
      });
      const contacts = found.toSorted((a, b) => a.name.localeCompare(b.name, "en-GB"));
      return render(visit, "contacts/contacts.njk", { title: "Contacts", contacts, wanted, any: all.length > 0 });
    },
  }),
];
