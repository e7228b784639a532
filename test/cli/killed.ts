import { stat } from "node:fs/promises";
import type { Desk } from "./desk.ts";

/**
 * Starts a receive and kills it (SIGKILL) once bytes are in the hidden folder below `into`. A machine may be so fast that it is over
 * before; then it is tried again into the same folder. @returns whether it was killed on its way.
 */
export async function killWhileReceiving(
  desk: Desk,
  args: readonly string[],
  into: string,
  input = "",
): Promise<boolean> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const running = desk.start([...args, "--overwrite"], input);
    let over = false;
    void running.ended.then(() => {
      over = true;
    });
    while (!over && !(await anyStaged(desk, into))) await new Promise((resolve) => setImmediate(resolve));
    running.kill("SIGKILL");
    const { status } = await running.ended;
    if (status === null && (await anyStaged(desk, into))) return true;
  }
  return false;
}

async function anyStaged(desk: Desk, into: string): Promise<boolean> {
  for (const name of await desk.files(into)) {
    if (!name.includes(".part/")) continue;
    const found = await stat(desk.path(`${into}/${name}`)).catch(() => null);
    if (found !== null && found.size > 0) return true;
  }
  return false;
}
