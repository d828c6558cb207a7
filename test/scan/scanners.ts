/** Checkov and cfn-lint on a stack's resources. Neither asks the network for anything. */
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import type { LocalResource } from "../../local/model/types";
import type { Scanners } from "../tools";
import { cloudFormation } from "./cloudformation";
import { terraformPlan } from "./terraform";
import type { ScanVerdict } from "./verdict";

/** Every check of Checkov that has an opinion on one of the resources. */
export async function checkov(
  scanners: Scanners,
  resources: readonly LocalResource[],
): Promise<ScanVerdict[]> {
  const { plan, addresses } = terraformPlan(resources);
  const output = await scanFile(scanners.checkov, plan, [
    ...["--framework", "terraform_plan", "--skip-download", "--soft-fail", "--compact"],
    ...["--output", "json", "--file"],
  ]);
  const { results } = JSON.parse(output) as CheckovReport;
  const verdicts = (checks: readonly CheckovResult[], passed: boolean): ScanVerdict[] =>
    checks.map(({ check_id, check_name, resource: address }) => {
      const resource = addresses.get(address);
      if (resource === undefined) throw new Error(`Checkov speaks of an unknown ${address}`);
      return { source: "Checkov", check: check_id, title: check_name, resource, passed };
    });
  return [...verdicts(results.failed_checks, false), ...verdicts(results.passed_checks, true)];
}

/** What cfn-lint finds: its errors and warnings. It does not say what it passed. */
export async function cfnLint(
  scanners: Scanners,
  resources: readonly LocalResource[],
): Promise<ScanVerdict[]> {
  const { template, ids } = cloudFormation(resources, scanners.schemas);
  const output = await scanFile(scanners.cfnLint, template, ["--format", "json", "--"]);
  return (JSON.parse(output) as CfnLintMatch[]).map(({ Rule, Location, Message }) => {
    const resource = ids.get(String(Location.Path?.[1]));
    if (resource === undefined) throw new Error(`cfn-lint, on the whole template: ${Message}`);
    return {
      source: "cfn-lint",
      check: Rule.Id,
      title: Rule.ShortDescription,
      resource,
      passed: false,
      detail: Message,
    };
  });
}

interface CheckovResult {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
}

interface CheckovReport {
  readonly results: {
    readonly failed_checks: readonly CheckovResult[];
    readonly passed_checks: readonly CheckovResult[];
  };
}

interface CfnLintMatch {
  readonly Rule: { readonly Id: string; readonly ShortDescription: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
  readonly Message: string;
}

/** A proxy that is not there: what tries to call out all the same fails instead of being awaited. */
const nowhere = "http://127.0.0.1:9";
const offline = {
  ...Object.fromEntries(["http_proxy", "https_proxy"].map((name) => [name, nowhere])),
  ...Object.fromEntries(["HTTP_PROXY", "HTTPS_PROXY"].map((name) => [name, nowhere])),
};

/** Runs a scanner with a file as its last argument; gives what it writes. */
async function scanFile(command: string, content: object, args: string[]): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-scan-"));
  try {
    const file = path.join(folder, "resources.json");
    fs.writeFileSync(file, JSON.stringify(content));
    const env = { ...process.env, ...offline, LOG_LEVEL: "ERROR" };
    const options = { env, cwd: folder, maxBuffer: 64 * 2 ** 20 };
    const { stdout } = await promisify(execFile)(command, [...args, file], options).catch(
      // cfn-lint's status says which kinds of findings there are; its answer is JSON all the same.
      (error: unknown) => {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        if (command.endsWith("cfn-lint") && code > 1 && stdout.startsWith("[")) return { stdout };
        throw new Error(`${command} failed: ${stderr}${stdout}`, { cause: error });
      },
    );
    return stdout;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
