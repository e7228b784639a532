/** What a passkey made on this device is called until its owner names it: the kind of device and browser, no more. */
export function deviceName(): string {
  const { userAgent } = navigator;
  const device =
    [
      ["iPhone", "iPhone"],
      ["iPad", "iPad"],
      ["Android", "Android device"],
      ["Windows", "Windows computer"],
      ["Mac OS", "Mac"],
      ["CrOS", "Chromebook"],
      ["Linux", "Linux computer"],
    ].find(([sign]) => userAgent.includes(sign ?? ""))?.[1] ?? "Device";
  return device;
}
