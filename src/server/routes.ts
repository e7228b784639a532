import { receivingRows } from "./api/receiving.ts";
import { receivingContentRows } from "./api/receiving-content.ts";
import { inboxRows } from "./api/receiving-inbox.ts";
import { sendingDraftRows } from "./api/sending-draft.ts";
import { sendingSealRows } from "./api/sending-seal.ts";
import { sendingSignRows } from "./api/sending-sign.ts";
import { sendingWordsRows } from "./api/sending-words.ts";
import type { Row } from "./gate/row.ts";
import { homeRows } from "./journeys/home/home.ts";
import { uploadRows } from "./uploads/uploads.ts";

/** Every route there is. A test walks this table as anonymous, wrong role and wrong person. */
export const rows: readonly Row[] = [
  ...homeRows,
  ...receivingRows,
  ...receivingContentRows,
  ...inboxRows,
  ...sendingDraftRows,
  ...sendingSealRows,
  ...uploadRows,
  ...sendingSignRows,
  ...sendingWordsRows,
];
