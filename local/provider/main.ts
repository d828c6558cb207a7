/**
 * A local AWS for your own `pulumi up`, no account needed:
 *
 *     node -r ./startup local/provider/main.ts --region eu-west-1 --state .hopwise/aws.jsonl
 *
 * prints the line that makes the engine attach to it, and serves until interrupted.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { startProviders } from ".";
import { Account } from "../model";
import { PersistentAccount } from "./persistentAccount";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { region: { type: "string" }, state: { type: "string" } },
  });
  const { region, state } = values;
  if (state !== undefined) fs.mkdirSync(path.dirname(state), { recursive: true });
  const account =
    state === undefined ? new Account({ region }) : new PersistentAccount(state, { region });
  const providers = await startProviders({ account });
  console.log(`export PULUMI_DEBUG_PROVIDERS=${providers.debugProviders}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, providers.close);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
