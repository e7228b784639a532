import { FORMATS, type Format } from "../containers/formats.ts";
import { parseArrivalCode } from "../domain/arrival-code.ts";
import { parseReference } from "../domain/reference.ts";
import type { Command } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, readOptions } from "./options.ts";
import type { Wanted } from "./packaging/wanted.ts";

const OPTIONS = {
  ...COMMON,
  reference: { type: "string" },
  format: { type: "string" },
  "recipient-has": { type: "string" },
  advise: { type: "boolean" },
  output: { type: "string", short: "o" },
  "to-volume": { type: "string" },
  serial: { type: "string" },
  "mark-volume": { type: "boolean" },
  registered: { type: "boolean" },
  "without-register": { type: "boolean" },
  server: { type: "string" },
  organisation: { type: "string" },
  call: { type: "string" },
  "arrived-at": { type: "string" },
  "arrival-code": { type: "string" },
  "return-to": { type: "string" },
  recipient: { type: "string", short: "r", multiple: true },
  "recipients-file": { type: "string", short: "R", multiple: true },
  classic: { type: "boolean" },
  "type-password": { type: "boolean" },
  "password-fd": { type: "string" },
  "password-to-fd": { type: "string" },
  "password-file": { type: "string" },
  record: { type: "string" },
} as const;

/** `waybill package`: files to a package that ordinary tools open (SDT-15, OXM-13), made here, without a server. */
export const packageCommand: Command = {
  usage:
    "waybill package FILE… --reference WB-… --format zip|age|pdf|office (-o DIR | --to-volume PATH --serial SERIAL) --organisation NAME --call WHOM",
  help: `Makes an encrypted package that the recipient opens with programs of their own, and the instruction sheets that go with it, in English and
Welsh. File names outside are the reference only. Nothing is uploaded. Prints a record with the digest of every file.

      --reference WB-…      the transfer's reference
      --format FORMAT       zip (AES-256: 7-Zip, WinZip, Keka), age, pdf (each PDF gets a password), office (each .docx, .xlsx, .pptx does)
      --recipient-has LIST  what the recipient has, with commas between: 7-zip, winzip, windows, macos, keka, age, office, libreoffice,
                            pdf-reader. Chooses the format where --format is not given
      --advise              only say which formats serve, who can open each and with what
  -o, --output DIR          the folder for package and sheets; it is made where it is missing
      --to-volume PATH      the top folder of a registered stick or disk: it is checked (registered, no system disk, empty, room), written,
                            flushed, and every byte is read back and compared
      --serial SERIAL       its serial in the register of media
                            The server that this command line is enrolled at (--server URL where there are several) is asked first
                            whether its register has that medium issued to you (--registered says the same)
      --without-register    do not ask, where there is no network: the serial is taken as typed, and the record says so
      --mark-volume         write that serial onto it first, in a file of its own: once, when it is registered
      --organisation NAME   who sends it, and
      --call WHOM           whom to call there, for the sheets, such as "Records desk, 020 7946 0001"
      --arrived-at HOST     where the recipient can confirm arrival (HOST/arrived), and
      --arrival-code CODE   the recipient's code for that, both from the page that adds the files; for the sheets too
      --return-to ADDRESS   where a stick or disk is sent back to, for the sheets too
      --type-password       choose the password at the terminal instead of having one made; it must be strong
      --password-fd N       read a chosen password from file descriptor N
      --password-to-fd N    write the made password to file descriptor N instead of showing it once at the terminal
      --password-file FILE  or to a new file that only you can read; never where the package goes
  -r, --recipient KEY       of an age file: seal to a public key (age1pq1…) instead of a password; may be given again
  -R, --recipients-file F   a file of public keys, one a line; may be given again
      --classic             allow classic keys (age1…), which older age programs can open
      --record FILE.pdf     the record as a PDF too, to print, sign and file: a new file
      --json                the record as JSON
`,
  async run(args, parts) {
    const { values, positionals } = readOptions({ args: [...args], options: OPTIONS, allowPositionals: true });
    const wanted: Wanted = {
      files: positionals,
      format: formatOf(values.format),
      has: values["recipient-has"]?.split(",").map((each) => each.trim()) ?? null,
      keys: { keys: values.recipient ?? [], files: values["recipients-file"] ?? [], classic: values.classic === true },
      password: {
        typed: values["type-password"] === true,
        fd: values["password-fd"],
        toFd: values["password-to-fd"],
        toFile: values["password-file"],
      },
      json: values.json === true,
      record: values.record,
    };
    if (positionals.length === 0) throw usage("Give the files that go into the package.");
    // What makes packages is large: loaded by this command alone.
    if (values.advise === true) return (await import("./packaging/advise.ts")).advise(wanted, parts);
    const [reference, organisation, call] = [values.reference, values.organisation, values.call].map((each) =>
      each?.trim(),
    );
    if (!reference) throw usage("Give the transfer's reference: --reference WB-….");
    if (!organisation || !call)
      throw usage("Say who sends it and whom to call: --organisation NAME --call WHOM. Both stand on the sheets.");
    const place = placeOf(values);
    if (values.registered === true && !("volume" in place))
      throw usage("--registered asks about a medium: give --to-volume PATH and --serial SERIAL.");
    if (place.inRegister === "asked") {
      const { refuseUnlessIssued } = await import("./packaging/ask-register.ts");
      await refuseUnlessIssued(place.serial, parts, values.server);
    }
    const { makePackage } = await import("./packaging/make-package.ts");
    await makePackage(
      wanted,
      { reference: referenceOf(reference), organisation, call, arrival: arrivalOf(values), returnTo: returnOf(values) },
      place,
      parts,
    );
  },
};

function formatOf(typed: string | undefined): Format | null {
  const format = FORMATS.find((each) => each === typed);
  if (typed === undefined || format !== undefined) return format ?? null;
  throw usage(`--format takes ${FORMATS.join(", ")}.`);
}

type Values = {
  readonly output?: string;
  readonly "to-volume"?: string;
  readonly serial?: string;
  readonly "mark-volume"?: boolean;
  readonly registered?: boolean;
  readonly "without-register"?: boolean;
};

function placeOf(values: Values) {
  const { output, "to-volume": volume, serial } = values;
  if ((output === undefined) === (volume === undefined))
    throw usage("Say where it goes: -o DIR or --to-volume PATH, one of them.");
  if (output !== undefined) return { folder: output, inRegister: null } as const;
  if (serial === undefined) throw usage("Give the medium's serial in the register: --serial SERIAL.");
  const unasked = values["without-register"] === true;
  if (unasked && values.registered === true) throw usage("Give --registered or --without-register, not both.");
  return {
    ...{ volume: volume ?? "", serial, mark: values["mark-volume"] === true },
    inRegister: unasked ? "not-asked" : "asked",
  } as const;
}

function arrivalOf(values: { readonly "arrived-at"?: string; readonly "arrival-code"?: string }) {
  const [host, typed] = [values["arrived-at"], values["arrival-code"]];
  if (host === undefined && typed === undefined) return null;
  const code = parseArrivalCode(typed ?? "");
  if (host !== undefined && /^[a-z0-9.-]+(?::\d+)?$/i.test(host) && code !== null) return { host, code };
  throw usage(
    "--arrived-at takes a host, such as waybill.example.org, and --arrival-code the code from the transfer's page: both or none.",
  );
}

/** SDT-24: one line for the sheets. */
function returnOf({ "return-to": typed }: { readonly "return-to"?: string }): string | null {
  return typed?.replaceAll(/\s+/g, " ").trim() || null;
}

function referenceOf(typed: string): string {
  try {
    return parseReference(typed);
  } catch (cause) {
    throw new CliError({ code: "usage", message: cause instanceof Error ? cause.message : String(cause), cause });
  }
}

function usage(message: string): CliError {
  return new CliError({ code: "usage", message });
}
