import type { Items } from "../../client/receiving/items.ts";
import { safeNames } from "../../seal/item-names.ts";
import type { Item, Manifest } from "../../seal/manifest.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { Progress } from "../progress.ts";
import { Staging } from "./staging.ts";

/** An item, and the path below the target folder that it is saved under. */
export interface Chosen {
  readonly item: Item;
  readonly path: string;
}

/**
 * The items of those names, or all; each under a name that every system can save.
 * @throws CliError `usage` for a name that is not in the transfer
 */
export function chooseItems({ items }: Manifest, names: readonly string[]): readonly Chosen[] {
  const paths = safeNames(items.map(({ name }) => name));
  const all = items.map((item, at): Chosen => ({ item, path: paths[at] ?? "unnamed" }));
  const unknown = names.find((name) => !all.some(({ item, path }) => item.name === name || path === name));
  if (unknown !== undefined) {
    const message = `There is no “${unknown}” in it. Nothing was saved. Without --item everything is saved.`;
    throw new CliError({ code: "usage", message });
  }
  return names.length === 0 ? all : all.filter(({ item, path }) => names.includes(item.name) || names.includes(path));
}

/**
 * Fetches, verifies and saves items. Nothing has its name before all of them are whole.
 * @returns the paths of the files, in order. @throws ClientError `damaged`, `offline`, `cancelled`; CliError `file`
 */
export async function saveItems(
  chosen: readonly Chosen[],
  items: Pick<Items, "item" | "all">,
  whole: boolean,
  to: { readonly folder: string; readonly reference: string; readonly overwrite: boolean },
  parts: Parts,
): Promise<readonly string[]> {
  const names = chosen.map(({ path }) => path);
  const staging = await Staging.begin(to.folder, to.reference, names, to.overwrite);
  const total = chosen.reduce((sum, { item }) => sum + item.length, 0);
  const progress = new Progress(parts, `Receiving ${to.reference}`, total);
  try {
    if (whole) await saveAll(chosen, progress.count(items.all(parts.signal)), staging);
    else for (const each of chosen) await saveAll([each], progress.count(items.item(each.item, parts.signal)), staging);
    return await staging.finish();
  } catch (cause) {
    await staging.abandon();
    throw cause;
  } finally {
    progress.clear();
  }
}

/** Cuts one stream at the ends of the items, whose lengths it has exactly. */
async function saveAll(chosen: readonly Chosen[], stream: AsyncIterable<Uint8Array>, staging: Staging): Promise<void> {
  const pieces = stream[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  for (const { item, path } of chosen) {
    const file = await staging.add(path);
    try {
      for (let left = item.length; left > 0; ) {
        if (rest.length === 0) {
          const next = await pieces.next();
          if (next.done) throw new Error("A stream of verified items ended before their stated length.");
          rest = next.value;
        }
        const now = rest.subarray(0, left);
        await file.write(now);
        left -= now.length;
        rest = rest.subarray(now.length);
      }
      await file.finish();
    } catch (cause) {
      await file.abandon();
      await pieces.return?.();
      throw cause;
    }
  }
  // The end is verified too before anything gets its name.
  while ((await pieces.next()).done !== true);
}
