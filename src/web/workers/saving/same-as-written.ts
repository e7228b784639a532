import { Digested } from "../../../containers/digested.ts";
import { ContainerError } from "../../../containers/error.ts";

/**
 * SDT-28: reads a written file from where it lies and compares it, as far as the system tells: it may answer from its memory.
 * @param lies what is read from there
 * @throws ContainerError `changed` when it is not what was written; whatever `signal` was aborted with
 */
export async function refuseDifference(
  written: { readonly name: string; readonly size: number; readonly sha256: string },
  lies: AsyncIterable<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
): Promise<void> {
  const digested = new Digested(lies);
  for await (const _ of digested.stream()) signal.throwIfAborted();
  const { size, sha256 } = digested.passed();
  if (size === written.size && sha256 === written.sha256) return;
  throw new ContainerError({
    code: "changed",
    message: `${written.name} was read back and is not what was written: the medium may be faulty. All of it was taken away again. Use another one, and do not use this one any more.`,
  });
}
