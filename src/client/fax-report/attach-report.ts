import { toBase64 } from "../../bytes/base64.ts";
import { LARGEST_REPORT, reportTypeOf } from "../../domain/fax-report.ts";
import type { ReportBody, ReportReadersAnswer } from "../../domain/wire/fax-report.ts";
import { sealReport } from "../../seal/fax-report.ts";
import { ClientError, lying } from "../error.ts";
import type { Http } from "../http.ts";
import type { CheckKeys } from "../sending/keys.ts";
import { list, record, type Shape, text } from "../shape.ts";
import { keyLine } from "../views.ts";

const readersAnswer: Shape<ReportReadersAnswer> = record({
  readers: list(record({ memberId: text, name: text, address: text, keys: list(keyLine) })),
  now: text,
});

/** What the page showed its sender before they chose the file. */
export interface ReportSeen {
  readonly reference: string;
  /** Whom it is sealed to. */
  readonly readers: readonly { readonly memberId: string; readonly address: string }[];
  /** What stands there; empty for nothing. */
  readonly now: string;
}

/**
 * SIS-25: seals the scan of a transmission report to the sender and whoever agreed, exactly those whom the page named, and stores it.
 * Every key is proved from the key log first.
 * @throws ClientError `unfit`, `too-large`, `changed-keys`, `lying-server`, `no-access`, `refused`, `offline`
 */
export async function attachFaxReport(
  bytes: Uint8Array<ArrayBuffer>,
  { reference, readers, now }: ReportSeen,
  { http, checkKeys }: { readonly http: Http; readonly checkKeys: CheckKeys },
): Promise<void> {
  refuseUnfit(bytes);
  const path = `/api/transfers/${reference}/fax-report`;
  const found = await http.get(`${path}/readers`, readersAnswer);
  const named = (each: { readonly memberId: string; readonly address: string }) => `${each.memberId} ${each.address}`;
  const shown = new Set(readers.map(named));
  if (shown.size !== found.readers.length || !found.readers.every((each) => shown.has(named(each)))) {
    throw noAccess("Who may read the report is not who this page says. Load the page again.");
  }
  for (const { name, address, keys } of found.readers) {
    if (keys.some((each) => each.address !== address)) throw lying(`it gives a key of somebody else for ${address}`);
    if (keys.length === 0) throw noAccess(`${name} has no key any more. Say where the report is kept on paper.`);
  }
  const keys = found.readers.flatMap((each) => each.keys);
  await checkKeys(keys);
  const sealed = await sealReport(
    { reference, bytes },
    keys.map(({ recipient }) => recipient),
  );
  const ids = found.readers.map(({ memberId }) => memberId);
  const body: ReportBody = { content: toBase64(sealed.bytes), digest: sealed.digest, readers: ids, replaces: now };
  await http.tell("POST", path, body);
}

/** Before anything leaves the device, by what it is and not by its name. */
function refuseUnfit(bytes: Uint8Array): void {
  if (bytes.length > LARGEST_REPORT) {
    const message = "This is larger than 5 MB. Nothing was stored: scan it smaller, or say where it is kept on paper.";
    throw new ClientError({ code: "too-large", message });
  }
  if (reportTypeOf(bytes) === null) {
    const message = "This is no PDF, PNG or JPEG. Nothing was stored: scan the report as one of these.";
    throw new ClientError({ code: "unfit", message });
  }
}

function noAccess(why: string): ClientError {
  return new ClientError({ code: "no-access", message: `${why} Nothing was stored.` });
}
