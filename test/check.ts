import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// `npm run check`: types of all slices and tests, lint and format (nothing is rewritten), architecture. All of them run, side
// by side, so that one failure does not hide another.
const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (path: string) => join(root, "node_modules", path);

const checks = [
  { name: "types", args: [bin("typescript/bin/tsc"), "-b"] },
  { name: "lint and format", args: [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"] },
  { name: "architecture", args: ["--test", "--test-reporter=dot", "test/architecture.test.ts"] },
];

interface Checked {
  readonly name: string;
  readonly good: boolean;
}

/** Says what is wrong as soon as it is known. */
function run({ name, args }: (typeof checks)[number]): Promise<Checked> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      if (status !== 0) console.log(`${name}:\n${said}`);
      resolve({ name, good: status === 0 });
    });
  });
}

const all = await Promise.all(checks.map(run));
for (const { name, good } of all) console.log(`${good ? "✔" : "✖"} ${name}`);
process.exit(all.every(({ good }) => good) ? 0 : 1);
