import type { Language } from "../../../domain/contact.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { type AnonymousVisit, type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { cy } from "../../texts/public/cy.ts";
import { en } from "../../texts/public/en.ts";
import type { PublicTexts } from "../../texts/public/texts.ts";
import { languageOf, textsIn } from "../receive/receive-page.ts";

const TEXTS: Readonly<Record<Language, PublicTexts>> = { en, cy };

/** What recipients and the public may read before and after anything is sent, in English and Welsh. */
export const publicNoticeRows: readonly Row[] = [
  row({ method: "GET", path: "/privacy", who: "anonymous", handle: (visit) => page(visit, "privacy") }),
  row({ method: "GET", path: "/accessibility", who: "anonymous", handle: (visit) => page(visit, "accessibility") }),
];

async function page(visit: AnonymousVisit, which: keyof PublicTexts): Promise<string> {
  const { parts, organisation } = visit;
  const language = languageOf(visit, null);
  const keeping = await parts.records.read.keeping();
  const { contacts, recordGround: ground } = policyNow(parts).settings;
  const shown = TEXTS[language][which]({ organisation, privacyTeam: contacts["privacy-team"], keeping, ground });
  return render(visit, "governance/public-notice.njk", {
    ...shown,
    language,
    t: textsIn(language),
    other: language === "en" ? { text: "Cymraeg", lang: "cy" } : { text: "English", lang: "en" },
    here: `/${which}`,
  });
}
