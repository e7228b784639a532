const ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Bech32 (BIP 173) of bytes, in lower case and without its length limit, as age writes keys. Reading is typage's. */
export function bech32(prefix: string, bytes: Uint8Array): string {
  const words = fiveBits(bytes);
  const checked = [...[...prefix].map((each) => each.charCodeAt(0) >> 5), 0];
  checked.push(...[...prefix].map((each) => each.charCodeAt(0) & 31), ...words, 0, 0, 0, 0, 0, 0);
  const sum = polymod(checked) ^ 1;
  const check = [25, 20, 15, 10, 5, 0].map((shift) => (sum >> shift) & 31);
  return `${prefix}1${[...words, ...check].map((word) => ALPHABET[word]).join("")}`;
}

function fiveBits(bytes: Uint8Array): number[] {
  const words: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) words.push((held >> (bits - 5)) & 31);
  }
  if (bits > 0) words.push((held << (5 - bits)) & 31);
  return words;
}

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, term] of GENERATOR.entries()) if ((top >> bit) & 1) sum ^= term;
  }
  return sum;
}
