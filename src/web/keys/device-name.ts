import { said } from "./said.ts";

/** What a passkey made on this device is called until its owner names it: the kind of device and browser, no more. */
export function deviceName(): string {
  const { userAgent } = navigator;
  const device =
    [
      ["iPhone", "iPhone"],
      ["iPad", "iPad"],
      ["Android", said("android")],
      ["Windows", said("windows")],
      ["Mac OS", "Mac"],
      ["CrOS", "Chromebook"],
      ["Linux", said("linux")],
    ].find(([sign]) => userAgent.includes(sign ?? ""))?.[1] ?? said("device");
  return device;
}
