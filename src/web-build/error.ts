/** Everything that can go wrong between the sources for browsers and the files that are served. */
export type WebBuildCode =
  | "not-bundled" // there is no manifest: the bundler has not run here
  | "bad-manifest" // the manifest is there, but not as the bundler writes it
  | "does-not-bundle" // esbuild refused a source
  | "unexpected-stylesheet"; // a published stylesheet is no longer what the neutral brand is cut from

/** The files for browsers could not be made or found. `message` is for whoever runs the build or starts the server. */
export class WebBuildError extends Error {
  readonly code: WebBuildCode;
  constructor(options: { code: WebBuildCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "WebBuildError";
    this.code = options.code;
  }
}
