import { addPasskeyPage, newRecoveryPage, passkeyPage } from "../keys/account-pages.ts";
import { enrolDevicePage } from "../keys/device-page.ts";
import { knownLogPage } from "../keys/known-log-page.ts";

await Promise.all([addPasskeyPage(), passkeyPage(), newRecoveryPage(), enrolDevicePage(), knownLogPage()]);
