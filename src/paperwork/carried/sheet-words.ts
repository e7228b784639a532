/** What the sheets that go with something say, in one language. */
export interface SheetWords {
  readonly sheetTitle: (reference: string) => string;
  readonly innerTitle: string;
  readonly faxTitle: string;
  readonly receiptTitle: string;
  readonly rows: {
    readonly reference: string;
    readonly from: string;
    readonly to: string;
    readonly files: string;
    readonly papers: string;
    readonly pages: string;
    readonly medium: string;
    readonly call: string;
  };
  readonly addresseeOnly: string;
  readonly whenTitle: string;
  readonly when: (host: string, code: string) => string;
  readonly scan: (reference: string, code: string) => string;
  readonly password: string;
  readonly dutiesTitle: string;
  readonly duties: {
    readonly mine: string;
    /** The next two stand where the paper itself does not say how it is handled. */
    readonly follow: string;
    readonly destroy: string;
    readonly complete: string;
  };
  readonly returnMedium: string;
  readonly wrongTitle: string;
  readonly wrong: (call: string) => readonly string[];
  readonly slip: string;
  readonly faxPages: (pages: number) => string;
  readonly returnTo: { readonly undelivered: string; readonly medium: string };
  readonly handover: {
    readonly title: (reference: string) => string;
    /** What is signed; it and what stands before the line have to fit on one line of the receipt. */
    readonly statement: string;
    readonly signature: string;
    readonly name: string;
    readonly identification: string;
    readonly at: string;
    readonly by: string;
    /** Whether it was brought to whoever signs, or collected by them. */
    readonly how: string;
    readonly brought: string;
    readonly collected: string;
  };
}

const call = (phone: string, website: string) => `${phone} (${website})`;

export const SHEET_WORDS = {
  en: {
    sheetTitle: (reference) => `What came with ${reference}`,
    innerTitle: "To be opened by the person named here",
    faxTitle: "Fax",
    receiptTitle: "Receipt",
    rows: {
      ...{ reference: "Reference", from: "From", to: "For", files: "Files", papers: "Papers or things" },
      ...{ pages: "Pages", medium: "Medium" },
      call: "Whom to call",
    },
    addresseeOnly: "ADDRESSEE ONLY",
    whenTitle: "When you have it",
    when: (host, code) =>
      `Type ${host}/arrived into a browser, and enter the reference and the code ${code}. The sender then knows that it is with you. If you cannot, call the number above.`,
    scan: (reference, code) => `Or scan this: reference ${reference}, code ${code}.`,
    password:
      "If it opens with a password, you are told that in another way after you have said that it has arrived. It never comes by email.",
    dutiesTitle: "Your responsibilities",
    duties: {
      mine: "What was sent is for you. Keep it safe, and show it only to people who need it.",
      follow: "Follow the handling instructions that come with it.",
      destroy: "Destroy it securely when you no longer need it, unless you were asked to keep it or to send it back.",
      complete: "When you have looked through it, say that it is complete, or what is missing.",
    },
    returnMedium: "Send the medium back when you have taken what is on it: it belongs to the sender.",
    wrongTitle: "If it is not for you",
    wrong: (whom) => [
      "Do not read it, copy it or pass it on.",
      `Call ${whom} at once and give the reference.`,
      "Keep it safe until they tell you how to send it back. Nobody will blame you.",
    ],
    slip: "If you would rather answer on paper, send this back. I have it, and it is complete: name, signature, date and time",
    faxPages: (pages) => `${pages}, this one not counted`,
    returnTo: { undelivered: "If undelivered, return to", medium: "Its address is" },
    handover: {
      title: (reference) => `Receipt for ${reference}`,
      statement: "I have been handed what is described here.",
      ...{ signature: "Signature", name: "Name", identification: "Identification seen (kind only)" },
      ...{ at: "Date and time", by: "Handed over by" },
      ...{ how: "How", brought: "Brought by hand", collected: "Collected" },
    },
  },
  cy: {
    sheetTitle: (reference) => `Yr hyn a ddaeth gyda ${reference}`,
    innerTitle: "I’w agor gan y person a enwir yma",
    faxTitle: "Ffacs",
    receiptTitle: "Derbynneb",
    rows: {
      ...{ reference: "Cyfeirnod", from: "Oddi wrth", to: "I", files: "Ffeiliau", papers: "Papurau neu bethau" },
      ...{ pages: "Tudalennau", medium: "Cyfrwng" },
      call: "Pwy i’w ffonio",
    },
    addresseeOnly: "I’R DERBYNNYDD YN UNIG / ADDRESSEE ONLY",
    whenTitle: "Pan fydd ef gennych",
    when: (host, code) =>
      `Teipiwch ${host}/arrived i borwr, a rhowch y cyfeirnod a’r cod ${code}. Yna bydd yr anfonwr yn gwybod ei fod gyda chi. Os na allwch, ffoniwch y rhif uchod.`,
    scan: (reference, code) => `Neu sganiwch hwn: cyfeirnod ${reference}, cod ${code}.`,
    password:
      "Os yw’n agor â chyfrinair, cewch wybod hwnnw mewn ffordd arall ar ôl dweud ei fod wedi cyrraedd. Ni ddaw byth drwy e-bost.",
    dutiesTitle: "Eich cyfrifoldebau",
    duties: {
      mine: "I chi y mae’r hyn a anfonwyd. Cadwch ef yn ddiogel, a’i ddangos dim ond i bobl y mae ei angen arnynt.",
      follow: "Dilynwch y cyfarwyddiadau trin sy’n dod gydag ef.",
      destroy:
        "Dinistriwch ef yn ddiogel pan na fydd ei angen arnoch mwyach, oni ofynnwyd ichi ei gadw neu ei anfon yn ôl.",
      complete: "Ar ôl edrych drwyddo, dywedwch ei fod yn gyflawn, neu beth sydd ar goll.",
    },
    returnMedium: "Anfonwch y cyfrwng yn ôl ar ôl cymryd yr hyn sydd arno: yr anfonwr biau ef.",
    wrongTitle: "Os nad i chi y mae",
    wrong: (whom) => [
      "Peidiwch â’i ddarllen, ei gopïo na’i drosglwyddo.",
      `Ffoniwch ${whom} ar unwaith a rhowch y cyfeirnod.`,
      "Cadwch ef yn ddiogel nes iddynt ddweud sut i’w anfon yn ôl. Ni fydd neb yn eich beio.",
    ],
    slip: "Os byddai’n well gennych ateb ar bapur, anfonwch hwn yn ôl. Mae ef gennyf, ac mae’n gyflawn: enw, llofnod, dyddiad ac amser",
    faxPages: (pages) => `${pages}, heb gyfrif hon`,
    returnTo: { undelivered: "Os na ellir ei ddanfon, dychweler i", medium: "Ei gyfeiriad yw" },
    handover: {
      title: (reference) => `Derbynneb am ${reference}`,
      statement: "Rhoddwyd imi’r hyn a ddisgrifir yma.",
      ...{ signature: "Llofnod", name: "Enw", identification: "Prawf adnabod a welwyd (y math yn unig)" },
      ...{ at: "Dyddiad ac amser", by: "Trosglwyddwyd gan" },
      ...{ how: "Sut", brought: "Danfonwyd â llaw", collected: "Casglwyd" },
    },
  },
} as const satisfies Record<"en" | "cy", SheetWords>;

/** The number to ring, with the website on which it is found too. */
export function whomToCall({ phone, website }: { readonly phone: string; readonly website: string }): string {
  return call(phone, website);
}

/** How many of what: files on a medium, papers or things in an envelope. */
export function countRow(
  { items, medium }: { readonly items: number; readonly medium: string | null },
  { files, papers }: SheetWords["rows"],
): readonly [name: string, value: string] {
  return [medium === null ? papers : files, String(items)];
}
