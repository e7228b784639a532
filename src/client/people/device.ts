import { deviceCode, deviceDigest, readDeviceCode } from "../../log/device-keys.ts";
import { lying } from "../error.ts";
import type { Http } from "../http.ts";
import { accountStatement, loadMyKeys } from "./account.ts";
import type { Passkeys } from "./passkeys.ts";
import { enrolOptions, foundDevice } from "./shapes.ts";

/** A command line that waits under the code typed. Its keys give exactly that code, whatever the server says. */
export async function findDevice(http: Http, typed: string) {
  const code = readDeviceCode(typed);
  const found = await http.send("POST", "/api/account/devices/find", { code }, foundDevice);
  if ((await deviceCode(found)) !== code) throw lying("the keys under this code are not those of your command line");
  return found;
}

/** Enrols a command line that `findDevice` gave: one prompt. */
export async function enrolDevice(
  http: Http,
  passkeys: Passkeys,
  device: Awaited<ReturnType<typeof findDevice>>,
): Promise<void> {
  const mine = await loadMyKeys(http);
  const options = await http.send("POST", "/api/account/options", {}, enrolOptions);
  const statement = accountStatement(options, "device", await deviceDigest(device));
  const { signature } = await passkeys.get(statement, mine.credentials);
  await http.tell("POST", "/api/account/devices", { id: device.id, nonce: options.nonce, by: signature });
}
