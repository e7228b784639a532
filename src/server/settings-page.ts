import { SETTINGS } from "./settings.ts";

/** The reference page of all settings, Markdown: `docs/settings.md` is exactly this. */
export function settingsPage(): string {
  const rows = Object.values(SETTINGS).map(
    ({ name, fallback, meaning }) => `| \`${name}\` | ${fallback === "" ? "–" : `\`${fallback}\``} | ${meaning} |`,
  );
  return `# Settings

Environment variables, read once at start. What is wrong or unknown is named, and nothing starts.

| variable | default | meaning |
| --- | --- | --- |
${rows.join("\n")}
`;
}
