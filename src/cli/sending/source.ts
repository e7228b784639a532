/** One thing that is sent: its name, and its bytes as often as they are asked for. */
export interface Source {
  /** Folders separated by `/`, as the person named them. */
  readonly name: string;
  readonly kind: "file" | "message";
  /** Bytes. */
  readonly size: number;
  /** Differs once the file was changed, as far as the system tells without reading it. */
  readonly stamp: string;
  /** All bytes, `size` of them. @throws CliError `changed-files` when there are others by now, `file` */
  stream(): AsyncIterable<Uint8Array>;
  /** Bytes [start, end), fewer at the end. */
  part(start: number, end: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
