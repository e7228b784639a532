import { createMemoryBlobs } from "../../src/testing/memory-blobs.ts";
import { createMemoryEphemera } from "../../src/testing/memory-ephemera.ts";
import { createMemoryRecords } from "../../src/testing/memory-records.ts";
import { agreeingContract } from "./agreeing-contract.ts";
import { blobsContract } from "./blobs-contract.ts";
import { ephemeraContract } from "./ephemera-contract.ts";
import { incidentContract } from "./incident-contract.ts";
import { logContract } from "./log-contract.ts";
import { outboxContract } from "./outbox-contract.ts";
import { oversightContract } from "./oversight-contract.ts";
import { readingContract } from "./reading-contract.ts";
import { recordsContract } from "./records-contract.ts";
import { recoveryContract } from "./recovery-contract.ts";
import { registersContract } from "./registers-contract.ts";

const close = async () => undefined;

recordsContract("memory", async () => createMemoryRecords().records);
readingContract("memory", async () => createMemoryRecords().records);
agreeingContract("memory", async () => createMemoryRecords().records);
recoveryContract("memory", async () => createMemoryRecords().records);
registersContract("memory", async () => createMemoryRecords().records);
oversightContract("memory", async () => createMemoryRecords());
incidentContract("memory", async () => createMemoryRecords().records);
outboxContract("memory", async () => createMemoryRecords());
logContract("memory", async () => ({ ...createMemoryRecords(), close }));
ephemeraContract("memory", async () => ({ ephemera: createMemoryEphemera(), close }));
blobsContract("memory", async () => ({ blobs: createMemoryBlobs(), close }));
