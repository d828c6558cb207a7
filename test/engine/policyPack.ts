/**
 * The policy pack in the real engine: what starts it, and what it says.
 *
 * What starts a policy pack in Node.js: a script that comes with the CLI's installer and not with
 * its Go module. This one does the same, with the SDK's own `cmd/run-policy-pack`.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const SCRIPT = `#!/bin/sh
exec "${process.execPath}" "$(node -p 'require.resolve("@pulumi/pulumi/cmd/run-policy-pack")')" "$1" "$2"
`;

/** Puts the script on PATH, for every CLI that is started from now on; the result takes it off. */
export function startPolicyPacks(): () => void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-analyzer-"));
  fs.writeFileSync(path.join(folder, "pulumi-analyzer-policy-nodejs"), SCRIPT, { mode: 0o755 });
  const before = process.env.PATH ?? "";
  process.env.PATH = [folder, path.dirname(process.execPath), before].join(path.delimiter);
  return () => {
    process.env.PATH = before;
    fs.rmSync(folder, { recursive: true, force: true });
  };
}

/** The pack as a checkout has it. */
export const PACK = path.join(__dirname, "../../policy");

/** `[mandatory] [severity: high] edge-http1-to-http2-target nginx` of what the CLI printed, in its order. */
export function verdictsIn(output: string): string[] {
  const lines = output.matchAll(/^ +- (\[\w+\] \[severity: \w+\]) +([\w-]+) +\(.*: (\S+)\)$/gm);
  return [...lines].map(([, how = "", code = "", name = ""]) => `${how} ${code} ${name}`);
}

/** What is printed under each line of a rule, as people read it. */
export function textsOf(output: string, rule: string): string[] {
  const [, ...after] = output.split(new RegExp(`^ +- \\[.*\\] +${rule} .*$`, "m"));
  return after.map((text) => (text.split(/^ +- \[|^\S/m)[0] ?? "").replace(/^ +/gm, "").trim());
}
