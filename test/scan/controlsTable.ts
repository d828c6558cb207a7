/** docs/controls.md, from the verdicts. */
import { exceptions } from "./exceptions";
import { stacks, type StackName } from "./scannedStacks";
import { exceptionFor, type Verdicts } from "./judge";
import type { ScanVerdict } from "./verdict";

export interface Scan {
  readonly verdicts: Verdicts;
  /** E.g. `checkov==3.3.30 cfn-lint==1.58.0`. */
  readonly versions: string;
  /** Resources that Checkov and cfn-lint were given, by stack. */
  readonly scanned: Readonly<Record<StackName, { terraform: number; cloudformation: number }>>;
}

export function controlsMarkdown({ verdicts, versions, scanned }: Scan): string {
  const of = (source: ScanVerdict["source"]): Verdicts => ({
    prod: verdicts.prod.filter((one) => one.source === source),
    h2: verdicts.h2.filter((one) => one.source === source),
    others: verdicts.others.filter((one) => one.source === source),
  });
  const failures = (all: Verdicts, stack: StackName): number =>
    all[stack].filter(({ passed }) => !passed).length;
  const checkov = of("Checkov");
  const cfnLint = of("cfn-lint");
  const security = of("FSBP");
  const sum = [
    ["", ...stacks.map((stack) => `\`${stack}\``)],
    ["---", ...stacks.map(() => "--:")],
    ["Resources given to Checkov", ...stacks.map((stack) => scanned[stack].terraform)],
    ["Checkov: passed", ...stacks.map((stack) => passes(checkov, stack))],
    ["Checkov: failed, with a reason below", ...stacks.map((s) => failures(checkov, s))],
    ["Resources given to cfn-lint", ...stacks.map((stack) => scanned[stack].cloudformation)],
    ["cfn-lint: errors", ...stacks.map((stack) => findings(cfnLint, stack, "E"))],
    ["cfn-lint: warnings, with a reason below", ...stacks.map((s) => findings(cfnLint, s, "W"))],
    ["Foundational Security: passed", ...stacks.map((stack) => passes(security, stack))],
    [
      "Foundational Security: failed, with a reason below",
      ...stacks.map((s) => failures(security, s)),
    ],
  ];
  return [
    "# Controls",
    "This page says what scanners report about all resources of the committed stacks: `prod`, `h2`, and as `others` all the other ones together, with the secret of an app that has encrypted variables. `originHttpVersion` of `h2cf` is left out, because the schemas of Terraform and CloudFormation do not have it yet. `UPDATE=1 npm test -- scan` generates it. Without `UPDATE=1` that command fails when the page is out of date: when a check fails without a reason here, or when a check with a reason passes.",
    `The scanners are ${versions.replaceAll("==", " ").replace(" cfn", " and cfn")}, run without a network: Checkov on the resources as a Terraform plan, cfn-lint on them as a CloudFormation template. \`.ci/get-scanners\` installs them. The controls of AWS Foundational Security Best Practices that concern the resource types in use are checked by this project itself (\`test/scan/fsbp/\`).`,
    lines(sum),
    "The numbers count resources: a check that three subnets fail counts three times. The reasons are in `test/scan/exceptions.ts`.",
    "## What fails, and why",
    lines([
      ["Checks", "Stacks", "Setting", "Reason"],
      ["---", "---", "---", "---"],
      ...exceptions.map(({ checks, stacks: names, setting, reason }) => [
        ...[checks.join(", "), names.map((name) => `\`${name}\``).join(", ")],
        ...[`\`${setting}\``, reason],
      ]),
    ]),
    "## AWS Foundational Security Best Practices",
    checks(security),
    "## Checkov",
    checks(checkov),
    "## cfn-lint",
    "cfn-lint does not list the rules that passed; these are the rules that match.",
    checks(cfnLint),
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}

/** A row for each check, with the result of each stack. */
function checks(verdicts: Verdicts): string {
  const titles = new Map(
    stacks.flatMap((stack) => verdicts[stack].map(({ check, title }) => [check, title] as const)),
  );
  if (titles.size === 0) return "None.";
  const rows = [...titles]
    .sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true }))
    .map(([check, title]) => [
      check,
      title,
      ...stacks.map((stack) => sentence(verdicts, check, stack)),
    ]);
  return lines([
    ["Check", "Asks", ...stacks.map((stack) => `\`${stack}\``)],
    ["---", "---", ...stacks.map(() => "---")],
    ...rows,
  ]);
}

function sentence(verdicts: Verdicts, check: string, stack: StackName): string {
  const own = verdicts[stack].filter((one) => one.check === check);
  const failed = own.filter(({ passed }) => !passed);
  if (own.length === 0) return "–";
  if (failed.length === 0) return "passes";
  const excepted = exceptionFor(exceptions, check, stack) !== undefined;
  const names = [...new Set(failed.map(({ resource }) => `\`${resource.name}\``))]
    .sort()
    .join(", ");
  return `${excepted ? "exception" : "**fails**"}: ${names}`;
}

const passes = (verdicts: Verdicts, stack: StackName): number =>
  verdicts[stack].filter(({ passed }) => passed).length;

const findings = (verdicts: Verdicts, stack: StackName, letter: string): number =>
  verdicts[stack].filter(({ check }) => check.startsWith(letter)).length;

/** A table, in the width that prettier gives it. */
function lines(rows: readonly (readonly (string | number)[])[]): string {
  return rows
    .map((row) => `| ${row.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}
