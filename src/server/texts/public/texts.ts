import type { Organisation } from "../../../domain/organisation.ts";

/** One page for the public: headings with paragraphs under them. */
export interface PublicPage {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly { readonly heading: string; readonly lines: readonly string[] }[];
}

/** What pages for the public are made with. */
export interface PublicFacts {
  readonly organisation: Organisation;
  /** Whom to ask about personal information. */
  readonly privacyTeam: { readonly name: string; readonly address: string };
  /** For how long records of transfers are kept, in months; null: for good; undefined: not said yet. */
  readonly months: number | null | undefined;
}

export interface PublicTexts {
  readonly privacy: (facts: PublicFacts) => PublicPage;
  readonly accessibility: (facts: PublicFacts) => PublicPage;
}
