/**
 * The name of the file that marks a folder as a demo's. Anybody could use the demo's keys, so the demo starts in no other folder,
 * and the ordinary server not in this one.
 */
export const DEMO_MARKER = "this-is-a-waybill-demo";
