import { selectRules } from "./css-rules.ts";
import { WebBuildError } from "./error.ts";

/** The MoJ frontend's components that pages use. Its scripts set innerHTML, which Trusted Types refuses: styles only. */
export const MOJ_COMPONENTS = ["alert", "badge", "notification-badge", "sub-navigation", "timeline"] as const;

const PUBLISHED_FONT = /font-family:\s*"?GDS Transport"?,\s*arial,\s*sans-serif/g;
const SYSTEM_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif';

/**
 * GOV.UK Frontend's published stylesheet without what only gov.uk may use: the GDS Transport font and the crest. What is
 * left loads nothing further. Throws WebBuildError `unexpected-stylesheet` when it does not look as expected.
 */
export function neutralGovuk(css: string): string {
  const text = neutral("govuk-frontend", css, (_selectors, declarations) => !declarations.includes("url("));
  return `${text}:root{--wb-font:${SYSTEM_FONTS}}`;
}

/** The rules of the MoJ frontend's stylesheet for `MOJ_COMPONENTS`, in the same font, loading nothing further. */
export function neutralMoj(css: string): string {
  const wanted = new RegExp(`\\.moj-(?:${MOJ_COMPONENTS.join("|")})(?![a-z])(?!-[a-z])`);
  const kept = neutral(
    "@ministryofjustice/frontend",
    css,
    (selectors, declarations) => wanted.test(selectors) && !declarations.includes("url("),
  );
  for (const component of MOJ_COMPONENTS) {
    if (!kept.includes(`.moj-${component}`))
      throw unexpected("@ministryofjustice/frontend", `no rule for ${component}`);
  }
  return kept;
}

function neutral(name: string, css: string, keep: (selectors: string, declarations: string) => boolean): string {
  const selected = selectRules(css, keep);
  const text = selected.replace(PUBLISHED_FONT, "font-family:var(--wb-font)");
  if (text === selected) throw unexpected(name, "its font stack is written in another way");
  if (/GDS Transport|url\(/.test(text)) throw unexpected(name, "a gov.uk font or picture is still in it");
  return text;
}

function unexpected(name: string, why: string): WebBuildError {
  return new WebBuildError({
    code: "unexpected-stylesheet",
    message: `The stylesheet of ${name} is not the one that the neutral brand is cut from: ${why}. See neutral-styles.ts.`,
  });
}
