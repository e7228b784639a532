import type { Row } from "../../gate/row.ts";
import { arriveRows } from "./arrive.ts";
import { codeRows } from "./code.ts";
import { deviceRows } from "./device.ts";
import { doneRows } from "./done.ts";
import { genuineRows } from "./genuine.ts";
import { keyRows } from "./key.ts";
import { landingRows } from "./landing.ts";
import { notForMeRows } from "./not-for-me.ts";
import { openRows } from "./open.ts";
import { problemRows } from "./problem.ts";
import { waitRows } from "./wait.ts";

/** Every page for a recipient, from the link in the notice to the receipt. */
export const receiveRows: readonly Row[] = [
  ...landingRows,
  ...codeRows,
  ...arriveRows,
  ...waitRows,
  ...openRows,
  ...doneRows,
  ...keyRows,
  ...problemRows,
  ...notForMeRows,
  ...deviceRows,
  ...genuineRows,
];
