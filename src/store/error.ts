/** What the store refuses. */
export type StoreCode =
  | "wrong-key" // the file is not a database under this key
  | "no-key" // there is a database, and its key file is missing
  | "unsafe-key" // the key file is readable by others, inside the data folder, or not 32 bytes
  | "locked" // another server runs on the same data
  | "unwritable"
  | "no-room"
  | "newer-schema" // a newer version of this program wrote the data
  | "damaged" // what is stored is not what this program writes
  | "no-event" // a write appended no event
  | "nested" // a write inside a write
  | "conflict" // an address or id is taken
  | "dangling"; // something refers to what is not there

/** The database refused. `message` is for operators; pages show it as a reference only. */
export class StoreError extends Error {
  readonly code: StoreCode;
  constructor(options: { code: StoreCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "StoreError";
    this.code = options.code;
  }
}

const RULES: readonly { readonly code: StoreCode; readonly causes: readonly string[]; readonly message: string }[] = [
  {
    code: "conflict",
    causes: ["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"],
    message: "That address or identifier is already used by another record. Nothing was changed.",
  },
  {
    code: "dangling",
    causes: ["SQLITE_CONSTRAINT_FOREIGNKEY"],
    message: "A record refers to another one that does not exist. Nothing was changed.",
  },
  {
    code: "wrong-key",
    causes: ["SQLITE_NOTADB"],
    message:
      "The database does not open with this key. The data is untouched. Start with the key file that belongs to it, or restore the database if it is damaged.",
  },
  {
    code: "no-room",
    causes: ["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "ENOSPC", "EDQUOT"],
    message:
      "The disk is full. What was acknowledged is kept, and this change was not made. Free some space and repeat it.",
  },
  {
    code: "unwritable",
    causes: [
      "SQLITE_READONLY",
      "SQLITE_CANTOPEN",
      "SQLITE_PERM",
      "SQLITE_IOERR",
      "EACCES",
      "EPERM",
      "EROFS",
      "EIO",
      "EEXIST",
      "ENOTDIR",
    ],
    message:
      "The data folder cannot be written. What was acknowledged is kept. Check that it exists, is not read-only, and belongs to the user that the server runs as.",
  },
  {
    code: "locked",
    causes: ["SQLITE_BUSY", "SQLITE_LOCKED"],
    message: "Another process holds the database. Nothing was changed. Stop the other server on this data first.",
  },
  {
    code: "damaged",
    causes: ["SQLITE_CORRUPT"],
    message: "The database is damaged. Stop the server and restore it from a backup.",
  },
];

/** The cause as a StoreError, where its `code` is one of SQLite's or the system's; anything else as it is. */
export function translated(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof StoreError || !("code" in cause)) return cause;
  const code = String(cause.code);
  const exact = RULES.find((rule) => rule.causes.includes(code));
  const rule = exact ?? RULES.find((each) => each.causes.some((start) => code.startsWith(`${start}_`)));
  return rule === undefined ? cause : new StoreError({ code: rule.code, message: rule.message, cause });
}
