import { serviceText } from "../../../domain/carriers.ts";
import { CARRIERS } from "../../../domain/facts.ts";
import type { Settings } from "../../../policy/configuration/settings.ts";
import { type Policy, weightOf } from "../../../policy/policy.ts";
import type { Rule } from "../../../policy/rules/rule.ts";
import { combinedWords, listWords } from "./words.ts";

/** A line of the configuration in words. */
export interface SettingInWords {
  readonly name: string;
  readonly value: string;
  readonly clauses: readonly string[];
  /** How far the rules that ask it are a reading of these clauses; absent where they say it. */
  readonly reading?: string;
}

interface Setting extends SettingInWords {
  /** How a rule's text reads it; left out where it is no rule's. */
  readonly read?: RegExp;
  /** What it is called where no rule asks it and the order of methods is weighed by it all the same; left out where it is not. */
  readonly weighed?: string;
}

const number = new Intl.NumberFormat("en-GB");

function sizeWords(bytes: number): string {
  const [unit, by] = bytes >= 1e9 ? ["GB", 1e9] : ["MB", 1e6];
  return `${number.format(bytes / by)} ${unit}`;
}

/**
 * What the configuration says about limits, places and names, as far as the running rules ask it, with their clauses (SIS-35); and what
 * only the order of methods is weighed by. Who holds a role is not in it: members' records say so.
 */
export function settingsInWords({ settings, rules }: Policy): {
  readonly asked: readonly SettingInWords[];
  readonly weighed: readonly SettingInWords[];
} {
  const running = rules.filter((rule) => weightOf(settings, rule) !== "nothing");
  const cited = new Set(running.flatMap(({ clauses }) => clauses));
  const asked: SettingInWords[] = [];
  const weighed: SettingInWords[] = [];
  for (const { name, value, clauses, read, weighed: otherwise } of settingsOf(settings, running)) {
    const reading = read ? running.filter(({ text }) => read.test(text)) : [];
    const own = clauses.filter((id) => cited.has(id));
    const says = own.length > 0 ? own : [...new Set(reading.flatMap((rule) => rule.clauses))];
    if (read === undefined) asked.push({ name, value, clauses: own });
    else if (reading.length > 0) asked.push({ name, value, clauses: says, ...readingOf(reading, says) });
    else if (otherwise !== undefined) weighed.push({ name: otherwise, value, clauses: [] });
  }
  return { asked: [...asked, ...changesOf(settings)], weighed };
}

/** What the rules that cite these clauses say of themselves, where none of them says what its clauses say; an organisation's own never does. */
function readingOf(rules: readonly Rule[], cited: readonly string[]): Pick<SettingInWords, "reading"> {
  const citing = rules.filter(({ clauses }) => clauses.some((id) => cited.includes(id)));
  const [reading] = citing.flatMap(({ own }) => own ?? []);
  return reading !== undefined && citing.every(({ own, local }) => own !== null || local) ? { reading } : {};
}

function settingsOf(settings: Settings, rules: readonly Rule[]): readonly Setting[] {
  const { bulk, email, media, post, networks, homeCountries, collaborationPlatform: platform, carriers } = settings;
  const names = new Intl.DisplayNames("en-GB", { type: "region" });
  const nothing = "none";
  const place = /\bcontext\.recipientPlace\b/;
  const asksFirst = rules.some(({ text, need }) => need === "advice:privacy-team" && place.test(text));
  const few = `where names with addresses stand with ${combinedWords(settings)}`;
  return [
    { name: "Work addresses end in", value: listWords(settings.workDomains), clauses: ["SDT-17"] },
    {
      name: "Bulk begins at",
      value: `${number.format(bulk.people)} people`,
      ...{ clauses: ["SIS-4"], read: /\bcontext\.bulk\b/, weighed: "Many people, from" },
    },
    {
      name: `Bulk, ${few}, begins at`,
      value: `${number.format(bulk.identifying)} people`,
      ...{ clauses: ["SIS-4"], read: /\bcontext\.bulk\b/, weighed: `Many people, ${few}, from` },
    },
    {
      name: "Files go by secure link above",
      value: sizeWords(email.secureLinkAboveBytes),
      ...{ clauses: ["SDT2-1"], read: /\bcontext\.secureLinkAbove\b/, weighed: "Large, above" },
    },
    {
      name: "Email carries at the most",
      value: sizeWords(email.limitBytes),
      ...{ clauses: ["SDT-11"], read: /\bcontext\.emailLimit\b/ },
    },
    {
      name: "Operational security helps above",
      value: sizeWords(media.limitBytes),
      ...{ clauses: ["SDT-22"], read: /\bcontext\.mediaLimit\b/ },
    },
    {
      name: "One letter holds at the most",
      value: `${post.letterPages} pages`,
      ...{ clauses: ["SIS-30", "SIS-32"], read: /\bcontext\.(?:letterPages|singleLetter)\b/ },
      weighed: "A volume of papers, above",
    },
    {
      name: asksFirst ? "Home; the privacy team is asked first about every other country" : "Home countries",
      value: listWords(homeCountries.map((each) => names.of(each) ?? each)),
      ...{ clauses: ["SIS-15"], read: place },
    },
    {
      name: "Official networks",
      value: listWords(networks.official) || nothing,
      ...{ clauses: ["SIS-1", "SIS-38"], read: /\bcontext\.(?:leavesNetworks|senderNetwork)\b/ },
      weighed: "Trusted networks, beside CJSM",
    },
    {
      name: "CJSM networks",
      value: listWords(networks.cjsm) || nothing,
      ...{ clauses: ["SIS-38", "SET-3"], read: /\bcontext\.(?:leavesNetworks|senderNetwork|recipientNetwork)\b/ },
      weighed: "CJSM networks",
    },
    {
      name: "Our own platform",
      value: platform ? `${platform.name}; people outside ${platform.guests ? "can" : "cannot"} be let in` : nothing,
      ...{ clauses: ["SDT2-9"], read: /\bcontext\.platformServes\b/ },
    },
    {
      name: "Carriers",
      value: listWords(CARRIERS.flatMap((each) => carriers.filter(({ carrier }) => carrier === each).map(serviceText))),
      ...{ clauses: ["SIS-6", "SIS-31", "SIS-34"], read: /\bcontext\.carrier(?:Offered)?\b(?! == "by-hand")/ },
    },
  ];
}

/** SIS-35: what of the rules the organisation changed itself. */
function changesOf(settings: Settings): readonly SettingInWords[] {
  const { loosen, loosenedBecause, require } = settings;
  const loosened = loosen.map((id) => `${id} (${loosenedBecause?.[id] ?? "no reason given"})`);
  return [
    { name: "Rules that we ask for beyond the guidance", value: listWords(require) || "none", clauses: ["SIS-35"] },
    { name: "Rules that we made advice", value: listWords(loosened) || "none", clauses: ["SIS-35"] },
  ];
}

/** SDT2-7: what is asked about storage at the destination; nothing where no rule asks it. */
export function storageQuestions({ settings, rules }: Policy): readonly string[] {
  const asks = rules.some(
    (rule) => rule.need === "declare:destination-storage" && weightOf(settings, rule) !== "nothing",
  );
  return asks ? settings.destinationStorage : [];
}
