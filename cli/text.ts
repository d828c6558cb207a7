/** Characters that fill two columns: Japanese, Chinese and Korean, with their punctuation. */
const wide =
  "\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\uff00-\\uff60";
const wideCharacter = new RegExp(`[${wide}]`, "g");
/** Between such characters a line may end, but not before a closing mark or after an opening one. */
const pieces = new RegExp(`[（「『]*(?:[${wide}]|[^${wide}\\s]+)[。、）」』ー]*`, "g");

/** How many columns of a terminal a text fills. */
export function columnsOf(text: string): number {
  return text.length + (text.match(wideCharacter)?.length ?? 0);
}

/** The text with spaces after it, as many columns wide. */
export const padColumns = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - columnsOf(text)));

/** Lines of at most `width` columns, broken at spaces; a longer word gets its own line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== ""))
    (word.match(pieces) ?? [word]).forEach((piece, i) => {
      const longer = line === "" || i > 0 ? line + piece : `${line} ${piece}`;
      if (line !== "" && columnsOf(longer) > width) {
        lines.push(line);
        line = piece;
      } else line = longer;
    });
  return line === "" ? lines : [...lines, line];
}

/** `1 resource`, `2 resources`. */
export function countText(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** `0.9 s`, or `12 s` from ten seconds on. */
export function seconds(milliseconds: number): string {
  const s = milliseconds / 1000;
  return `${s < 10 ? s.toFixed(1) : s.toFixed(0)} s`;
}
