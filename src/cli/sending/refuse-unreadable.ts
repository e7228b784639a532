import type { Source } from "./source.ts";

/** Opens each once, so that a file that may not be read is found before anything is begun. @throws CliError `file` */
export async function refuseUnreadable(sources: readonly Source[]): Promise<void> {
  for (const source of sources) await source.part(0, 1);
}
