import type { Migration } from "kysely/migration";
import { start as ephemeraStart } from "./migrations/ephemera-0001-start.ts";
import { start as recordsStart } from "./migrations/records-0001-start.ts";
import { agreeing } from "./migrations/records-0002-agreeing.ts";
import { recoveryKey } from "./migrations/records-0003-recovery-key.ts";
import { log } from "./migrations/records-0004-log.ts";
import { incidents } from "./migrations/records-0005-incidents.ts";
import { oversight } from "./migrations/records-0006-oversight.ts";
import { governance } from "./migrations/records-0007-governance.ts";
import { registers } from "./migrations/records-0008-registers.ts";
import { agreeingMore } from "./migrations/records-0009-agreeing-more.ts";

import { policyText } from "./migrations/records-0011-policy-text.ts";
import { carrying } from "./migrations/records-0012-carrying.ts";
import { askedRules } from "./migrations/records-0013-asked-rules.ts";
import { faxReports } from "./migrations/records-0015-fax-reports.ts";
import { adviceFollowed } from "./migrations/records-0017-advice-followed.ts";
import { adviceVerdict } from "./migrations/records-0018-advice-verdict.ts";
import { standIns } from "./migrations/records-0019-stand-ins.ts";
import { adviceShown } from "./migrations/records-0020-advice-shown.ts";
import { approverTerms } from "./migrations/records-0021-approver-terms.ts";
import { arrangedTerms } from "./migrations/records-0023-arranged-terms.ts";
import { incomingPost } from "./migrations/records-0024-incoming-post.ts";
import { carriedArrivals } from "./migrations/records-0027-carried-arrivals.ts";
import { worseReports } from "./migrations/records-0030-worse-reports.ts";
import { carriedExpected } from "./migrations/records-0032-carried-expected.ts";

export type Migrations = Readonly<Record<string, Migration>>;

/**
 * Steps of the two schemas, in order of their names; a published step never changes. They use what SQLite and
 * PostgreSQL share: text, integer, bigint, deferrable references. Times are ISO 8601 text in UTC, nested parts JSON
 * text.
 */
export const recordMigrations: Migrations = {
  "0001-start": { up: recordsStart },
  "0002-agreeing": { up: agreeing },
  "0003-recovery-key": { up: recoveryKey },
  "0004-log": { up: log },
  "0005-incidents": { up: incidents },
  "0006-oversight": { up: oversight },
  "0007-governance": { up: governance },
  "0008-registers": { up: registers },
  "0009-agreeing-more": { up: agreeingMore },
  "0011-policy-text": { up: policyText },
  "0012-carrying": { up: carrying },
  "0013-asked-rules": { up: askedRules },
  "0015-fax-reports": { up: faxReports },
  "0017-advice-followed": { up: adviceFollowed },
  "0018-advice-verdict": { up: adviceVerdict },
  "0019-stand-ins": { up: standIns },
  "0020-advice-shown": { up: adviceShown },
  "0021-approver-terms": { up: approverTerms },
  "0023-arranged-terms": { up: arrangedTerms },
  "0024-incoming-post": { up: incomingPost },
  "0027-carried-arrivals": { up: carriedArrivals },
  "0030-worse-reports": { up: worseReports },
  "0032-carried-expected": { up: carriedExpected },
};
export const ephemeralMigrations: Migrations = { "0001-start": { up: ephemeraStart } };
