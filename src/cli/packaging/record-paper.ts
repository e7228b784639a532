import { open, rm } from "node:fs/promises";
import { formatDateTime } from "../../domain/date-text.ts";
import { facts, heading, type Paper, paragraph } from "../../paperwork/paper.ts";
import { renderPdf } from "../../paperwork/pdf/render-pdf.ts";
import { CliError } from "../error.ts";
import { readableSize } from "../progress.ts";
import { fileError } from "../system-error.ts";
import { howReadBack, IN_REGISTER, PASSWORDS, type PackageRecord, severalText } from "./record.ts";

/** The record of a package as it is printed and filed (SDT-23): digests, medium, and how it was read back. No name of what is inside. */
export function recordPaper(record: PackageRecord, organisation: string): Paper {
  const { reference, format, madeAt, contents, medium, folder, files } = record;
  const several = severalText(record);
  return {
    title: `Record of the package ${reference}`,
    language: "en-GB",
    date: madeAt,
    author: organisation,
    foot: reference,
    blocks: [
      paragraph(howReadBack(record)),
      facts(
        ["Reference", reference],
        ["Made", formatDateTime(madeAt)],
        ["Kind", format],
        ["Files in it", `${contents.count}, ${readableSize(contents.bytes)}`],
        ...(several === null ? [] : [["Package", several] as const]),
        ...(medium === null
          ? [["Folder", folder] as const]
          : [
              [
                "Medium",
                `${medium.serial}, recognised by its ${medium.recognisedBy}; ${IN_REGISTER[medium.inRegister]}`,
              ] as const,
            ]),
        ["Password", PASSWORDS[record.password]],
      ),
      heading(2, "What was written"),
      ...files.map(({ name, size, sha256 }) =>
        facts(["File", name], ["Size", `${size.toLocaleString("en-GB")} bytes`], ["SHA-256", sha256]),
      ),
      { kind: "blank", label: "Made by: name, signature, date", lines: 1 },
    ],
  };
}

/** A new file for the record, open before anything is packed, so that a place that cannot be written is said first. */
export class RecordFile {
  readonly #path: string;
  readonly #file: Awaited<ReturnType<typeof open>>;

  private constructor(path: string, file: Awaited<ReturnType<typeof open>>) {
    this.#path = path;
    this.#file = file;
  }

  /** @throws CliError `usage` for another ending than .pdf, `file` where it is there already or cannot be made */
  static async open(path: string): Promise<RecordFile> {
    if (!path.toLowerCase().endsWith(".pdf"))
      throw new CliError({ code: "usage", message: "--record takes the name of a PDF, such as record.pdf." });
    const file = await open(path, "wx", 0o600).catch((cause: unknown) => {
      throw fileError("make", path, cause);
    });
    return new RecordFile(path, file);
  }

  async write(record: PackageRecord, organisation: string): Promise<void> {
    try {
      await this.#file.writeFile(await renderPdf(recordPaper(record, organisation)));
      await this.#file.sync();
    } catch (cause) {
      throw fileError("write", this.#path, cause);
    } finally {
      await this.#file.close();
    }
  }

  /** Where no package was made there is no record. */
  async abandon(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}
