import type { Kysely } from "kysely";
import type { Reader } from "../domain/records.ts";
import { fromRow } from "./columns.ts";
import { contact, credential, keyWrap, member, organisation, publicKey } from "./people-columns.ts";
import type { RecordTables } from "./tables.ts";

type PeopleReader = Pick<
  Reader,
  | "organisation"
  | "member"
  | "memberByAddress"
  | "members"
  | "credential"
  | "credentialsOf"
  | "keysOf"
  | "keyLog"
  | "wrapsOf"
  | "contact"
  | "contactByAddress"
  | "contacts"
  | "contactsAmong"
>;

export function readPeople(db: Kysely<RecordTables>): PeopleReader {
  const aMember = db.selectFrom("member").selectAll();
  const members = aMember.orderBy("createdAt").orderBy("id");
  const credentials = db.selectFrom("credential").selectAll();
  const keys = db.selectFrom("publicKey").selectAll().orderBy("createdAt").orderBy("id");
  const contacts = db.selectFrom("contact").selectAll();
  return {
    async organisation() {
      const row = await db.selectFrom("organisation").selectAll().executeTakeFirst();
      return row === undefined ? null : fromRow("organisation", organisation, row);
    },
    async member(id) {
      const row = await aMember.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("member", member, row);
    },
    async memberByAddress(address) {
      const row = await aMember.where("address", "=", address).executeTakeFirst();
      return row === undefined ? null : fromRow("member", member, row);
    },
    async members() {
      return (await members.execute()).map((row) => fromRow("member", member, row));
    },
    async credential(id) {
      const row = await credentials.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("credential", credential, row);
    },
    async credentialsOf(memberId) {
      const present = credentials.where("memberId", "=", memberId).where("removedAt", "is", null);
      const rows = await present.orderBy("createdAt").orderBy("id").execute();
      return rows.map((row) => fromRow("credential", credential, row));
    },
    async keysOf(memberId) {
      const rows = await keys.where("memberId", "=", memberId).where("removedAt", "is", null).execute();
      return rows.map((row) => fromRow("public_key", publicKey, row));
    },
    async keyLog() {
      return (await keys.execute()).map((row) => fromRow("public_key", publicKey, row));
    },
    async wrapsOf(memberId) {
      const wraps = db.selectFrom("keyWrap").selectAll().where("memberId", "=", memberId);
      const rows = await wraps.orderBy("createdAt").orderBy("id").execute();
      return rows.map((row) => fromRow("key_wrap", keyWrap, row));
    },
    async contact(id) {
      const row = await contacts.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("contact", contact, row);
    },
    async contactByAddress(address) {
      const row = await contacts
        .where("id", "=", (one) => one.selectFrom("contactAddress").select("contactId").where("address", "=", address))
        .executeTakeFirst();
      return row === undefined ? null : fromRow("contact", contact, row);
    },
    async contacts() {
      const rows = await contacts.orderBy("createdAt").orderBy("id").execute();
      return rows.map((row) => fromRow("contact", contact, row));
    },
    async contactsAmong(ids, addresses) {
      if (ids.length + addresses.length === 0) return [];
      // An empty list is no SQL everywhere; no contact has an empty id or address.
      const byAddress = db
        .selectFrom("contactAddress")
        .select("contactId")
        .where("address", "in", addresses.length === 0 ? [""] : addresses);
      const rows = await contacts
        .where((where) => where.or([where("id", "in", ids.length === 0 ? [""] : ids), where("id", "in", byAddress)]))
        .execute();
      return rows.map((row) => fromRow("contact", contact, row));
    },
  };
}
