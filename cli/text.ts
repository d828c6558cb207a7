/** Lines of at most `width` columns, broken at spaces; a longer word gets its own line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
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
