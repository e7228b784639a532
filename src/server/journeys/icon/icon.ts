import { type Row, row } from "../../gate/row.ts";

/** A sealed envelope, in the colour of the header. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="2" y="6" width="28" height="20" rx="2" fill="#1d3557"/><path d="M3 8l13 10L29 8" fill="none" stroke="#fff" stroke-width="2"/><circle cx="16" cy="19" r="5" fill="#c1121f" stroke="#fff"/></svg>';

export const iconRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/icon.svg",
    who: "anyone",
    handle: async ({ reply }) => {
      await reply.type("image/svg+xml").header("cache-control", "public, max-age=86400").send(ICON);
      return null;
    },
  }),
];
