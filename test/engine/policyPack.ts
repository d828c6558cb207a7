/**
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
