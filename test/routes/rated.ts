import type { Rate, Row } from "../../src/server/gate/row.ts";
import { rows } from "../../src/server/routes.ts";
import type { Visitor } from "../../src/testing/visitor.ts";
import { bodyOf, changes, pathOf } from "./requests.ts";
import { createWorld, type World } from "./world.ts";

/** Of what is allowed in earnest, so that the test stays short: a third, and of what one network address may a tenth. */
export const FACTOR = 1 / 3;
export const ADDRESS_FACTOR = 1 / 10;
export const HOUR = 3_600_000;

/** A world in which so much of what is allowed in earnest may be asked. */
export async function newWorld(rateFactor: number): Promise<World> {
  const world = await createWorld({ limits: { rateFactor } });
  world.server.clock.advance(HOUR); // the world's own making counted too
  return world;
}

export interface Given {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** The row's request from an address of our choice, without a network. */
export async function from(
  world: World,
  remoteAddress: string,
  visitor: Visitor,
  row: Row,
  path = pathOf(row, world),
): Promise<Given> {
  const headers = await headersOf(visitor);
  const { method } = row;
  const payload = changes(row) && row.body !== null ? { payload: bodyOf(row) } : {};
  const answer = await world.server.app.inject({ method, url: path, headers, remoteAddress, ...payload });
  return { status: statusOf(answer), retryAfter: answer.headers["retry-after"]?.toString() };
}

/** What was typed wrongly is answered by a page with an address of its own, which says 422. */
export function statusOf({ statusCode, headers }: { readonly statusCode: number; readonly headers: object }): number {
  const location = "location" in headers ? String(headers.location) : "";
  return statusCode === 303 && /[?&]mistakes=/.test(location) ? 422 : statusCode;
}

export async function headersOf(visitor: Visitor): Promise<Record<string, string>> {
  const token = await visitor.token(); // before the cookies: it comes with one
  return { cookie: visitor.cookies(), "x-waybill-token": token };
}

export const allowed = (world: World, { times }: Rate) => Math.floor(times * world.server.parts.limits.rateFactor);
export const strictest = (rates: readonly Rate[]) => rates.toSorted((a, b) => a.times - b.times)[0];

export const isOpen = ({ who }: Row) => who === "anyone" || who === "anonymous";

/** Rows whose strictest limit is counted so. */
export const limited = (by: Rate["by"]) => rows.filter(({ rates }) => strictest(rates)?.by === by);
