import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { describeFailure, CommandFailure } from "../../cli/failure";
import { hopwise } from "../../cli/main";
import { describeRuns, projectDir, run, type Ended } from "./hopwise";
import { article } from "./project";

/** One message for people: on stderr, no stack trace, none of our file names. */
function expectMessage({ code, stderr }: Ended, pattern: RegExp, exitCode = 1): void {
  expect(stderr).to.match(pattern);
  expect(stderr).not.to.match(/\n\s+at |node_modules|\.ts:\d+/);
  expect(code).to.equal(exitCode);
}

describeRuns("hopwise says in one message what is wrong", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "hopwise-cli-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (name: string, text: string): void => {
    writeFileSync(path.join(folder, name), text);
  };

  it("an unknown stack, and which there are", async () => {
    const ended = await run(["local", "--check", "--stack", "prd"]);
    expectMessage(
      ended,
      /no stack 'prd'.*Pulumi\.prd\.yaml.*there are dev, .*h2, .*, prod, services\./,
      2,
    );
  });

  it("a folder without a program", async () => {
    expectMessage(
      await run(["local", "--program", folder]),
      /no Pulumi\.yaml in .*hopwise-cli-/,
      2,
    );
  });

  it("a file in place of a folder", async () => {
    write("index.ts", "");
    const file = path.join(folder, "index.ts");
    expectMessage(await run(["plan", "--program", file]), /index\.ts is a file: .*its folder/, 2);
  });

  it("a broken stack file: which file, which line", async () => {
    write("Pulumi.yaml", "name: broken\nruntime: nodejs\nmain: index.js\n");
    write("index.js", "");
    write("Pulumi.dev.yaml", "config:\n  broken:key: [1, 2\n");
    expectMessage(await run(["local", "--program", folder]), /Pulumi\.dev\.yaml:\d+:\d+: /, 2);
  });

  it("a program that is not there", async () => {
    write("Pulumi.dev.yaml", "config: {}\n");
    write("Pulumi.yaml", "name: empty\nruntime: nodejs\nmain: gone.js\n");
    expectMessage(await run(["local", "--program", folder]), /gone\.js/, 2);
  });

  it("a program that fails, or makes nothing that could be served", async () => {
    write("Pulumi.dev.yaml", "config: {}\n");
    symlinkSync(path.join(projectDir, "node_modules"), path.join(folder, "node_modules"));
    write("Pulumi.yaml", "name: failing\nruntime: nodejs\nmain: index.js\n");
    write("index.js", 'throw new Error("out of paper");');
    const failed = await run(["local", "--program", folder]);
    // The place in the person's own program, and no other frame.
    expect(failed.stderr).to.equal("index.js:1: out of paper\n");
    expect(failed.code).to.equal(1);
    write("index.js", "");
    expectMessage(await run(["local", "--program", folder]), /no path to serve.*nothing/);
  });

  it("a program that waits for what never comes", async () => {
    write("Pulumi.yaml", "name: waiting\nruntime: nodejs\n");
    symlinkSync(path.join(projectDir, "node_modules"), path.join(folder, "node_modules"));
    write("index.js", "module.exports = new Promise(() => undefined);");
    expectMessage(await run(["local", "--program", folder]), /never comes/);
    const certs = 'new (require("@pulumi/pulumi").StackReference)("acme/certs/prod")';
    write(
      "index.js",
      `module.exports = new Promise((resolve) => ${certs}.getOutput("arn").apply(resolve));`,
    );
    const { stdout } = await run(["plan", "--program", folder]);
    expect(stdout.replaceAll(/\s+/g, " ")).to.match(
      /never comes\. That may be an output of acme\/certs\/prod, .*--stack-outputs/,
    );
  });

  it("settings that cannot be: all of them", async () => {
    const main = path.relative(folder, path.join(projectDir, "index.ts"));
    write("Pulumi.yaml", `name: hopwise\nruntime: nodejs\nmain: ${main}\n`);
    write("Pulumi.dev.yaml", "config:\n  hopwise:variant: h2-drect\n  hopwise:colour: blue\n");
    const ended = await run(["local", "--program", folder]);
    // The program's own line that asks for the settings, and none of a file of ours.
    const [place = ""] = /^\S*index\.ts:\d+: /.exec(ended.stderr) ?? [];
    expect(place).not.to.equal("");
    const stderr = ended.stderr.slice(place.length);
    expectMessage({ ...ended, stderr }, /^2 problems [\s\S]*h2-drect[\s\S]*h2-direct/);
    expect(ended.stderr).to.contain("colour");
  });

  it("a folder that nothing can be written into, and what for", async () => {
    const program = article();
    const what = "a file, which nobody can make a folder in, root neither";
    writeFileSync(path.join(program.folder, ".hopwise"), what);
    const on = ["--embedded-origin", "--program", program.folder];
    const ended = await run(["local", "--check", ...on]);
    program.remove();
    expectMessage(ended, /\.hopwise cannot be written, where hopwise keeps .*--program\.$/m);
  });

  it("temporary files that cannot be written, and what to set", () => {
    const command = ["cli/hopwise.js", "plan", "--program", "examples/article-464"];
    const env = { ...process.env, TMPDIR: path.join(folder, "gone") };
    const { stderr, status } = spawnSync(process.execPath, command, {
      ...{ cwd: projectDir, encoding: "utf8", env },
    });
    expect(stderr).to.match(
      /^Temporary files cannot be written in .*gone \(ENOENT.*Set TMPDIR .*\n$/,
    );
    expect(status).to.equal(1);
  });

  it("a taken port, and what to do", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    try {
      const port = String((other.address() as AddressInfo).port);
      const ended = await run(["local", "--check", "--embedded-origin", "--port", port]);
      expectMessage(ended, new RegExp(`Port ${port} .*is taken.*--port`));
    } finally {
      other.close();
    }
  });

  const usage: [string, string[], RegExp][] = [
    ["an unknown option", ["local", "--stak", "dev"], /unknown option '--stak'[\s\S]*--stack/],
    ["a port that is none", ["local", "--port", "https"], /'https' is invalid.*1 to 65535/],
    ["a port too high", ["local", "--port", "70000"], /'70000' is invalid/],
    ["an address that is none", ["local", "--caller-address", "me"], /Write an IP address/],
    ["a stack that is a path", ["local", "--stack", "../dev"], /letters, digits/],
    ["an upstream without a port", ["local", "--upstream", "app=localhost"], /NAME=HOST:PORT/],
    ["a command for nothing", ["local", "--run", "=node server.js"], /NAME=COMMAND/],
    ["a container twice", ["local", "--run", "a=b", "--run", "a=c"], /a is given twice/],
    ["another way to drop", ["local", "--security-groups", "deny"], /reset, drop/],
    ["an unknown command", ["serve"], /unknown command 'serve'/],
    ["a word too many", ["local", "dev"], /too many arguments.*\n.*with --program\.$/m],
  ];
  for (const [what, args, pattern] of usage)
    it(`${what}, exit code 2`, async () => {
      expectMessage(await run(args), pattern, 2);
    });

  it("and with HOPWISE_DEBUG=1 also where", () => {
    expect(describeFailure(new CommandFailure("gone"), true)).to.match(/gone\n\s+at /);
    expect(describeFailure(new CommandFailure("gone"), false)).to.equal("gone");
  });
});

/** Runs a command in a pipeline of bash; gives each process's exit status and what was said. */
function piped(command: string, then: string): { statuses: string; stderr: string } {
  const line = `"$0" cli/hopwise.js ${command} ${then}; echo "\\n\${PIPESTATUS[*]}" >&2`;
  const { stderr } = spawnSync("bash", ["-c", line, process.execPath], {
    cwd: projectDir,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  const [, said = "", statuses = ""] = /^([^]*)\\n([\d ]+)\n$/.exec(stderr) ?? [];
  return { statuses, stderr: said };
}

describe("hopwise whose output", () => {
  const commands = [
    "finding edge-http1-to-http2-target",
    "plan --program examples/article-464 --format json",
    "--help",
  ];
  for (const command of commands)
    it(`is not read to its end: hopwise ${command} | true`, () => {
      // Once as it comes, and once when the reader has certainly gone.
      for (const reader of ["| head -1 >/dev/null", "> >(exec >&- <&-; true)"]) {
        const { statuses, stderr } = piped(command, reader);
        expect(stderr).to.equal("");
        expect(statuses).to.match(/^[01]( 0)?$/);
      }
    });

  if (existsSync("/dev/full"))
    for (const command of commands)
      it(`cannot be written: hopwise ${command} > /dev/full`, () => {
        const { statuses, stderr } = piped(command, "> /dev/full");
        expect(stderr).to.match(/^The output cannot be written: ENOSPC.*\n$/);
        expect(statuses).to.equal("1");
      });
});

describeRuns("hopwise --help", () => {
  it("fits a terminal of 80 columns, of every command", async () => {
    for (const command of hopwise("0.0.0").commands) {
      const { stdout } = await run([command.name(), "--help"]);
      expect(stdout).to.include("Usage:");
      expect(stdout.split("\n").filter((line) => line.length > 80)).to.deep.equal([]);
    }
  });

  it("names the commands that there are, and every option of local", async () => {
    const help = await run(["--help"]);
    expect(help.code).to.equal(0);
    for (const command of ["plan", "local"])
      expect(help.stdout).to.match(new RegExp(`^ +${command} `, "m"));
    const local = await run(["local", "--help"]);
    for (const option of [
      ...["--program", "--stack", "--port", "--upstream", "--run", "--watch", "--check", "--json"],
      ...["--security-groups", "--stack-outputs", "--embedded-origin", "--caller-address"],
    ])
      expect(local.stdout).to.contain(option);
    expect(local.code).to.equal(0);
  });
});
