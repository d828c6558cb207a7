/** The Automation API example, on the package as npm makes it, with the real CLI and the local AWS. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { Account } from "../../local/model";
import { startProviders, type Providers } from "../../local/provider";
import { startPolicyPacks } from "../engine/policyPack";
import { install, pack, temporaryFolder } from "../packed";
import { describeWith } from "../parts";
import { findPulumi, found, pulumiEnvironment } from "../tools";

const root = path.join(__dirname, "../..");

describeWith("pulumi", "the example of the Automation API", () => {
  let project: string;
  let providers: Providers;
  let stop: () => void;

  before(async () => {
    stop = startPolicyPacks();
    project = temporaryFolder();
    install(pack(project, "--noCheck"), project);
    fs.cpSync(path.join(root, "examples/automation"), project, { recursive: true });
    providers = await startProviders({ account: new Account({ region: "eu-west-1" }) });
  });
  after(() => {
    stop();
    (providers as Providers | undefined)?.close();
    fs.rmSync(project, { recursive: true, force: true });
  });

  async function run(...words: string[]) {
    const state = path.join(project, "state");
    fs.mkdirSync(state, { recursive: true });
    const environment = pulumiEnvironment();
    const env = {
      ...environment,
      PATH: [path.dirname(found(findPulumi())), environment.PATH ?? ""].join(path.delimiter),
      PULUMI_HOME: path.join(project, "home"),
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase of the test",
      PULUMI_DEBUG_PROVIDERS: providers.debugProviders,
      NO_COLOR: "1",
    };
    const tsx = path.join(root, "node_modules/tsx/dist/cli.mjs");
    // Not in one step: the providers answer from this process.
    const child = spawn(process.execPath, [tsx, "index.ts", ...words], { cwd: project, env });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    const code = await new Promise((resolve, reject) =>
      child.on("error", reject).on("close", resolve),
    );
    return { code, output };
  }
  const types = () => providers.account.resources.map(({ type }) => type);

  it("previews with the policy pack, deploys and destroys an environment", async () => {
    const preview = await run("preview", "staging");
    expect(preview.code, preview.output).to.equal(0);
    expect(preview.output).to.match(/hopwise@v\S+ \(local: .*node_modules\/hopwise\/policy\)/);
    expect(types()).to.deep.equal([]);
    const up = await run("up", "staging");
    expect(up.code, up.output).to.equal(0);
    expect(up.output).to.match(/\nServes https:\/\/staging\.example\.com\n$/);
    expect(types()).to.include("aws:cloudfront/distribution:Distribution");
    const destroy = await run("destroy", "staging");
    expect(destroy.code, destroy.output).to.equal(0);
    expect(types()).to.deep.equal([]);
  });

  it("names the environments where another is asked for", async () => {
    const { code, output } = await run("up", "nowhere");
    expect(code).to.equal(1);
    expect(output).to.equal("Usage: npx tsx index.ts preview|up|destroy staging|production\n");
  });
});
