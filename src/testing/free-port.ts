import { createServer } from "node:net";

/** Below the ports that systems hand out by themselves (from 32768, or 49152), above those that services are known by. */
const FIRST = 20_000;
const LAST = 32_000;

/**
 * A port that is free at this moment, for a program of its own that is told where to listen. None that the system would give to
 * whoever asks for any port next: until the program listens, and while it is stopped, nothing else on this machine gets it by chance.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "localhost", () => probe.close(() => resolve(true)));
  });
}
