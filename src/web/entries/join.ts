import { makeKeysPage } from "../keys/make-keys.ts";

await makeKeysPage();
