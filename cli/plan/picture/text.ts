/** The size of text in a picture. */

/** Maximum width of text in pixels: sans-serif fonts differ, so this assumes a wide one. */
export function widthOf(text: string, size: number): number {
  let units = 0;
  for (const character of text)
    units += /[ilj.,:;'|()[\] ]/.test(character)
      ? 0.34
      : /[A-Zmw@%\u2190-\uffff]/.test(character)
        ? 0.74
        : 0.57;
  return units * size;
}

/** The text, cut with an ellipsis if it is too wide. */
export function fit(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text;
  let cut = text;
  while (cut.length > 1 && widthOf(`${cut}…`, size) > width) cut = cut.slice(0, -1);
  return `${cut}…`;
}

/** Lines no wider than that, broken at spaces. */
export function wrapTo(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1) ?? ""} ${word}` : word;
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(fit(word, size, width));
  }
  return lines;
}
