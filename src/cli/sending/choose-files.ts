import type { BigIntStats } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { fileError } from "../system-error.ts";
import { FileSource } from "./file-source.ts";
import type { Source } from "./source.ts";
import { stdinSource } from "./stdin-source.ts";

/** What was named to be sent. */
export interface Choice {
  /** Paths of files and folders, or `-` for standard input. */
  readonly files: readonly string[];
  /** The name that standard input gets. */
  readonly stdinName: string;
  readonly messageFile: string | null;
}

const MESSAGE_NAME = "Message.txt";

/**
 * Everything that was named, folders with all that is in them, by name: the same files give the same order. Links inside folders and
 * what is neither file nor folder stop it, so that nothing goes out, or stays behind, unnoticed.
 * @throws CliError `file`, `usage`
 */
export async function chooseFiles(choice: Choice, parts: Parts): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const path of choice.files) {
    if (path === "-") {
      sources.push(await stdinSource(choice.stdinName, parts));
      continue;
    }
    const stats = await ask(path, () => stat(path, { bigint: true }));
    await add(path, basename(resolve(path)), stats, sources);
  }
  if (choice.messageFile !== null) sources.push(await message(choice.messageFile));
  if (sources.length === 0) {
    throw new CliError({ code: "usage", message: "There is no file in what was named. Nothing was sent." });
  }
  return sources.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.size - b.size));
}

async function add(path: string, name: string, stats: BigIntStats, sources: Source[]): Promise<void> {
  if (stats.isFile()) sources.push(new FileSource(path, name, stats));
  else if (stats.isDirectory()) {
    for (const entry of (await ask(path, () => readdir(path))).sort()) {
      const inside = join(path, entry);
      await add(inside, `${name}/${entry}`, await ask(inside, () => lstat(inside, { bigint: true })), sources);
    }
  } else {
    const what = stats.isSymbolicLink() ? "a link" : "neither a file nor a folder";
    const todo = stats.isSymbolicLink()
      ? "Name the file that it points to, or take it out of the folder."
      : "Take it out of the folder.";
    throw new CliError({ code: "file", message: `${path} is ${what}. Nothing was sent. ${todo}` });
  }
}

async function message(path: string): Promise<Source> {
  const stats = await ask(path, () => stat(path, { bigint: true }));
  if (!stats.isFile()) throw new CliError({ code: "file", message: `${path} is no file. Nothing was sent.` });
  return new FileSource(path, MESSAGE_NAME, stats, "message");
}

async function ask<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw fileError("read", path, cause);
  }
}
