import { isWorkAddress } from "../../../domain/address.ts";
import type { Member } from "../../../domain/member.ts";
import { ROLES } from "../../../domain/roles.ts";
import { type Row, row } from "../../gate/row.ts";
import { fitting, MOST_LISTED, wantedIn } from "../../layout/find-in-list.ts";
import { render } from "../../render.ts";

/** The list of colleagues, and apart from them of those who registered from outside (SDT-17), for administrators. */
export const peopleRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/people",
    who: "administrator",
    handle: async (visit) => {
      const members = await visit.parts.records.read.members();
      const listed = members.map((person) => ({
        ...person,
        roleNames: person.roles.map((role) => ROLES[role]).join(", "),
      }));
      const wanted = wantedIn(visit.query);
      const found = fitting(listed, wanted, ({ name, address, roleNames }) => [name, address, roleNames]);
      const people = found.slice(0, MOST_LISTED);
      const inside = ({ address }: { readonly address: Member["address"] }) =>
        isWorkAddress(address, visit.organisation.workDomains);
      return render(visit, "people/people.njk", {
        title: "People",
        people: people.filter(inside),
        outside: people.filter((person) => !inside(person)),
        ...{ wanted, found: found.length, shown: people.length, any: members.length },
      });
    },
  }),
];
