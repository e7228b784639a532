import type { Carrier } from "./facts.ts";

/** What a service does, as the guidance's Annex A has it (SIS-29 … SIS-34). */
export interface CarrierService {
  /** Where it is can be seen on the way. */
  readonly tracked: boolean;
  /** Somebody signs for it. */
  readonly signed: boolean;
  /** What it is for, in a few words. */
  readonly takes: string;
}

export const CARRIER_SERVICES: Readonly<Record<Carrier, CarrierService>> = {
  "letter-post": { tracked: false, signed: false, takes: "an ordinary OFFICIAL letter" },
  "recorded-delivery": {
    tracked: false,
    signed: true,
    takes: "a particularly sensitive letter, or identity documents",
  },
  "special-delivery": { tracked: true, signed: true, takes: "sensitive or bulk papers and media" },
  dx: { tracked: false, signed: false, takes: "low volumes, between DX addresses" },
  "dx-tracked": { tracked: true, signed: true, takes: "volumes and sensitive case files, between DX addresses" },
  "dx-courier-tracked": { tracked: true, signed: true, takes: "volumes and sensitive case files, by courier" },
  "dx-secure": { tracked: true, signed: true, takes: "particularly sensitive case files" },
  "tracked-courier": { tracked: true, signed: true, takes: "sensitive or bulk papers and media" },
  "by-hand": { tracked: false, signed: true, takes: "what you hand over yourself, after seeing identification" },
};

/** A service as the organisation has it: of a kind that the rules know, with what it is called and what it promises (SIS-31, SIS-34). */
export interface CatalogueService extends NamedService {
  readonly carrier: Carrier;
}

/** A service as whoever chose it saw it. */
export interface NamedService {
  /** Of the catalogue: its own where a kind is there more than once, such as `special-delivery-9am`; otherwise the kind's. */
  readonly id: string;
  readonly name: string;
  /** By when it is there, such as “by 9am”; empty: it promises nothing. */
  readonly guarantee: string;
}

/** What people call it, with what it promises. */
export function serviceText({ name, guarantee }: Pick<NamedService, "name" | "guarantee">): string {
  return guarantee === "" ? name : `${name}, ${guarantee}`;
}

/** One line for whoever chooses. */
export function carrierHint(carrier: Carrier): string {
  const { tracked, signed, takes } = CARRIER_SERVICES[carrier];
  const how = [tracked ? "tracked" : "not tracked", signed ? "signed for" : "not signed for"].join(", ");
  return `For ${takes}; ${how}.`;
}
