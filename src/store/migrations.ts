import type { Migration } from "kysely/migration";
import { start as ephemeraStart } from "./migrations/ephemera-0001-start.ts";
import { start as recordsStart } from "./migrations/records-0001-start.ts";

export type Migrations = Readonly<Record<string, Migration>>;

/**
 * Steps of the two schemas, in order of their names; a published step never changes. They use what SQLite and
 * PostgreSQL share: text, integer, bigint, deferrable references. Times are ISO 8601 text in UTC, nested parts JSON
 * text.
 */
export const recordMigrations: Migrations = { "0001-start": { up: recordsStart } };
export const ephemeralMigrations: Migrations = { "0001-start": { up: ephemeraStart } };
