import type { Need } from "../../domain/assessment.ts";
import type { FixedCarriage } from "../../domain/carriage.ts";
import type { Medium } from "../../domain/medium.ts";
import type { Reader } from "../../domain/records.ts";
import { formatSize } from "../../domain/size-text.ts";
import type { Transfer } from "../../domain/transfer.ts";

/** SDT-23: why what is stated does not fit onto the registered medium, and what to do; null: it fits, or its size is not known yet. */
export function noRoom(
  { package: made, bytes }: Pick<FixedCarriage, "package" | "bytes">,
  medium: Pick<Medium, "serial" | "capacity"> | null,
): string | null {
  const size = made?.bytes ?? bytes;
  if (medium === null || size === null || size <= medium.capacity) return null;
  return `${formatSize(size)} do not fit onto ${medium.serial}, which holds ${formatSize(medium.capacity)}. Choose a larger registered medium, or send less.`;
}

/** The condition that it fits: asked until it went, and not at all where it does. */
export async function roomNeeds(read: Reader, { carriage, state }: Transfer): Promise<readonly Need[]> {
  if (carriage?.method !== "removable-media" || carriage.fixed.mediumId === null) return [];
  if (!["draft", "requested", "approved"].includes(state)) return [];
  const says = noRoom(carriage.fixed, await read.medium(carriage.fixed.mediumId));
  return says === null ? [] : [{ rule: "media-room", clauses: ["SDT-23"], need: "media:room", says }];
}
