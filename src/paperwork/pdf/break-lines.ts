/** Where a line may end besides spaces: after these, in addresses and long names. */
const PARTS = /[^ ]*?(?:[-/@.,;:_\u2013\u2014](?=[^ ]))|[^ ]+|/g;

/**
 * The lines of a text in a column. A line that ends where a word does ends with its space, so that whoever has it read aloud or copies it gets
 * two words; it is not seen, and not counted as the line's width. What is wider than the column is broken wherever it must be, between graphemes: nothing is ever wider than
 * the column but a single grapheme that is.
 * @param widthOf a text on one line, in points.
 */
export function breakLines(text: string, width: number, widthOf: (text: string) => number): readonly string[] {
  const lines = text.split("\n").map((each) => linesOf(each, width, widthOf));
  return lines.flatMap((each, at) => (at < lines.length - 1 ? withSpace(each) : each));
}

function withSpace(lines: readonly string[]): readonly string[] {
  return [...lines.slice(0, -1), `${lines.at(-1)} `];
}

function linesOf(text: string, width: number, widthOf: (text: string) => number): readonly string[] {
  const lines: string[] = [];
  let [line, used] = ["", 0];
  for (const word of text.split(/ +/)) {
    const more = used + (line === "" ? 0 : widthOf(" ")) + widthOf(word);
    if (more <= width) {
      [line, used] = [line === "" ? word : `${line} ${word}`, more];
      continue;
    }
    if (line !== "") lines.push(`${line} `);
    line = "";
    for (const piece of piecesOf(word, width, widthOf)) {
      if (widthOf(line + piece) <= width) line += piece;
      else {
        if (line !== "") lines.push(line);
        line = piece;
      }
    }
    used = widthOf(line);
  }
  return [...lines, line];
}

/** The word's parts, each no wider than the column. */
function piecesOf(word: string, width: number, widthOf: (text: string) => number): readonly string[] {
  if (widthOf(word) <= width) return [word];
  const parts = (word.match(PARTS) ?? []).filter((each) => each !== "");
  return parts.flatMap((part) =>
    widthOf(part) <= width ? [part] : [...new Intl.Segmenter("en").segment(part)].map(({ segment }) => segment),
  );
}
