const NAME = "waybill";
const VERSION = 1;

/** The stores of this site's IndexedDB, and what their keys are. */
const STORES = {
  /** By reference: an upload in progress (`UploadRow`). */
  uploads: "reference",
  /** By [reference, index]: the digest of a piece (`PieceRow`). */
  pieces: ["reference", "index"],
  /** By reference: what was sealed here and has not been sent yet (`Made`). */
  made: "reference",
  /** By recipient id: the key made at arrival (`ArrivalRow`). */
  arrivals: "id",
  /** By address: public keys seen before (`PinsRow`). */
  pins: "address",
} as const;

export type StoreName = keyof typeof STORES;

/** Opens what this browser keeps for us, making it when it is not there. Close it when done. */
export async function openKept(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    for (const [name, keyPath] of Object.entries(STORES)) {
      const path = typeof keyPath === "string" ? keyPath : [...keyPath];
      if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, { keyPath: path });
    }
  };
  const database = await answerOf(request);
  database.onversionchange = () => database.close();
  return database;
}

/** The answer of one request. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** When a transaction is through: with durability `strict`, its data is on the disk then. */
export function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("Aborted", "AbortError"));
  });
}

/** One row of a store; null when there is none. */
export async function load<T>(store: StoreName, key: IDBValidKey): Promise<T | null> {
  const database = await openKept();
  try {
    const row: unknown = await answerOf(database.transaction(store).objectStore(store).get(key));
    return (row ?? null) as T | null; // this site alone writes its database
  } finally {
    database.close();
  }
}

/** Puts one row, durably. */
export async function save(store: StoreName, row: object): Promise<void> {
  await change(store, (rows) => rows.put(row));
}

export async function remove(store: StoreName, key: IDBValidKey | IDBKeyRange): Promise<void> {
  await change(store, (rows) => rows.delete(key));
}

async function change(store: StoreName, act: (rows: IDBObjectStore) => IDBRequest): Promise<void> {
  const database = await openKept();
  try {
    const transaction = database.transaction(store, "readwrite", { durability: "strict" });
    act(transaction.objectStore(store));
    await finished(transaction);
  } finally {
    database.close();
  }
}
