import { closeSync, openSync } from "node:fs";
import { ReadStream, WriteStream } from "node:tty";
import type { Terminal } from "./command.ts";

/** The controlling terminal, also while stdin and stdout are pipes; null where there is none. */
export function openTerminal(): Terminal | null {
  const [inputName, outputName] = process.platform === "win32" ? ["CONIN$", "CONOUT$"] : ["/dev/tty", "/dev/tty"];
  const fds: number[] = [];
  try {
    fds.push(openSync(inputName, process.platform === "win32" ? "r+" : "r"), openSync(outputName, "r+"));
    const [inputFd, outputFd] = fds;
    if (inputFd === undefined || outputFd === undefined) return null;
    const input = new ReadStream(inputFd);
    const output = new WriteStream(outputFd);
    return {
      input,
      output,
      close() {
        input.destroy();
        output.destroy();
      },
    };
  } catch {
    for (const fd of fds) closeSync(fd);
    return null;
  }
}
