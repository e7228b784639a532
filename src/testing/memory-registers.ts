import type { FaxMachine } from "../domain/fax-machine.ts";
import type { KeptFaxReport } from "../domain/fax-report.ts";
import type { IncomingPost } from "../domain/incoming-post.ts";
import type { Medium } from "../domain/medium.ts";
import type { Reader, Writer } from "../domain/records.ts";
import { StoreError } from "../store/error.ts";
import { inOrder } from "./memory-order.ts";

/** The registers of the in-memory store at one moment. */
export interface RegisterTables {
  readonly media: Map<string, Medium>;
  readonly faxMachines: Map<string, FaxMachine>;
  readonly incomingPosts: Map<string, IncomingPost>;
  /** By reference. */
  readonly faxReports: Map<string, KeptFaxReport>;
}

type Reading =
  | ("medium" | "mediumBySerial" | "media" | "mediaOf" | "faxMachine" | "faxMachineByNumber" | "faxMachines")
  | ("incomingPosts" | "incomingPost" | "incomingPostFor")
  | ("faxReport" | "keptFaxReport");

export function registerReader(tables: () => RegisterTables): Pick<Reader, Reading> {
  const media = () => inOrder(tables().media.values(), ({ serial }) => serial);
  const machines = () => inOrder(tables().faxMachines.values(), ({ location, number }) => `${location}\u0000${number}`);
  const posts = () => inOrder(tables().incomingPosts.values(), ({ at, id }) => `${at}\u0000${id}`);
  return {
    incomingPosts: async () => posts(),
    incomingPost: async (id) => tables().incomingPosts.get(id) ?? null,
    incomingPostFor: async (memberId) => posts().filter((each) => each.memberId === memberId),
    medium: async (id) => tables().media.get(id) ?? null,
    mediumBySerial: async (serial) => media().find((each) => each.serial === serial) ?? null,
    media: async () => media(),
    mediaOf: async (reference) => media().filter((each) => each.reference === reference),
    faxMachine: async (id) => tables().faxMachines.get(id) ?? null,
    faxMachineByNumber: async (number) => machines().find((each) => each.number === number) ?? null,
    faxMachines: async () => machines(),
    async faxReport(reference) {
      const kept = tables().faxReports.get(reference);
      if (!kept) return null;
      const { content: _, ...report } = kept;
      return report;
    },
    keptFaxReport: async (reference) => tables().faxReports.get(reference) ?? null,
  };
}

export function registerWriter(
  tables: RegisterTables,
): Pick<Writer, "saveMedium" | "saveFaxMachine" | "saveFaxReport" | "saveIncomingPost" | "removeIncomingPost"> {
  return {
    saveIncomingPost: async (post) => void tables.incomingPosts.set(post.id, structuredClone(post)),
    removeIncomingPost: async (id) => void tables.incomingPosts.delete(id),
    async saveMedium(medium) {
      const taken = [...tables.media.values()].some(({ id, serial }) => serial === medium.serial && id !== medium.id);
      if (taken) throw conflict();
      tables.media.set(medium.id, structuredClone(medium));
    },
    async saveFaxMachine(machine) {
      const taken = [...tables.faxMachines.values()].some(
        ({ id, number }) => number === machine.number && id !== machine.id,
      );
      if (taken) throw conflict();
      tables.faxMachines.set(machine.id, structuredClone(machine));
    },
    saveFaxReport: async (report) => void tables.faxReports.set(report.reference, structuredClone(report)),
  };
}

function conflict(): StoreError {
  return new StoreError({ code: "conflict", message: "That serial or number is in the register already." });
}
