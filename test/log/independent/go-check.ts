import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GO_PATH, requireProgram } from "../../../src/testing/programs.ts";

/** What came out of the check: status 0, and a line that says what was checked; or 1, and what is wrong. */
export interface Checked {
  readonly status: number | null;
  readonly said: string;
}

/** Builds the Go program, from sources on this machine alone. */
export async function buildGoCheck(): Promise<{
  check(prefix: string, key: string, cases: object): Promise<Checked>;
  remove(): Promise<void>;
}> {
  const go = requireProgram("go");
  requireProgram("go-x-mod");
  const folder = await mkdtemp(join(tmpdir(), "waybill-go-"));
  const program = join(folder, "check");
  const built = spawnSync(go, ["build", "-o", program, join(import.meta.dirname, "check.go")], {
    encoding: "utf8",
    env: {
      PATH: process.env.PATH,
      GOPATH: GO_PATH,
      GO111MODULE: "off",
      GOPROXY: "off",
      GOFLAGS: "",
      CGO_ENABLED: "0",
      GOCACHE: join(folder, "cache"),
    },
  });
  if (built.status !== 0) throw new Error(`The Go program was not built:\n${built.stderr}`);
  return {
    check: (prefix, key, cases) => run(program, [prefix, key], JSON.stringify(cases)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Not the synchronous way: the server that it asks runs in this process. */
async function run(program: string, args: readonly string[], input: string): Promise<Checked> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  child.stdin.end(input);
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, said: said.trim() };
}
