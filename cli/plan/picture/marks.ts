/** The small signs of a picture. */

/** A closed lock, or an open one; `x` and `y` are its top left corner, 12 by 14 pixels. */
export function lock(x: number, y: number, closed: boolean): string {
  const shackle = closed
    ? `M${x + 3} ${y + 7}v-2.5a3 3 0 0 1 6 0V${y + 7}`
    : `M${x + 3} ${y + 7}v-3.5a3 3 0 0 1 6 0v.8`;
  return (
    `<path class="shackle ${closed ? "lockLine" : "openLine"}" d="${shackle}"/>` +
    `<rect class="${closed ? "lock" : "open"}" x="${x + 1}" y="${y + 6.5}" width="10" height="7.5" rx="1.6"/>`
  );
}

/** A cross around a point. */
export function cross(x: number, y: number, half = 5): string {
  return `<path class="cross" d="M${x - half} ${y - half}l${2 * half} ${2 * half}m0 ${-2 * half}l${-2 * half} ${2 * half}"/>`;
}

/** An arrow's tip at a point, pointing right. */
export function tip(x: number, y: number, broken: boolean): string {
  return `<path class="${broken ? "badTip" : "tip"}" d="M${x} ${y}l-9 -4.6v9.2z"/>`;
}
