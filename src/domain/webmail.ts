import { withinDomains } from "./address.ts";

/** Domains whose addresses anybody can have. */
const WEBMAIL = [
  "aol.com",
  "aol.co.uk",
  "btinternet.com",
  "fastmail.com",
  "fastmail.fm",
  "gmail.com",
  "gmx.com",
  "gmx.co.uk",
  "gmx.de",
  "gmx.net",
  "googlemail.com",
  "hey.com",
  "hotmail.co.uk",
  "hotmail.com",
  "hushmail.com",
  "icloud.com",
  "live.co.uk",
  "live.com",
  "mac.com",
  "mail.com",
  "mail.ru",
  "me.com",
  "msn.com",
  "ntlworld.com",
  "outlook.com",
  "pm.me",
  "proton.me",
  "protonmail.com",
  "qq.com",
  "rocketmail.com",
  "sky.com",
  "talktalk.net",
  "tiscali.co.uk",
  "tutanota.com",
  "virgin.net",
  "virginmedia.com",
  "web.de",
  "yahoo.co.uk",
  "yahoo.com",
  "yandex.com",
  "yandex.ru",
  "ymail.com",
  "zoho.com",
];

/** SET-4: whether a domain is one of those where anybody has a personal account; never a work domain. */
export function isWebmail(domain: string): boolean {
  return withinDomains(domain, WEBMAIL);
}
