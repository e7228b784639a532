import type { Keeping } from "../../../domain/keeping.ts";
import type { RecordGround } from "../../../domain/lawful-bases.ts";
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
  /** How long records are kept; null: nobody has decided. */
  readonly keeping: Keeping | null;
  /** On which ground the record is kept, by the configuration; null: it does not say. */
  readonly ground: RecordGround | null;
}

export interface PublicTexts {
  readonly privacy: (facts: PublicFacts) => PublicPage;
  readonly accessibility: (facts: PublicFacts) => PublicPage;
}
