import { parseSerial } from "../../domain/medium.ts";
import type { RegisteredAnswer } from "../../domain/wire/media.ts";
import { ServerError } from "../error.ts";
import { type Row, row } from "../gate/row.ts";

/** SDT-23: what the register says of a serial, for the program that writes onto the medium: whether it was issued to whoever asks. */
export const mediaApiRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/media/:serial",
    who: "colleague",
    handle: async (visit): Promise<RegisteredAnswer> => {
      const serial = parseSerial(visit.params.serial ?? "");
      const medium = serial === null ? null : await visit.parts.records.read.mediumBySerial(serial);
      if (!medium) {
        throw new ServerError({
          code: "no-such-page",
          message: "No medium with this serial is registered. Nothing was written: look at its label again.",
        });
      }
      const { state, kind, custodianId } = medium;
      return { serial: medium.serial, state, kind, issuedToYou: state === "issued" && custodianId === visit.member.id };
    },
  }),
];
