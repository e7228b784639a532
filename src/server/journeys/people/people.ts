import { isWorkAddress } from "../../../domain/address.ts";
import type { Member } from "../../../domain/member.ts";
import { ROLES } from "../../../domain/roles.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

/** The list of colleagues, and apart from them of those who registered from outside (SDT-17), for administrators. */
export const peopleRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/people",
    who: "administrator",
    handle: async (visit) => {
      const members = await visit.parts.records.read.members();
      const people = members
        .toSorted((a, b) => a.name.localeCompare(b.name, "en-GB"))
        .map((person) => ({ ...person, roleNames: person.roles.map((role) => ROLES[role]).join(", ") }));
      const inside = ({ address }: { readonly address: Member["address"] }) =>
        isWorkAddress(address, visit.organisation.workDomains);
      return render(visit, "people/people.njk", {
        title: "People",
        people: people.filter(inside),
        outside: people.filter((person) => !inside(person)),
      });
    },
  }),
];
