import Database from "better-sqlite3-multiple-ciphers";
import { StoreError, translated } from "./error.ts";

/**
 * Holds the data for this process until `release` or its end, however it ends: SQLite's exclusive lock on a file of its
 * own is a lock of the operating system on an open file, so that a file left behind by a killed process blocks nobody.
 * @throws StoreError `locked` while another server holds it.
 */
export function holdData(file: string): { release(): void } {
  try {
    const connection = new Database(file, { timeout: 0 });
    try {
      connection.exec("begin exclusive");
    } catch (error) {
      connection.close();
      throw error;
    }
    return { release: () => void connection.close() };
  } catch (cause) {
    const error = translated(cause);
    if (!(error instanceof StoreError) || error.code !== "locked") throw error;
    throw new StoreError({
      code: "locked",
      message:
        "Another server is running on this data. Nothing was changed. Stop it first, or start this one on another data folder.",
      cause,
    });
  }
}
