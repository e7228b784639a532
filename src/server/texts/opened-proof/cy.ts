import type { ProofTexts } from "./texts.ts";

export const cy = {
  title: "Eich prawf eich hun eich bod wedi ei agor",
  lead: ({ name }) => [
    "Cafodd y tocyn derbyn hwn ei selio i chi, y tu mewn i’r pecyn. Nid yw’n agor dim. Gyda thystiolaeth y trosglwyddiad hwn mae’n dangos bod pwy bynnag sydd ag ef wedi agor y pecyn.",
    `Nid oes rhaid i chi ei gadw. Os gall rhywun ofyn i chi yn nes ymlaen, er enghraifft archwilydd, cadwch ef nawr: ni ellir ei ddangos eto pan fydd y pecyn wedi dod i ben, ac ni all neb yn ${name} ei anfon atoch.`,
  ],
  token: "Tocyn derbyn",
  save: "Cadw’r tocyn derbyn",
} as const satisfies ProofTexts;
