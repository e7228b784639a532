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
  "special-delivery": { tracked: true, signed: true, takes: "sensitive or bulk papers and media; by 9am or 1pm" },
  dx: { tracked: false, signed: false, takes: "low volumes, between DX addresses" },
  "dx-tracked": { tracked: true, signed: true, takes: "volumes and sensitive case files, between DX addresses" },
  "dx-courier-tracked": { tracked: true, signed: true, takes: "volumes and sensitive case files, by courier" },
  "dx-secure": { tracked: true, signed: true, takes: "particularly sensitive case files" },
  "tracked-courier": { tracked: true, signed: true, takes: "sensitive or bulk papers and media" },
  "by-hand": { tracked: false, signed: true, takes: "what you hand over yourself, after seeing identification" },
};

/** One line for whoever chooses. */
export function carrierHint(carrier: Carrier): string {
  const { tracked, signed, takes } = CARRIER_SERVICES[carrier];
  const how = [tracked ? "tracked" : "not tracked", signed ? "signed for" : "not signed for"].join(", ");
  return `For ${takes}; ${how}.`;
}
