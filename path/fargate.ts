/**
 * The sizes that a Fargate task can have.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */

/** The memory values allowed with a CPU value. */
export interface FargateSize {
  /** CPU units; 1024 is one vCPU. */
  readonly cpu: number;
  /** Every valid amount of memory in MiB, ascending. */
  readonly memory: readonly number[];
}

/** The table of AWS's page, a row per CPU value; the last is for Linux only. */
export const fargateSizes: readonly FargateSize[] = [
  { cpu: 256, memory: [512, 1024, 2048] },
  { cpu: 512, memory: steps(1024, 4096, 1024) },
  { cpu: 1024, memory: steps(2048, 8192, 1024) },
  { cpu: 2048, memory: steps(4096, 16384, 1024) },
  { cpu: 4096, memory: steps(8192, 30720, 1024) },
  { cpu: 8192, memory: steps(16384, 61440, 4096) },
  { cpu: 16384, memory: steps(32768, 122880, 8192) },
  { cpu: 32768, memory: [61440, 122880, 249856] },
];

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step);
}

/**
 * The problem of a pair of CPU units and MiB of memory, naming the nearest valid pair; undefined if
 * it is valid.
 */
export function fargateProblem(cpu: number, memory: number): string | undefined {
  const row = fargateSizes.find((size) => size.cpu === cpu);
  if (row?.memory.includes(memory) === true) return undefined;
  const near = nearestFargateSize(cpu, memory);
  const allowed =
    row === undefined
      ? `cpu is one of ${fargateSizes.map((size) => size.cpu).join(", ")}`
      : `cpu ${cpu} goes with memory ${memoryText(row.memory)}`;
  return (
    `Fargate has no task of cpu ${cpu} and memory ${memory}: ${allowed}. ` +
    `The nearest valid pair is cpu ${near.cpu} and memory ${near.memory}.`
  );
}

/**
 * The most MiB that each container may have in its /tmp, which is kept in memory; undefined if the
 * given size is no more than that. Half of the task's memory stays for its processes: a task that
 * uses more than all of it is killed.
 */
export function tmpLimit(
  tmpMiB: number,
  { containers, memory }: { containers: number; memory: number },
): number | undefined {
  const most = Math.floor(memory / 2 / containers);
  return tmpMiB <= most ? undefined : most;
}

/**
 * The valid pair nearest to the given one: the nearest CPU value (by ratio, since the values
 * double), then the nearest memory allowed with it; of two equally near values the larger one.
 */
export function nearestFargateSize(
  cpu: number,
  memory: number,
): { readonly cpu: number; readonly memory: number } {
  const distance = (value: number): number => Math.abs(Math.log2(value / Math.max(cpu, 1)));
  const row = nearest(fargateSizes, (size) => distance(size.cpu));
  return { cpu: row.cpu, memory: nearest(row.memory, (value) => Math.abs(value - memory)) };
}

function nearest<T>(values: readonly T[], distance: (value: T) => number): T {
  return values.reduce((best, value) => (distance(value) <= distance(best) ? value : best));
}

function memoryText(memory: readonly number[]): string {
  const [first = 0, second = 0, third = 0] = memory;
  if (third - second !== second - first) return memory.join(", ");
  return `${first} to ${memory.at(-1) ?? first} in steps of ${second - first}`;
}
