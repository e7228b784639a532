import { flag, oneOf, record, type Shape, text } from "../../client/shape.ts";
import { MEDIUM_KINDS, MEDIUM_STATES } from "../../domain/medium.ts";
import type { RegisteredAnswer } from "../../domain/wire/media.ts";
import { openSession } from "../account/session.ts";
import { asCliError } from "../at-server.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";

const registered: Shape<RegisteredAnswer> = record({
  serial: text,
  state: oneOf(...MEDIUM_STATES),
  kind: oneOf(...MEDIUM_KINDS),
  issuedToYou: flag,
});

/**
 * SDT-23: asks the server's register whether the medium was issued to whoever runs this, before anything is written onto it.
 * @throws CliError `bad-volume` where it was not; `not-signed-in`, `refused`, `offline`
 */
export async function refuseUnlessIssued(serial: string, parts: Parts, server: string | undefined): Promise<void> {
  const session = await openSession(parts, server).catch((cause: unknown) => {
    throw asCliError(cause);
  });
  try {
    const answer = await session.http.get(`/api/media/${encodeURIComponent(serial)}`, registered);
    if (answer.issuedToYou) return;
    const message = `The register says that ${answer.serial} is not issued to you (${answer.state.replaceAll("-", " ")}). Nothing was written: ask whoever keeps the register.`;
    throw new CliError({ code: "bad-volume", message });
  } catch (cause) {
    throw asCliError(cause);
  } finally {
    session.close();
  }
}
