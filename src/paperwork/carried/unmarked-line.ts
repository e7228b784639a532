import type { Ground } from "../../domain/reading-text.ts";

/** What is, or stands in, the name of a classification or caveat, or says what kind of contents it marks; rules are written in English. */
const TELLS =
  /\b(official|sensitive|secret|confidential|internal|private|public|commercial|personal|special|offences?|locsen)\b/i;

/** What a line asks, by its need, where the rule's own sentence says of what contents it asks that. */
const ASKS: Readonly<Record<string, string>> = {
  "approval:line-manager": "Your line manager agrees before it goes.",
  "approval:senior-manager": "A senior manager agrees before it goes.",
  "approval:information-asset-owner": "The information asset owner agrees before it goes.",
  "advice:privacy-team": "The privacy team is asked or told first.",
  "carrier:tracked": "Its service is tracked, and that of a single letter is recorded delivery at the least.",
  "carrier:signed": "Its service takes a signature.",
  "envelope:return-address": "A return address stands outside.",
  "verify:identity-seen": "Make sure of the person before you hand it over.",
  "verify:phone-identity": "Confirm who answers, and that they may know, before you say anything.",
  "verify:secret-number":
    "Check that the number on which you tell the password is the agreed or officially listed one.",
  "plan:secret-channel": "The password is told by telephone, text message, post, Teams or in person, never by email.",
  "plan:secret-strength": "The password is one that was made for it, or is rated 3 or more.",
  "package:encrypted": "It is in a package that opens with a password.",
  "declare:contents": "Nothing that is asked about what goes is left open.",
  "declare:country": "Say in which country the recipient receives it.",
  "declare:destination-storage": "Say how it is stored where it goes.",
  "declare:recipient-expecting": "Make sure that the recipient is expecting it.",
  "declare:recipient-kind": "Say what the recipient is to the organisation.",
  "declare:fax-risk-assessment": "Assess the risk of sending it by fax.",
  "reason:email": "Say why nothing better than email serves.",
  "use:work-address": "Use the recipient’s work address.",
  "method:other": "The rules leave this method for it.",
};
/** Of what nobody has words for here, such as an organisation's own rule. */
const ELSEWHERE = "Something else that the rules ask: the page of the transfer says it.";

/**
 * SIS-7, SDT-16: a line of a checklist as it is printed. Rules say of which contents they ask what they ask, and so does the reading of their
 * clauses; the paper lies about, so that it says what is asked and not of what.
 * @param line.need what meets it; none where nothing does
 */
export function unmarkedLine<Line extends Ground & { readonly need?: string; readonly says: string }>(
  line: Line,
): Line {
  const says = TELLS.test(line.says) ? (ASKS[line.need ?? ""] ?? ELSEWHERE) : line.says;
  return TELLS.test(line.reading ?? "") ? { ...line, says, reading: "" } : { ...line, says };
}
