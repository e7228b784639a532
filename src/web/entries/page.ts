import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
} from "govuk-frontend";
import { offerPrinting } from "../page/print.ts";
import { forgetMade } from "../workers/kept/made.ts";
import { clearPrivateCopies } from "../workers/saving/private-copy.ts";

/** After so long no browser is saving a copy any more. */
const SETTLED_MS = 15 * 60_000;

// Every page loads this: the GOV.UK components that pages use. None of them sets markup from text, so they run under
// `require-trusted-types-for 'script'`. The MoJ frontend's scripts do set it, and are left out: its styles stand alone.
for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
]) {
  createAll(component);
}
offerPrinting(document);
// Names of files that were sent stay in this browser no longer than signing again could need them.
const { sealedOver } = document.querySelector<HTMLElement>("[data-sealed-over]")?.dataset ?? {};
if (sealedOver) void forgetMade(sealedOver);
// Whoever comes back may never come to the page that opens again: opened copies go from every page, and from one that stays open.
sweep();
setInterval(sweep, SETTLED_MS);

function sweep(): void {
  clearPrivateCopies(SETTLED_MS).catch(() => undefined); // a browser without a private file system has left nothing
}
