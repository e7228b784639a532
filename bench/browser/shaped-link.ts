import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const RATE = "1gbit";
/** The loopback of a network namespace of its own, as a link: full frames of Ethernet's size, and the rate of one. */
const SHAPE = `ip link set lo mtu 1500 && ip link set lo up && tc qdisc add dev lo root tbf rate ${RATE} burst 256kb latency 50ms`;
const NAMESPACES = [
  ["unshare", "--net"],
  ["unshare", "--user", "--map-root-user", "--net"],
];

/** One line of a program's standard output. */
export type Line = { readonly say: string } | { readonly result: unknown };

/**
 * Runs a TypeScript program of this folder where everything on localhost goes over a link of 1 Gbit/s, if this system lets
 * us make such a place, else as it is. The program prints `Line`s as JSON and ends.
 * @returns its result, and whether the link was shaped.
 */
export async function overShapedLink(
  program: string,
  args: readonly string[],
  say: (text: string) => void,
): Promise<{ readonly result: unknown; readonly shaped: boolean }> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const [command, ...inNamespace] = NAMESPACES.find(canShape) ?? [];
  const shaped = command !== undefined;
  const child = shaped
    ? spawn(
        command,
        [...inNamespace, "sh", "-c", `${SHAPE} && exec "$@"`, "sh", process.execPath, path, ...args],
        OPTIONS,
      )
    : spawn(process.execPath, [path, ...args], OPTIONS);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  let result: unknown;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line; // our own program's
    if ("say" in line) say(line.say);
    else result = line.result;
  }
  const status = await ended;
  if (status !== 0 || result === undefined) throw new Error(`${program} ended with ${status} and no result.`);
  return { result, shaped };
}

const OPTIONS = { stdio: ["ignore", "pipe", "inherit"] as ["ignore", "pipe", "inherit"] };

function canShape([command = "", ...rest]: readonly string[]): boolean {
  return spawnSync(command, [...rest, "sh", "-c", SHAPE]).status === 0;
}
