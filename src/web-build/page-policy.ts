/**
 * CSP source of the one inline script of a page, as govuk-frontend's template.njk writes it. It marks the body as
 * `js-enabled` before anything is drawn. A test takes the hash of the installed template's script and compares.
 */
export const TEMPLATE_SCRIPT_SOURCE = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='";

/**
 * The only Trusted Types policies that our browser code makes, for the `trusted-types` directive. `waybill` turns the
 * name of one of our own workers into its address and does nothing else (src/web/start-worker.ts).
 */
export const TRUSTED_TYPES_POLICIES = ["waybill"] as const;
