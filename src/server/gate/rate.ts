import { isIPv6 } from "node:net";
import type { FastifyRequest } from "fastify";
import type { Member } from "../../domain/member.ts";
import { ServerError } from "../error.ts";
import type { Parts } from "../parts.ts";
import type { Rate, Row } from "./row.ts";

/**
 * Counts a request against its row's rates of one kind.
 * @param member who is signed in, once the guard has said so
 * @throws ServerError `too-often` with the seconds to wait
 */
export async function countAgainstRates(
  row: Row,
  by: Rate["by"],
  request: FastifyRequest,
  parts: Parts,
  member: Pick<Member, "id"> | null = null,
): Promise<void> {
  const now = parts.clock.now();
  const params = request.params as Record<string, string>;
  for (const rate of row.rates.filter((each) => each.by === by)) {
    const target = params.id ?? params.ref ?? "";
    const who = by === "target" ? target : by === "caller" && member ? `member ${member.id}` : networkOf(request.ip);
    const until = new Date(now.getTime() + rate.seconds * 1000);
    const times = await parts.ephemera.count(
      "rate",
      `${row.method} ${row.path} ${by} ${rate.seconds} ${who}`,
      now,
      until,
    );
    if (times > rate.times * parts.limits.rateFactor) {
      throw new ServerError({
        code: "too-often",
        message: `That was tried too often. Nothing is lost: wait ${words(rate.seconds)}, then try again.`,
        retryAfter: rate.seconds,
      });
    }
  }
}

/** One line of IPv6 has a /64 of addresses, so that is what counts as one; IPv4 counts whole. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined || !isIPv6(ip)) return mapped ?? ip;
  const [head = "", tail = ""] = (ip.split("%")[0] ?? "").split("::");
  const before = head.split(":").filter((group) => group !== "");
  const after = tail.split(":").filter((group) => group !== "");
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  const groups = ip.includes("::") ? [...before, ...zeros, ...after] : before;
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

function words(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
