import { Http } from "../../client/http.ts";

/** Requests of this page: its own origin, with the forgery token that the server wrote into it. */
export function pageHttp(): Http {
  const token = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]')?.content ?? "";
  return new Http({ origin: location.origin, fetch, headers: () => ({ "x-waybill-token": token }) });
}
