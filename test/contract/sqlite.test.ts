import { temporaryStore } from "../../src/testing/temporary-store.ts";
import { agreeingContract } from "./agreeing-contract.ts";
import { ephemeraContract } from "./ephemera-contract.ts";
import { logContract } from "./log-contract.ts";
import { outboxContract } from "./outbox-contract.ts";
import { readingContract } from "./reading-contract.ts";
import { recordsContract } from "./records-contract.ts";
import { recoveryContract } from "./recovery-contract.ts";
import { registersContract } from "./registers-contract.ts";

recordsContract("SQLite", async () => (await temporaryStore()).records);
readingContract("SQLite", async () => (await temporaryStore()).records);
agreeingContract("SQLite", async () => (await temporaryStore()).records);
recoveryContract("SQLite", async () => (await temporaryStore()).records);
registersContract("SQLite", async () => (await temporaryStore()).records);
outboxContract("SQLite", temporaryStore);
logContract("SQLite", temporaryStore);
ephemeraContract("SQLite", temporaryStore);
