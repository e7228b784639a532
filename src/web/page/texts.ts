/** The texts of a page, in its language: `{name}` in them stands for a value. */
export type Texts<Key extends string> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/**
 * Reads the page's texts out of `<template id="texts"><p data-text="key">…</p></template>`, which the server writes from
 * its catalogue.
 * @throws Error when one of `keys` is missing: the page and its script are of different versions.
 */
export function readTexts<Key extends string>(keys: readonly Key[]): Texts<Key> {
  const template = document.querySelector<HTMLTemplateElement>("template#texts");
  const found = new Map<string, string>();
  for (const each of template?.content.querySelectorAll<HTMLElement>("[data-text]") ?? []) {
    found.set(each.dataset.text ?? "", each.textContent ?? "");
  }
  const missing = keys.filter((key) => !found.has(key));
  if (missing.length > 0) throw new Error(`This page lacks texts: ${missing.join(", ")}.`);
  return (key, values = {}) =>
    (found.get(key) ?? "").replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
