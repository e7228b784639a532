/**
 * The slices of src/ and which others each may import: DESIGN's order, "imports go down only". A new slice gets a line
 * here, a tsconfig.json whose references are among these, and a place in the two lists of references at the root.
 */
export const SLICES: Readonly<Record<string, readonly string[]>> = {
  bytes: [],
  domain: ["bytes"],
  envelope: ["bytes"],
  log: ["bytes"],
  evidence: ["bytes", "domain", "log"],
  paperwork: ["bytes", "domain", "log", "evidence"],
  "paperwork/pdf": ["paperwork"],
  seal: ["bytes", "domain", "envelope", "log"],
  containers: ["bytes", "domain", "envelope", "log", "seal"],
  policy: ["bytes", "domain", "envelope", "log"],
  store: ["bytes", "domain", "envelope", "log"],
  client: ["bytes", "domain", "envelope", "log", "evidence", "seal"],
  "web-build": [],
  server: [
    ...["bytes", "domain", "envelope", "log", "evidence", "paperwork", "paperwork/pdf", "policy", "store"],
    "web-build",
  ],
  jobs: ["bytes", "domain", "envelope", "log", "store"],
  "web/workers": ["bytes", "domain", "envelope", "log", "seal", "containers", "paperwork", "client"],
  web: ["bytes", "domain", "envelope", "log", "evidence", "seal", "client", "web/workers"],
  cli: [
    ...["bytes", "domain", "envelope", "log", "evidence", "seal", "policy", "client"],
    ...["containers", "paperwork", "paperwork/pdf"],
  ],
  demo: ["bytes", "domain", "envelope", "log", "seal", "policy", "store", "client", "server", "jobs"],
  "demo-page": ["bytes", "demo"],
  bin: [
    ...["bytes", "domain", "envelope", "log", "seal", "policy", "store", "client"],
    ...["web-build", "server", "jobs", "cli", "demo"],
  ],
  testing: [
    ...["bytes", "domain", "envelope", "log", "evidence", "seal", "policy", "store", "client"],
    ...["web-build", "server", "jobs", "demo"],
  ],
};

/** Slices that run anywhere: no Node, no page. Their compiler settings name no types but the language's and the worker's. */
export const PURE_SLICES: readonly string[] = [
  "bytes",
  "domain",
  "envelope",
  "log",
  "evidence",
  "paperwork",
  "seal",
  "containers",
  "client",
];

/** The npm packages that the files of each slice import, tests aside. Each one here is a decision: add it with the import. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  log: ["@noble/hashes"],
  seal: ["@noble/ciphers", "@noble/hashes", "age-encryption"],
  containers: [
    ...["@cantoo/pdf-lib", "@noble/ciphers", "@noble/hashes", "@zip.js/zip.js"],
    ...["@zxcvbn-ts/core", "@zxcvbn-ts/language-common", "@zxcvbn-ts/language-en"],
  ],
  policy: ["@cedar-policy/cedar-wasm", "yaml"],
  "paperwork/pdf": ["pdfkit", "uqr"],
  store: ["better-sqlite3-multiple-ciphers", "kysely"],
  client: ["@noble/curves"],
  "web-build": ["esbuild"],
  server: [
    ...["@fastify/cookie", "@fastify/formbody", "@fastify/helmet", "@fastify/static", "fastify"],
    ...["@simplewebauthn/server", "nunjucks", "typebox"],
  ],
  jobs: ["nodemailer", "postal-mime"],
  web: ["govuk-frontend", "pdfjs-dist"],
  demo: ["@fastify/cookie", "typebox"],
  bin: ["esbuild", "fastify"],
  testing: ["fastify", "kysely", "pdfjs-dist", "playwright-core"],
};

/** What the server and the jobs must not contain, however far down: code that opens what is sealed, and the demo. */
export const NOT_IN_SERVER = {
  slices: ["seal", "containers", "client", "cli", "web", "web/workers", "demo", "demo-page", "testing"],
  packages: ["age-encryption", "@noble/ciphers", "esbuild"],
} as const;

/** Licences under which a package may be part of what we ship. */
export const PERMISSIVE = [
  ...["MIT", "MIT-0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "CC0-1.0", "BlueOak-1.0.0"],
  "OFL-1.1", // fonts
] as const;
