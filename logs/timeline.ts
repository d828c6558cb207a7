/** Counts over time, in as many steps as memory and a picture have room for. */

/** Counts of one step. */
export interface Step {
  requests: number;
  /** Answers of the load balancer or CloudFront that were errors, by cause. */
  readonly causes: Map<string, number>;
}

/** Plain data, so that a worker can send it. */
export interface Timeline {
  /** Seconds of a step. */
  width: number;
  readonly steps: Map<number, Step>;
}

/** Widths that people read clocks in; each is a multiple of the one before it. */
const widths = [60, 300, 900, 3600, 4 * 3600, 24 * 3600, 7 * 24 * 3600, 28 * 24 * 3600] as const;

/** Steps kept; a day by the minute fits. */
const mostSteps = 1500;

export const newTimeline = (): Timeline => ({ width: widths[0], steps: new Map() });

/** Counts requests at a time (seconds since 1970), and under a cause where there is one. */
export function countAt(
  timeline: Timeline,
  seconds: number,
  requests: number,
  cause?: string,
): void {
  const index = Math.floor(seconds / timeline.width);
  const step = stepAt(timeline, index);
  step.requests += requests;
  if (cause !== undefined) step.causes.set(cause, (step.causes.get(cause) ?? 0) + 1);
  if (timeline.steps.size > mostSteps) widen(timeline, nextWidth(timeline.width));
}

function stepAt({ steps }: Timeline, index: number): Step {
  let step = steps.get(index);
  if (step === undefined) {
    step = { requests: 0, causes: new Map() };
    steps.set(index, step);
  }
  return step;
}

const nextWidth = (width: number): number => widths.find((next) => next > width) ?? width * 2;

function addStep(to: Step, from: Step): void {
  to.requests += from.requests;
  for (const [cause, n] of from.causes) to.causes.set(cause, (to.causes.get(cause) ?? 0) + n);
}

function widen(timeline: Timeline, width: number): void {
  const { steps } = timeline;
  const factor = width / timeline.width;
  const old = [...steps];
  steps.clear();
  timeline.width = width;
  for (const [index, step] of old) addStep(stepAt(timeline, Math.floor(index / factor)), step);
}

/** Adds another timeline; the wider steps of the two are kept. */
export function addTimeline(to: Timeline, from: Timeline): void {
  const copy: Timeline = { width: from.width, steps: new Map(from.steps) };
  while (to.width !== copy.width)
    if (to.width < copy.width) widen(to, nextWidth(to.width));
    else widen(copy, nextWidth(copy.width));
  for (const [index, step] of copy.steps) addStep(stepAt(to, index), step);
  while (to.steps.size > mostSteps) widen(to, nextWidth(to.width));
}

/** The timeline in at most `steps` steps from the first to the last, gaps filled. */
export function evenSteps(
  timeline: Timeline,
  steps: number,
): { width: number; start: number; steps: Step[] } {
  const copy: Timeline = { width: timeline.width, steps: new Map() };
  addTimeline(copy, timeline);
  if (copy.steps.size === 0) return { width: copy.width, start: 0, steps: [] };
  const span = (): [number, number] => {
    let first = Infinity;
    let last = -Infinity;
    for (const index of copy.steps.keys()) {
      first = Math.min(first, index);
      last = Math.max(last, index);
    }
    return [first, last];
  };
  let [first, last] = span();
  while (last - first + 1 > steps) {
    widen(copy, nextWidth(copy.width));
    [first, last] = span();
  }
  const row: Step[] = [];
  for (let index = first; index <= last; index++)
    row.push(copy.steps.get(index) ?? { requests: 0, causes: new Map() });
  return { width: copy.width, start: first * copy.width, steps: row };
}
