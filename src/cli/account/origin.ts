import { CliError } from "../error.ts";

/** The origin of the server's address as somebody typed or pasted it; https is taken for granted. @throws CliError `usage` */
export function readOrigin(typed: string): string {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  const local = url?.protocol === "http:" && url.hostname === "localhost";
  if (url !== null && (url.protocol === "https:" || local) && url.username === "" && url.password === "")
    return url.origin;
  if (url?.protocol === "http:") {
    const message = `“${typed}” begins with http:, which others on the way can read and change. Only a server on this machine (localhost) is asked so. Use https://${url.host}, or ask your administrator for the address.`;
    throw new CliError({ code: "usage", message });
  }
  const message = `“${typed}” is not the address of a server. It looks like https://waybill.example.gov.uk.`;
  throw new CliError({ code: "usage", message });
}
