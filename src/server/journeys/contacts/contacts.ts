import { type Row, row } from "../../gate/row.ts";
import { fitting, MOST_LISTED, wantedIn } from "../../layout/find-in-list.ts";
import { render } from "../../render.ts";

/** Everyone outside whom members send to. */
export const contactsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/contacts",
    who: "colleague",
    handle: async (visit) => {
      const wanted = wantedIn(visit.query);
      const all = await visit.parts.records.read.contacts();
      const found = fitting(all, wanted, ({ name, organisation, addresses }) => [
        ...[name, organisation],
        ...addresses.map(({ address }) => address),
      ]);
      const contacts = found.slice(0, MOST_LISTED);
      const context = { contacts, wanted, found: found.length, shown: contacts.length, any: all.length > 0 };
      return render(visit, "contacts/contacts.njk", { title: "Contacts", ...context });
    },
  }),
];
