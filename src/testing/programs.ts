import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { platform } from "node:os";

/** Programs of other people's that tests and benchmarks run. */
export type Program =
  | "chromium"
  | "age"
  | "age-keygen"
  | "qpdf"
  | "zbarimg"
  | "7z"
  | "libreoffice"
  | "python-uno"
  | "go"
  | "go-x-mod";

/** Where Debian puts the sources of Go packages. */
export const GO_PATH = "/usr/share/gocode";

type Source = {
  /** What it may be called, or where it is, best first. */
  readonly names: readonly string[];
  /** One, or several with spaces between. */
  readonly debianPackage: string;
  /** How Homebrew names it, with its options. */
  readonly brew: string;
};

const SOURCES: Readonly<Record<Program, Source>> = {
  chromium: {
    names: [
      "chromium",
      "chromium-browser",
      "google-chrome",
      "google-chrome-stable",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    debianPackage: "chromium",
    brew: "--cask chromium",
  },
  age: { names: ["age"], debianPackage: "age", brew: "age" },
  "age-keygen": { names: ["age-keygen"], debianPackage: "age", brew: "age" },
  qpdf: { names: ["qpdf"], debianPackage: "qpdf", brew: "qpdf" },
  /** Reads QR codes out of pictures. */
  zbarimg: { names: ["zbarimg"], debianPackage: "zbar-tools", brew: "zbar" },
  "7z": { names: ["7zz", "7z", "7za"], debianPackage: "7zip", brew: "sevenzip" },
  libreoffice: {
    names: ["soffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"],
    debianPackage: "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui python3-uno",
    brew: "--cask libreoffice",
  },
  /** A Python that can talk to LibreOffice: Debian's own, or the one inside LibreOffice. */
  "python-uno": {
    names: ["/usr/lib/python3/dist-packages/uno.py", "/Applications/LibreOffice.app/Contents/Resources/python"],
    debianPackage: "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui python3-uno",
    brew: "--cask libreoffice",
  },
  go: { names: ["go"], debianPackage: "golang-go", brew: "go" },
  /** The sources of golang.org/x/mod, below a GOPATH, so that a Go program is built without a network. */
  "go-x-mod": {
    names: [`${GO_PATH}/src/golang.org/x/mod/sumdb/tlog/tlog.go`],
    debianPackage: "golang-golang-x-mod-dev",
    brew: "go",
  },
};

/** A program that a test needs is not here and could not be installed. The message ends with the command that does it. */
export class MissingProgramError extends Error {
  readonly code = "missing-program";
  readonly program: Program;
  constructor(program: Program, command: string, cause?: unknown) {
    super(`The tests need ${program}, which is not on this machine. Install it, then run them again:\n  ${command}`, {
      cause,
    });
    this.name = "MissingProgramError";
    this.program = program;
  }
}

const found = new Map<Program, string>();

/**
 * The path of a program. Where it is missing on a Debian-like system and we are root, its package is installed without
 * asking, which takes up to some minutes the first time; anywhere else this throws MissingProgramError. Never a skip.
 */
export function requireProgram(program: Program): string {
  const path = found.get(program) ?? findProgram(SOURCES[program].names) ?? installAndFind(program);
  found.set(program, path);
  return path;
}

/** The path of the first of `names` (commands, or absolute paths) that is on this machine. */
export function findProgram(names: readonly string[]): string | undefined {
  for (const name of names) {
    if (name.startsWith("/")) {
      if (existsSync(name)) return name;
      continue;
    }
    const answer = spawnSync("/bin/sh", ["-c", 'command -v -- "$1"', "sh", name], { encoding: "utf8" });
    if (answer.status === 0) return answer.stdout.trim();
  }
  return undefined;
}

/** The command that a person types to install a program on a system. */
export function installCommand(program: Program, system: "debian" | "macos" | "other"): string {
  const { debianPackage, brew } = SOURCES[program];
  if (system === "macos") return `brew install ${brew}`;
  const apt = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${debianPackage}`;
  return system === "debian" ? apt : `install ${program} with this system's package manager (on Debian: ${apt})`;
}

function installAndFind(program: Program): string {
  const debian = existsSync("/etc/debian_version") && findProgram(["apt-get"]) !== undefined;
  const system = platform() === "darwin" ? "macos" : debian ? "debian" : "other";
  const command = installCommand(program, system);
  if (!debian || process.getuid?.() !== 0) throw new MissingProgramError(program, command);
  console.error(`Installing ${SOURCES[program].debianPackage} …`);
  updateOnce();
  const failure = apt("install", "-y", "--no-install-recommends", ...SOURCES[program].debianPackage.split(" "));
  const path = findProgram(SOURCES[program].names);
  if (path === undefined) throw new MissingProgramError(program, command, failure);
  return path;
}

let updated = false;

function updateOnce() {
  if (!updated) apt("update", "-q");
  updated = true;
}

/** Runs apt-get, waiting for another one to finish. Answers with what it said when it failed. */
function apt(...args: string[]): Error | undefined {
  const lockWait = ["-o", "DPkg::Lock::Timeout=300"];
  const done = spawnSync("/usr/bin/env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", ...lockWait, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return done.status === 0 ? undefined : new Error(`apt-get ${args.join(" ")} failed:\n${done.stdout}${done.stderr}`);
}
