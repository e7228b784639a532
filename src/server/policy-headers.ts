import type { FastifyHelmetOptions } from "@fastify/helmet";
import type { Place } from "./parts.ts";

/**
 * CSP source of the one inline script of a page, as govuk-frontend's template.njk writes it: it marks the body as `js-enabled`
 * before anything is drawn. A test takes the hash of the installed template's script and compares.
 */
export const TEMPLATE_SCRIPT_SOURCE = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='";

/** The only Trusted Types policy of our browser code: it turns a worker's name into its address (src/web/start-worker.ts). */
export const TRUSTED_TYPES_POLICY = "waybill";

/** Where the frame is in which a PDF is drawn. */
export const PDF_FRAME_PATH = "/view/pdf";

/**
 * Nothing from anywhere but here, no inline code but the template's script, Trusted Types enforced. Frames are for viewing an
 * opened file, sandboxed by the page: a blob of it, or the frame in which a PDF is drawn.
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
        frameSrc: ["blob:", () => place.origin + PDF_FRAME_PATH],
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

/**
 * The policy of the frame in which a PDF is drawn. Whoever wrote the PDF may be hostile, and the code that reads it large: so the
 * frame has no origin, runs its one script and the worker inside that, and can fetch, send, open and navigate nowhere.
 * `wasm-unsafe-eval` lets the decoders of scanned pictures be compiled; it lets no text become script.
 */
export function pdfFramePolicy(place: Place, script: string, styles: readonly string[]): string {
  const directives = [
    "default-src 'none'",
    `script-src ${place.origin}${script} 'wasm-unsafe-eval'`,
    `style-src ${styles.map((path) => place.origin + path).join(" ")}`,
    "worker-src blob:",
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${place.origin}`,
    "sandbox allow-scripts",
    "require-trusted-types-for 'script'",
    `trusted-types ${TRUSTED_TYPES_POLICY}`,
  ];
  return directives.join(";");
}
