import { test } from "node:test";
import { DAY } from "../domain/clock.ts";
import type { Store } from "../store/open-store.ts";
import { AT } from "./samples.ts";
import { temporaryStore } from "./temporary-store.ts";

/** A test on an empty store of its own. */
export function stored(title: string, act: (store: Store) => Promise<void>): void {
  test(title, async () => {
    const store = await temporaryStore();
    await act(store).finally(store.close);
  });
}

/** So many days after the samples' moment. */
export const daysAfter = (days: number) => new Date(Date.parse(AT) + days * DAY);

/** Runs a job every six hours for so many days. @returns subject and day of each mail that it posted */
export async function mailsOver(days: number, { outbox }: Store, job: (now: Date) => Promise<unknown>) {
  const posted: string[] = [];
  for (let day = 0; day <= days; day += 0.25) {
    const before = (await outbox.list(9)).length;
    await job(daysAfter(day));
    const mails = await outbox.list(9);
    if (mails.length > before) posted.push(`${mails[0]?.subject} ${day}`);
  }
  return posted;
}
