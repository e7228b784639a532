import { ClientError } from "../../client/error.ts";
import { SealError } from "../../seal/error.ts";
import { type Saying, said } from "./said.ts";

/** Codes of the server's refusals that have a text of their own. */
const REFUSED: Readonly<Record<string, Saying>> = {
  "bad-signature": "unknownPasskey",
  "too-often": "tooOften",
  "sign-in-first": "signInAgain",
  "stale-form": "stale",
  gone: "invitationOver",
};

/** What went wrong, in words and in the page's language. `asked`: what the server's refusal means on this page, where that differs. */
export function troubleWords(error: unknown, asked: Readonly<Record<string, Saying>> = {}): string {
  if (error instanceof SealError) {
    return error.code === "wrong-secret" ? said("wrongPassphrase") : said("unexpected", {}, error.message);
  }
  if (error instanceof ClientError) {
    // What the person stopped is said where they were asked, in their language.
    return error.code === "cancelled" ? error.message : said(sayingFor(error, asked), {}, error.message);
  }
  console.error(error);
  return said("unexpected");
}

function sayingFor({ code, refusal }: ClientError, asked: Readonly<Record<string, Saying>>): Saying {
  if (code === "refused") {
    const why = refusal?.code ?? "";
    return asked[why] ?? REFUSED[why] ?? "refused";
  }
  if (code === "offline") return "offline";
  if (code === "no-access") return "noKey";
  return code === "lying-server" ? "lying" : "unexpected";
}
