import type { FastifyHelmetOptions } from "@fastify/helmet";
import type { Place } from "./parts.ts";

/**
 * CSP source of the one inline script of a page, as govuk-frontend's template.njk writes it: it marks the body as `js-enabled`
 * before anything is drawn. A test takes the hash of the installed template's script and compares.
 */
export const TEMPLATE_SCRIPT_SOURCE = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='";

/** The only Trusted Types policy of our browser code: it turns a worker's name into its address (src/web/start-worker.ts). */
export const TRUSTED_TYPES_POLICY = "waybill";

/**
 * Nothing from anywhere but here, no inline code but the template's script, Trusted Types enforced. Frames are for viewing an
 * opened file: a blob of this page, sandboxed by the page.
 */
export function contentSecurityPolicy(place: Place): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", TEMPLATE_SCRIPT_SOURCE],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "blob:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        frameSrc: ["blob:"],
        mediaSrc: ["blob:"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: [TRUSTED_TYPES_POLICY],
        ...(place.secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: place.secure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: "same-origin" }, // with no-referrer browsers post our own forms with the origin null
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: "deny" },
  };
}
