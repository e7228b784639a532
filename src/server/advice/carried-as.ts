import { carrierText } from "../../domain/carried-lines.ts";
import { METHOD_NAMES } from "../../domain/method-names.ts";
import type { Reader } from "../../domain/records.ts";
import { formatSize } from "../../domain/size-text.ts";
import type { Transfer } from "../../domain/transfer.ts";

/** SDT-22, SDT2-6: how it would go, as far as its sender has said: what advisers need to see besides the facts. */
export async function carriedAs(
  read: Reader,
  { carriage }: Transfer,
): Promise<readonly { readonly key: string; readonly value: string }[]> {
  if (!carriage) return [];
  const { reason, package: made, bytes, mediumId } = carriage.fixed;
  const medium = mediumId === null ? null : await read.medium(mediumId);
  const size = made?.bytes ?? bytes;
  const unsaid = "Not said yet";
  return [
    { key: "How it would go", value: METHOD_NAMES[carriage.method] },
    { key: "Why nothing better serves", value: reason || unsaid },
    { key: "Size", value: size === null ? unsaid : formatSize(size) },
    ...(carriage.method !== "removable-media"
      ? []
      : [
          {
            key: "Medium",
            value: medium
              ? `${medium.serial}, ${medium.kind === "hardware-encrypted" ? "encrypts itself" : "does not encrypt itself"}, holds ${formatSize(medium.capacity)}`
              : unsaid,
          },
        ]),
    { key: "Carried by", value: carrierText(carriage.fixed) ?? unsaid },
  ];
}
