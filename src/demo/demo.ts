import { fileURLToPath } from "node:url";
import type { Parts } from "../server/parts.ts";
import { outboxRows } from "./outbox-page.ts";
import type { DemoPasskeys } from "./passkeys.ts";
import { peopleRows } from "./people-page.ts";

/** What the demo adds to the server. `shim` is the bundled page script that plays the passkeys. */
export function demoExtra(passkeys: DemoPasskeys, shim: Uint8Array): Parts["extra"] {
  return {
    rows: [...peopleRows(passkeys, shim), ...outboxRows],
    templates: [fileURLToPath(new URL(".", import.meta.url))],
    scripts: ["/demo/play-passkeys.js"],
    banner: {
      text: "This is a demo: everybody in it is made up, and its keys are no secret.",
      links: [
        { text: "Be somebody else", href: "/demo" },
        { text: "Outbox", href: "/demo/outbox" },
      ],
    },
  };
}
