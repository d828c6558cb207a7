// npx tsx index.ts preview|up|destroy ENVIRONMENT
import { dirname, join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { type Environment, shop } from "./shop";

const environments: Readonly<Record<string, Environment>> = {
  staging: { domain: "staging.example.com", count: 1 },
  production: { domain: "www.example.com", count: 4 },
};
/** The policy pack of the installed package: it checks what the component does not make, too. */
const policyPacks = [join(dirname(require.resolve("hopwise/package.json")), "policy")];

async function main(action = "", stackName = ""): Promise<void> {
  const environment = environments[stackName];
  if (environment === undefined || !["preview", "up", "destroy"].includes(action))
    throw new Error(
      `Usage: npx tsx index.ts preview|up|destroy ${Object.keys(environments).join("|")}`,
    );
  const program = shop(environment);
  const stack = await LocalWorkspace.createOrSelectStack({
    projectName: "shop",
    stackName,
    program,
  });
  await stack.setConfig("aws:region", { value: "eu-west-1" });
  const onOutput = (text: string) => process.stdout.write(text);
  if (action === "preview") await stack.preview({ onOutput, policyPacks });
  else if (action === "destroy") await stack.destroy({ onOutput });
  else {
    const { outputs } = await stack.up({ onOutput, policyPacks });
    process.stdout.write(`\nServes ${String(outputs.url?.value)}\n`);
  }
}

main(...process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
