import type { Kysely } from "kysely";
import type { StoredEvent } from "../domain/event.ts";
import type { Reader } from "../domain/records.ts";
import { fromRow } from "./columns.ts";
import { event } from "./event-columns.ts";
import { incident } from "./incident-columns.ts";
import type { RecordTables } from "./tables.ts";

type IncidentReader = Pick<
  Reader,
  "incident" | "incidentNumbered" | "openIncidents" | "incidentsOf" | "latestIncidents" | "eventsNumbered"
>;

/** How many numbers one query names: SQLite and PostgreSQL both bound that. */
const AT_ONCE = 500;

/** What went wrong, and what was done about it. */
export function readIncidents(db: Kysely<RecordTables>): IncidentReader {
  const incidents = db.selectFrom("incident").selectAll("incident");
  return {
    async incident(id) {
      const row = await incidents.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("incident", incident, row);
    },
    async incidentNumbered(number) {
      const own = await incidents.where("id", "=", number).executeTakeFirst();
      const joined = incidents.innerJoin("incidentReport", "incidentReport.incidentId", "incident.id");
      const row =
        own ?? (await joined.where("incidentReport.number", "=", number).orderBy("incident.id").executeTakeFirst());
      return row === undefined ? null : fromRow("incident", incident, row);
    },
    async openIncidents() {
      const open = incidents.where("state", "in", ["reported", "acknowledged"]);
      const rows = await open.orderBy("reportedAt").orderBy("id").execute();
      return rows.map((row) => fromRow("incident", incident, row));
    },
    async incidentsOf(reference) {
      const linked = incidents.innerJoin("incidentTransfer", "incidentTransfer.incidentId", "incident.id");
      const rows = await linked
        .where("incidentTransfer.reference", "=", reference)
        .orderBy("incident.reportedAt")
        .orderBy("incident.id")
        .execute();
      return rows.map((row) => fromRow("incident", incident, row));
    },
    async latestIncidents({ limit, offset }) {
      const latest = incidents.orderBy("reportedAt", "desc").orderBy("id", "desc");
      const rows = await latest.limit(limit).offset(offset).execute();
      return rows.map((row) => fromRow("incident", incident, row));
    },
    async eventsNumbered(seqs) {
      const found: StoredEvent[] = [];
      for (let from = 0; from < seqs.length; from += AT_ONCE) {
        const some = db
          .selectFrom("event")
          .selectAll()
          .where("seq", "in", seqs.slice(from, from + AT_ONCE));
        found.push(...(await some.execute()).map((row) => fromRow("event", event, row)));
      }
      return found.sort((a, b) => a.seq - b.seq);
    },
  };
}
