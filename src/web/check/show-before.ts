import { ownKeysFirst } from "../../client/keys/own-keys-first.ts";
import type { Made } from "../../client/sending/order.ts";
import { showBefore } from "../../client/sending/show-before.ts";
import type { ShownTo } from "../../domain/waybill.ts";
import { pageHttp } from "../keys/page-http.ts";
import { unlockMemberKeys } from "../keys/unlock.ts";
import { confirmKeys } from "../page/confirm-keys.ts";
import { reachOfPage } from "../page/elements.ts";
import { browserKeyPins } from "../workers/kept/browser-key-pins.ts";

/** Seals the files' key to those whom the page's boxes name, or to nobody; undefined where nothing is to be done. @param stored how many were chosen before, as the page says */
export async function showToChosen(made: Made, stored: string): Promise<readonly ShownTo[] | undefined> {
  const boxes = [...document.querySelectorAll<HTMLInputElement>("[data-show]")];
  const chosen = boxes
    .filter(({ checked }) => checked)
    .map(({ dataset: { show = "", name = "", address = "" } }) => ({ memberId: show, name, address }));
  if (chosen.length === 0 && Number(stored) === 0) return undefined;
  const http = pageHttp();
  const { origin: base, token } = reachOfPage();
  return showBefore(made, chosen, {
    http,
    checkKeys: ownKeysFirst({ http, pins: browserKeyPins, confirm: confirmKeys }),
    unlock: () => unlockMemberKeys({ base, token }),
  });
}
