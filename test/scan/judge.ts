/** Verdicts on a stack against the exceptions that are written down. */
import type { Exception } from "./exceptions";
import type { StackName } from "./scannedStacks";
import type { ScanVerdict } from "./verdict";

export type Verdicts = Readonly<Record<StackName, readonly ScanVerdict[]>>;

const stacks = (verdicts: Verdicts): StackName[] => Object.keys(verdicts) as StackName[];

/** The exception that covers a check in a stack. */
export const exceptionFor = (
  exceptions: readonly Exception[],
  check: string,
  stack: StackName,
): Exception | undefined =>
  exceptions.find((one) => one.checks.includes(check) && one.stacks.includes(stack));

/** Failed checks without a reason, one line each. */
export function unexplained(verdicts: Verdicts, exceptions: readonly Exception[]): string[] {
  return stacks(verdicts).flatMap((stack) =>
    verdicts[stack]
      .filter(({ passed, check }) => !passed && !exceptionFor(exceptions, check, stack))
      .map(({ source, check, title, resource, detail }) =>
        [
          `${stack}: ${source} ${check} (${title})`,
          `${resource.type} ${resource.name}${detail === undefined ? "" : `: ${detail}`}`,
        ].join(": "),
      ),
  );
}

/** Exceptions that nothing needs any more, one line each. */
export function needless(verdicts: Verdicts, exceptions: readonly Exception[]): string[] {
  return exceptions.flatMap((exception) =>
    exception.stacks.flatMap((stack) =>
      exception.checks
        .filter((check) => !verdicts[stack].some((one) => !one.passed && one.check === check))
        .map((check) => `${stack}: ${check} does not fail`),
    ),
  );
}

/** Checks that two exceptions explain. */
export function explainedTwice(exceptions: readonly Exception[]): string[] {
  const pairs = exceptions.flatMap(({ checks, stacks: names }) =>
    names.flatMap((stack) => checks.map((check) => `${stack}: ${check}`)),
  );
  return pairs.filter((pair, index) => pairs.indexOf(pair) !== index);
}
