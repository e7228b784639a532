/** What is printed for something that is carried is made from this, and from nothing else: it knows no purpose and no contents, and of a classification `handling` alone, which does not name it. */
export interface CarriedPaper {
  readonly reference: string;
  /** ISO 8601: the record's time. */
  readonly date: string;
  readonly organisation: { readonly name: string; readonly phone: string; readonly website: string };
  /** Lines; null where none is configured. */
  readonly returnAddress: readonly string[] | null;
  readonly originator: { readonly name: string; readonly phone: string };
  /** The published host, such as waybill.example.gov.uk. */
  readonly host: string;
  /** `https://…`, what a QR code leads to. */
  readonly origin: string;
  readonly recipient: {
    readonly name: string;
    readonly organisation: string;
    /** Lines of their postal address; none where it is not known. */
    readonly postal: readonly string[];
    readonly dx: string;
    readonly language: "en" | "cy";
    readonly code: string;
  };
  readonly items: number;
  readonly pages: number | null;
  /** SIS-8: the rules call for ADDRESSEE ONLY. */
  readonly addresseeOnly: boolean;
  /** SIS-31: by which service, as the organisation calls it; empty where no carrier has it. */
  readonly service: string;
  readonly medium: string | null;
  /**
   * SIS-24: how what has this classification is handled, in the recipient's language. It names the classification, so that it is printed only on
   * what lies with the contents: the sheet inside, and the first page of a fax. Nothing that is read outside may print it (SIS-7, SIS-11).
   */
  readonly handling: readonly string[];
}
