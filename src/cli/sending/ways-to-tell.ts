import type { Http } from "../../client/http.ts";
import { list, orNull, record, type Shape, text } from "../../client/shape.ts";
import { formatDate } from "../../domain/date-text.ts";
import type { SendingRecipient, WordsWay, WordsWays } from "../../domain/wire/sending.ts";
import { CliError } from "../error.ts";
import { printable, table } from "../table.ts";

const wordsWays: Shape<WordsWays> = record({
  recipients: list(
    record({
      id: text,
      ways: list(record({ channel: text, number: text, checked: orNull(record({ how: text, by: text, at: text })) })),
    }),
  ),
});

/** How this recipient can be told the six words, the preferred way first: checked numbers alone, and no channel that is impossible. */
export async function waysFor(http: Http, reference: string, { id }: SendingRecipient): Promise<readonly WordsWay[]> {
  const { recipients } = await http.get(`/api/transfers/${reference}/words`, wordsWays);
  return recipients.find((each) => each.id === id)?.ways ?? [];
}

/** The ways as lines: channel, number, who checked it. */
export function waysText(ways: readonly WordsWay[]): string {
  const rows = ways.map(({ channel, number, checked }) => [
    `  ${channel}`,
    number,
    checked === null ? "" : printable(`checked by ${checked.by} on ${formatDate(checked.at)}: ${checked.how}`),
  ]);
  return table(rows);
}

/** The options that record that words were told in this way. */
export function toldOptions(way: WordsWay): string {
  return way.number === "" ? `--told ${way.channel}` : `--told ${way.channel} --ending ${endingOf(way)}`;
}

/**
 * The digits to record: those given, or those of the only number that there is for the channel.
 * @param ending the last digits of the number used; empty when they were not given.
 * @throws CliError `usage` naming the ways that work for this recipient
 */
export function endingUsed(ways: readonly WordsWay[], channel: string, ending: string, name: string): string {
  const fitting = ways.filter((way) => way.channel === channel);
  const [first, ...more] = fitting;
  if (first === undefined) throw noWay(`${channel} is not one of the ways that work for ${name}.`, ways);
  if (first.number === "") return "";
  if (ending === "" && more.length === 0) return endingOf(first);
  if (ending === "") throw noWay(`${name} has several numbers: add --ending with the last digits of yours.`, fitting);
  if (fitting.some(({ number }) => number.endsWith(ending))) return ending;
  throw noWay(`No number that was checked for ${name} ends in ${ending}.`, fitting);
}

function endingOf({ number }: WordsWay): string {
  return number.slice(-4);
}

function noWay(what: string, ways: readonly WordsWay[]): CliError {
  const these =
    ways.length === 0 ? "There is none: add a checked number in your browser." : `These work:\n${waysText(ways)}`;
  return new CliError({ code: "usage", message: `${printable(what)} Nothing was recorded. ${these}` });
}
