import { standInOf } from "../../domain/colleague.ts";
import { type News, senderMail } from "../journeys/receive/sender-mail.ts";
import type { Parts } from "../parts.ts";
import { howToTell } from "../words/how-to-tell.ts";
import { waysToTell } from "../words/ways-to-tell.ts";
import type { Standing } from "./receiving-act.ts";

/** Tells the sender, in the same transaction; of what concerns the six words, the stand-in named when sending too (SDT-13). */
export async function tellSender(parts: Parts, standing: Standing, news: News): Promise<void> {
  const { tx, transfer, sender, taken } = standing;
  const concernsWords = news === "arrived" || news === "words-asked";
  const standIn = concernsWords ? await standInOf(tx, transfer, await tx.recipients(transfer.reference)) : null;
  const how = concernsWords ? howToTell(await waysToTell(tx, standing.recipient)) : "";
  for (const member of [sender, standIn]) {
    if (member?.state === "active") await tx.post(senderMail(news, standing, member, parts.place, taken.at, how));
  }
}
