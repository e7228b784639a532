import type { Header } from "./header.ts";

export type Strength = "pq" | "classic" | "passphrase" | "mixed";

const STRENGTH: Readonly<Record<string, Strength>> = {
  mlkem768x25519: "pq",
  mlkem768p256tag: "pq",
  X25519: "classic",
  p256tag: "classic",
  "piv-p256": "classic",
  "ssh-rsa": "classic",
  "ssh-ed25519": "classic",
  scrypt: "passphrase",
};

/**
 * How strongly a header protects its file key: as its weakest recipient, so a header whose recipients differ is `mixed`
 * and a transfer never uses one. A recipient type that is not known here counts as different from every other.
 */
export function headerStrength(header: Header): Strength {
  const found = new Set(header.stanzas.map(({ args }) => STRENGTH[args[0] ?? ""] ?? "mixed"));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : "mixed";
}

/** The scrypt work factor (base-2 logarithm of N) of a header that is sealed to words; null for any other header. */
export function scryptLogN(header: Header): number | null {
  const args = header.stanzas[0]?.args;
  if (args?.[0] !== "scrypt") return null;
  return args.length === 3 && /^[1-9][0-9]{0,3}$/.test(args[2] ?? "") ? Number(args[2]) : Number.POSITIVE_INFINITY;
}
