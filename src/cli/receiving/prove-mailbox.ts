import type { Http } from "../../client/http.ts";
import { askForCode, proveMailbox } from "../../client/receiving/mailbox.ts";
import type { CodeAnswer } from "../../domain/wire/receiving.ts";
import { askLine, canAsk, say } from "../ask.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { readDescriptor } from "../passphrase.ts";
import { printable } from "../table.ts";
import { addressOf, type Link } from "./link.ts";

/**
 * SDT-2: shows that this is the recipient's mailbox, with an emailed code: read from a file descriptor, or mailed and then asked for.
 * @param fd null to ask. @returns the session's token.
 * @throws CliError `wrong-code` for the code of a descriptor, `waiting` where there is nobody to ask; ClientError
 */
export async function proveByCode(http: Http, link: Link, fd: string | null, parts: Parts): Promise<string> {
  if (fd !== null) {
    const token = await proveMailbox(http, link.id, readDescriptor(fd, "--code-fd", "code"));
    if (token !== null) return token;
    const message =
      "That code is not right, was used already, or is too old. Nothing is lost: without --code-fd a new one is mailed.";
    throw new CliError({ code: "wrong-code", message });
  }
  const about = await askForCode(http, link.id);
  const sent = sentText(about);
  if (!canAsk(parts)) {
    const message = `${sent} There is no terminal to ask for it: run the same command again with --code-fd, the number of a file descriptor to read it from.`;
    throw new CliError({ code: "waiting", message });
  }
  say(`${introduction(about, link)}\n\n${sent}`, parts);
  return askUntilRight(http, link, about, parts);
}

async function askUntilRight(http: Http, { id }: Link, about: CodeAnswer, parts: Parts): Promise<string> {
  for (;;) {
    const typed = await askLine("The code, or “new” for another one:", "", parts);
    if (/^new$/i.test(typed)) {
      await askForCode(http, id);
      say("Another code is on its way. An earlier one that you still have keeps working.", parts);
    } else if (!/^\d{8}$/.test(typed.replaceAll(/[\s\p{Pd}]/gu, ""))) {
      say("A code has 8 digits.", parts);
    } else {
      const token = await proveMailbox(http, id, typed);
      if (token !== null) return token;
      const { tries, pauseMinutes } = about;
      say(
        `That code is not right, was used already, or is too old. After ${tries} wrong ones none is taken for ${pauseMinutes} minutes.`,
        parts,
      );
    }
  }
}

/** What the link's page says too: from whom, how to check that, and what to do when it is not for them (SDT-14). */
function introduction({ reference, organisation, sender }: CodeAnswer, link: Link): string {
  const { host } = new URL(link.origin);
  return `${reference}: ${printable(sender.name)} <${sender.address}> of ${printable(organisation)} has sent you information securely.
Is it genuine? Type ${host}/genuine into your browser yourself, and enter the reference and your address: a fresh email comes then.
Is it not for you? Do not go on: stop here, and open ${addressOf(link)}/not-for-me in your browser.`;
}

function sentText({ mailbox, minutes, tries, pauseMinutes }: CodeAnswer): string {
  return `A code of 8 digits was sent to ${printable(mailbox)}. It works once, for ${minutes} minutes; look in the junk folder too. After ${tries} wrong codes none is taken for ${pauseMinutes} minutes.`;
}
