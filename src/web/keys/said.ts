/**
 * What these scripts say. The server has the same names in its catalogue (`texts/account/said.ts`). Empty: in English the error says it
 * itself, more exactly.
 */
export const SAYINGS = {
  working: "One moment. Your device may ask you something.",
  noPasskey: "No passkey was used: the prompt was closed, timed out, or found none. Nothing was changed: try again.",
  passkeyHere: "This device has a passkey of yours already. Use it, or choose another device.",
  wrongSite: "Passkeys do not work at this address. Open this page at the address that your organisation published.",
  offline: "",
  unexpected: "Something went wrong on this page. Nothing was changed: load it again.",
  refused: "",
  tooOften: "",
  signInAgain: "",
  stale: "",
  unknownPasskey: "",
  invitationOver: "",
  noKey: "",
  wrongPassphrase: "These are not the words of your key passphrase. Nothing was changed: try again.",
  otherCode: "",
  lying: "",
  recoveryMistyped: "",
  recoveryUnfit: "",
  address: "Enter your email address",
  compareFirst: "Say that you compared the key, or leave this as it is",
  askTitle: "Your key passphrase",
  askLabel: "The six words that your key is sealed with",
  askCount: "These are {count} words, not six",
  askUnknown: "“{word}” is none of the words that are used: check how it is written",
  askGo: "Continue",
  askStop: "Cancel",
  windows: "Windows computer",
  linux: "Linux computer",
  android: "Android device",
  device: "Device",
  askStopped: "The key passphrase was not given. Nothing was changed.",
} as const;

export type Saying = keyof typeof SAYINGS;

/**
 * A text in the page's language: what the server wrote into `<template id="said"><p data-text="…">`, which a page in English has not.
 * `english` is what an error says itself.
 */
export function said(which: Saying, values: Readonly<Record<string, string | number>> = {}, english?: string): string {
  const template = document.querySelector<HTMLTemplateElement>("template#said");
  const found = template?.content.querySelector(`[data-text="${which}"]`)?.textContent;
  return (found ?? english ?? SAYINGS[which]).replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}
