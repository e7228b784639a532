/** What this slice uses of the package, whose own types its `exports` hide. */
declare module "better-sqlite3-multiple-ciphers" {
  export default class Database {
    /** @param options.timeout milliseconds to wait for a lock */
    constructor(file: string, options?: { readonly timeout?: number; readonly readonly?: boolean });
    readonly inTransaction: boolean;
    /** The key as bytes; those of `raw:` and 64 hexadecimal digits are taken as they are. */
    key(key: Buffer): number;
    pragma(source: string, options?: { readonly simple?: boolean }): unknown;
    exec(source: string): this;
    prepare(source: string): Statement;
    close(): this;
  }
  export interface Statement {
    /** Whether it answers rows. */
    readonly reader: boolean;
    all(...parameters: readonly unknown[]): unknown[];
    get(...parameters: readonly unknown[]): unknown;
    run(...parameters: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
    iterate(...parameters: readonly unknown[]): IterableIterator<unknown>;
  }
}
