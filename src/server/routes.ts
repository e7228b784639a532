import type { Row } from "./gate/row.ts";
import { homeRows } from "./journeys/home/home.ts";

/** Every route there is. A test walks this table as anonymous, wrong role and wrong person. */
export const rows: readonly Row[] = [...homeRows];
