import type { FixedCarriage, MadePackage, PackageKind, RiskAssessment } from "./carriage.ts";
import { type CatalogueService, serviceText } from "./carriers.ts";
import { formatDate } from "./date-text.ts";
import type { Carrier } from "./facts.ts";
import { METHOD_NAMES } from "./method-names.ts";
import { formatSize } from "./size-text.ts";
import type { CarriedRecord, Waybill } from "./waybill.ts";

/** What people call the services (SIS-29 … SIS-34); an organisation may call its own otherwise. */
export const CARRIER_NAMES: Readonly<Record<Carrier, string>> = {
  "letter-post": "ordinary letter post",
  "recorded-delivery": "recorded delivery",
  "special-delivery": "special delivery",
  dx: "DX",
  "dx-tracked": "tracked DX",
  "dx-courier-tracked": "DX courier, tracked",
  "dx-secure": "secure DX",
  "tracked-courier": "a tracked courier",
  "by-hand": "by hand",
};

/**
 * What carries it, as it was chosen, or else as the organisation calls the kind now; null where nothing does.
 * @param catalogue the organisation's services; empty: kinds have the names that everybody has for them
 */
export function carrierText(
  { carrier, service }: Pick<FixedCarriage, "carrier" | "service">,
  catalogue: readonly CatalogueService[] = [],
): string | null {
  if (carrier === null) return null;
  const own = service ?? catalogue.find((each) => each.id === carrier && each.carrier === carrier);
  return own ? serviceText(own) : CARRIER_NAMES[carrier];
}

/** What the kinds of package are called, within a sentence. */
export const PACKAGE_NAMES: Readonly<Record<PackageKind, string>> = {
  zip: "an AES-256 zip",
  pdf: "a PDF with a password",
  office: "an Office file with a password",
  age: "an age file",
};

/** The SHA-256 of each file of a package, a line each: with its number where there are several. */
export function digestLines({ digests }: MadePackage): string {
  return digests.length === 1 ? digests.join("") : digests.map((each, at) => `${at + 1}: ${each}`).join("\n");
}

/** How much of it there is, in words. */
export function carriedSizeText({ totals: { items, bytes } }: Waybill, { pages }: CarriedRecord): string {
  return [
    `${items.toLocaleString("en-GB")} ${items === 1 ? "item" : "items"}`,
    ...(pages === null ? [] : [`${pages.toLocaleString("en-GB")} ${pages === 1 ? "page" : "pages"}`]),
    ...(bytes === 0 ? [] : [formatSize(bytes)]),
  ].join(", ");
}

/** How it goes, in words: by whom, on what, in what, and why nothing better serves. */
export function carriedMethodText({ method }: Waybill, carried: CarriedRecord): string {
  const { medium, fax, reason } = carried;
  const carrier = carrierText({ carrier: carried.carrier, service: carried.service ?? null });
  const how = [
    METHOD_NAMES[method],
    ...(carrier === null ? [] : [carrier]),
    ...(medium === null ? [] : [`on the registered medium ${medium}`]),
    ...(fax === null ? [] : [`from the fax machine ${fax}`]),
    ...(carried.package === null ? [] : [`in ${PACKAGE_NAMES[carried.package]}`]),
  ].join(", ");
  return reason === "" ? `${how}.` : `${how}.\nNothing better serves, because: ${reason}`;
}

/** SIS-18: what was assessed and decided, by whom and when, in words. */
export function riskText({ says, by, on }: RiskAssessment): string {
  return `${says}\nAssessed by ${by} on ${formatDate(on)}`;
}
