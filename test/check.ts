import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// `npm run check`: types of all slices and tests, lint and format (nothing is rewritten), architecture. All of them run, so
// that one failure does not hide another.
const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (path: string) => join(root, "node_modules", path);

const checks = [
  { name: "types", args: [bin("typescript/bin/tsc"), "-b"] },
  { name: "lint and format", args: [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"] },
  { name: "architecture", args: ["--test", "--test-reporter=dot", "test/architecture.test.ts"] },
];

const failed = checks.filter(({ name, args }) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return false;
  console.log(`${name}:\n${stdout}${stderr}`);
  return true;
});
for (const { name } of checks) console.log(`${failed.some((check) => check.name === name) ? "✖" : "✔"} ${name}`);
process.exit(failed.length === 0 ? 0 : 1);
