/**
 * What pages say of keys in their reader's own name. In the script and in both languages, because a server that adds a key in somebody's name
 * does not say so itself.
 */
export interface OwnKeysWords {
  readonly important: string;
  /** The alarm; `more`: of several. */
  readonly title: string;
  readonly more: string;
  readonly kinds: Readonly<Record<"main" | "device" | "passkey", string>>;
  readonly added: string;
  readonly removed: string;
  readonly notLost: string;
  readonly stops: string;
  readonly taken: string;
  readonly report: string;
  readonly ask: string;
  readonly remove: string;
  readonly see: string;
  readonly read: string;
  readonly contradicts: string;
  readonly reportWords: string;
  /** On /account/keys. */
  readonly standings: Readonly<
    Record<"known" | "signed" | "earlier" | "other-passkey" | "recovered" | "false", string>
  >;
  readonly number: string;
}

const EN: OwnKeysWords = {
  important: "Important",
  title: "A key was added in your name that none of your passkeys signed for",
  more: "Keys were added in your name that none of your passkeys signed for",
  kinds: { main: "Key for passkeys", device: "Key of a command line", passkey: "Passkey" },
  added: "added on {when}",
  removed: "removed since",
  notLost:
    "What was sent to you before that cannot be opened with it, and nothing of yours is lost. Whoever has it may be able to open what others send you, or to act in your name.",
  stops:
    "Until it is removed this browser seals nothing to it and sends nothing. Do not send from another device until this is settled.",
  taken: "It is removed now: nothing new is sealed to it. It may have opened what was sent to you while it was there.",
  report: "Report it now",
  ask: "Then ask your administrator by telephone or in person, not by email, whether they know of it. The page to report fills itself in.",
  remove: "See the keys in your name, and remove it",
  see: "See the keys in your name",
  read: "I have reported it: do not show this again",
  contradicts: "This browser and the server contradict each other about the keys in your name",
  reportWords: "A key was added in my name that none of my passkeys signed for: {keys}.",
  standings: {
    known: "yours: this browser knows it",
    signed: "yours: a passkey of yours signed for it",
    earlier: "recorded before signatures were kept",
    "other-passkey": "signed for by a passkey that this browser does not know",
    recovered: "no passkey of yours signed for it",
    false: "no passkey of yours signed for it",
  },
  number: "Number {number}",
};

const CY: OwnKeysWords = {
  important: "Pwysig",
  title: "Ychwanegwyd allwedd yn eich enw na lofnododd yr un o’ch allweddi mynediad drosti",
  more: "Ychwanegwyd allweddi yn eich enw na lofnododd yr un o’ch allweddi mynediad drostynt",
  kinds: {
    main: "Allwedd ar gyfer allweddi mynediad",
    device: "Allwedd llinell orchymyn",
    passkey: "Allwedd mynediad",
  },
  added: "ychwanegwyd ar {when}",
  removed: "wedi’i thynnu ers hynny",
  notLost:
    "Ni ellir agor â hi yr hyn a anfonwyd atoch cyn hynny, ac nid oes dim o’ch eiddo wedi’i golli. Gall pwy bynnag sydd â hi allu agor yr hyn y mae eraill yn ei anfon atoch, neu weithredu yn eich enw.",
  stops:
    "Hyd nes y caiff ei thynnu, nid yw’r porwr hwn yn selio dim iddi nac yn anfon dim. Peidiwch ag anfon o ddyfais arall nes bod hyn wedi’i ddatrys.",
  taken:
    "Mae wedi’i thynnu erbyn hyn: ni selir dim newydd iddi. Gall fod wedi agor yr hyn a anfonwyd atoch tra oedd yno.",
  report: "Rhoi gwybod amdani nawr",
  ask: "Yna gofynnwch i’ch gweinyddwr dros y ffôn neu wyneb yn wyneb, nid drwy e-bost, a yw’n gwybod amdani. Mae’r dudalen rhoi gwybod yn ei llenwi ei hun.",
  remove: "Gweld yr allweddi yn eich enw, a’i thynnu",
  see: "Gweld yr allweddi yn eich enw",
  read: "Rwyf wedi rhoi gwybod amdani: peidiwch â dangos hyn eto",
  contradicts: "Mae’r porwr hwn a’r gweinydd yn gwrth-ddweud ei gilydd am yr allweddi yn eich enw",
  reportWords: "Ychwanegwyd allwedd yn fy enw na lofnododd yr un o’m hallweddi mynediad drosti: {keys}.",
  standings: {
    known: "eich un chi: mae’r porwr hwn yn ei hadnabod",
    signed: "eich un chi: llofnododd allwedd mynediad o’ch eiddo drosti",
    earlier: "wedi’i chofnodi cyn i lofnodion gael eu cadw",
    "other-passkey": "llofnodwyd drosti gan allwedd mynediad nad yw’r porwr hwn yn ei hadnabod",
    recovered: "ni lofnododd yr un o’ch allweddi mynediad drosti",
    false: "ni lofnododd yr un o’ch allweddi mynediad drosti",
  },
  number: "Rhif {number}",
};

/** In the language of the page. */
export function ownKeysWords(): OwnKeysWords {
  return document.documentElement.lang === "cy" ? CY : EN;
}

/** A moment of the log in the page's language and London's time. */
export function whenAdded(at: string): string {
  const language = document.documentElement.lang === "cy" ? "cy-GB" : "en-GB";
  const date = { day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" } as const;
  return new Date(at).toLocaleString(language, { ...date, timeZone: "Europe/London" });
}
