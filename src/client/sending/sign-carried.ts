import type { Statement } from "../../log/statement.ts";
import { statementChallenge } from "../../log/statement.ts";
import { checkedDigest, type ShownRequest } from "../agreeing/sign-answer.ts";
import { ClientError, lying } from "../error.ts";
import { signingOptions } from "../views.ts";
import type { SigningParts } from "./sign-sending.ts";

/** What the page where a sender signs shows of something that is carried: the server wrote it, and nothing of it was made here. */
export type ShownCarried = Pick<ShownRequest, "reference" | "signer" | "waybill" | "assessment" | "entries" | "lines">;

/**
 * Signs what goes by another method than the secure link (SIS-23), after checking that the waybill says exactly what the page's lines
 * say, and that it is the one that the server would take.
 * @throws ClientError `changed-record` naming what differs, `lying-server`, and what the sign part throws. Nothing is signed then.
 */
export async function signCarried(shown: ShownCarried, parts: SigningParts): Promise<void> {
  const digest = await checkedDigest(shown);
  const path = `/api/transfers/${shown.reference}/sign`;
  const options = await parts.http.send("POST", `${path}/options`, {}, signingOptions);
  if (options.waybill !== shown.waybill) {
    const message =
      "The transfer was changed since this page was loaded. Nothing was signed: load the page again and check it.";
    throw new ClientError({ code: "changed-record", message });
  }
  if (options.rpId !== parts.rpId) throw lying("it names another site to sign for");
  if (options.signer !== shown.signer) throw lying("it names somebody else as the signer");
  const about = { digest, role: "sender", answer: "", signer: options.signer, rpId: options.rpId };
  const statement: Statement = { version: 1, kind: "send", ...about, nonce: options.nonce };
  const signature = await parts.sign(statement, await statementChallenge(statement), options.credentials);
  await parts.http.tell("POST", path, { nonce: options.nonce, ...signature });
}
