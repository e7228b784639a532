import { readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { sayUndelivered } from "./deliver-mail.ts";
import type { JobParts } from "./parts.ts";

/** A bounce is a page of text and the headers of what it is about; nothing larger is parsed. */
const LARGEST = 2 * 1024 * 1024;
/** The 128 random bits that the mailer puts into the Message-ID of what it sends. */
const OURS = /^message-id:\s*<([\w-]{22})@/gim;

type Parts = Pick<JobParts, "records" | "outbox" | "bounces">;

/**
 * Reads the bounces (RFC 3464) that a mail server delivered into a Maildir: what could not be delivered is said on the
 * transfer's timeline. Each message is moved from `new` to `cur` once it was read. Anybody can write to that mailbox: a bounce
 * counts only for a message whose Message-ID it returns, which its recipient's mail server alone was told. Answers how many
 * messages bounced.
 */
export async function readBounces({ records, outbox, bounces }: Parts, now: Date): Promise<number> {
  if (bounces === null) return 0;
  let bounced = 0;
  for (const name of (await readdir(join(bounces, "new"))).sort()) {
    const path = join(bounces, "new", name);
    const failure = (await stat(path)).size > LARGEST ? null : await failureIn(await readFile(path));
    const message = failure && (await firstKnown(outbox, failure.ids));
    if (failure && message && (failure.recipient === "" || failure.recipient === message.to)) {
      await sayUndelivered({ records }, message, failure.why, now);
      await outbox.failed(message.id, failure.why, null);
      bounced++;
    }
    await rename(path, join(bounces, "cur", name.includes(":2,") ? name : `${name}:2,S`));
  }
  return bounced;
}

interface Failure {
  /** Message-IDs of ours that stand in it. */
  readonly ids: readonly string[];
  /** In lower case; empty when it is not said. */
  readonly recipient: string;
  readonly why: string;
}

/** What a delivery status says has failed for good; null for anything else. Whoever wrote the mail controls every byte. */
async function failureIn(raw: Buffer): Promise<Failure | null> {
  const ids = [...raw.toString("latin1").matchAll(OURS)].map(([, id]) => id ?? "");
  if (ids.length === 0) return null;
  const { attachments } = await PostalMime.parse(raw, { forceRfc822Attachments: true });
  const report = attachments.find(({ mimeType }) => mimeType.toLowerCase() === "message/delivery-status");
  if (!report) return null;
  const { content } = report;
  const fields = unfolded(typeof content === "string" ? content : new TextDecoder().decode(content));
  if (fields.get("action")?.toLowerCase() !== "failed") return null;
  const typed = (value: string) => value.replace(/^[\w-]+\s*;\s*/, "").trim();
  const why = typed(fields.get("diagnostic-code") ?? fields.get("status") ?? "") || "It could not be delivered.";
  return { ids, recipient: typed(fields.get("final-recipient") ?? "").toLowerCase(), why };
}

/** Fields of all groups by name in lower case, the last of each; folded lines joined (RFC 5322, 2.2.3). */
function unfolded(text: string): ReadonlyMap<string, string> {
  const lines = text.replaceAll(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  return new Map(
    lines.flatMap((line) => {
      const at = line.indexOf(":");
      return at > 0 ? [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as const] : [];
    }),
  );
}

async function firstKnown(outbox: Parts["outbox"], ids: readonly string[]) {
  for (const id of ids) {
    const message = await outbox.find(id);
    if (message) return message;
  }
  return null;
}
