import type { Kysely } from "kysely";
import type { Reader } from "../domain/records.ts";
import { fromRow } from "./columns.ts";
import { faxMachine, incomingPost, medium } from "./register-columns.ts";
import type { RecordTables } from "./tables.ts";

type RegisterReader = Pick<
  Reader,
  | ("medium" | "mediumBySerial" | "media" | "mediaOf" | "faxMachine" | "faxMachineByNumber" | "faxMachines")
  | ("incomingPosts" | "incomingPost" | "incomingPostFor")
>;

/** The registers of media and fax machines, and what waits in the post room. */
export function readRegisters(db: Kysely<RecordTables>): RegisterReader {
  const media = db.selectFrom("medium").selectAll();
  const machines = db.selectFrom("faxMachine").selectAll();
  const posts = db.selectFrom("incomingPost").selectAll().orderBy("at").orderBy("id");
  return {
    async incomingPosts() {
      return (await posts.execute()).map((row) => fromRow("incoming_post", incomingPost, row));
    },
    async incomingPost(id) {
      const row = await posts.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("incoming_post", incomingPost, row);
    },
    async incomingPostFor(memberId) {
      const rows = await posts.where("memberId", "=", memberId).execute();
      return rows.map((row) => fromRow("incoming_post", incomingPost, row));
    },
    async medium(id) {
      const row = await media.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("medium", medium, row);
    },
    async mediumBySerial(serial) {
      const row = await media.where("serial", "=", serial).executeTakeFirst();
      return row === undefined ? null : fromRow("medium", medium, row);
    },
    async media() {
      const rows = await media.orderBy("serial").execute();
      return rows.map((row) => fromRow("medium", medium, row));
    },
    async mediaOf(reference) {
      const rows = await media.where("reference", "=", reference).orderBy("serial").execute();
      return rows.map((row) => fromRow("medium", medium, row));
    },
    async faxMachine(id) {
      const row = await machines.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("fax_machine", faxMachine, row);
    },
    async faxMachineByNumber(number) {
      const row = await machines.where("number", "=", number).executeTakeFirst();
      return row === undefined ? null : fromRow("fax_machine", faxMachine, row);
    },
    async faxMachines() {
      const rows = await machines.orderBy("location").orderBy("number").execute();
      return rows.map((row) => fromRow("fax_machine", faxMachine, row));
    },
  };
}
