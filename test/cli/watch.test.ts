import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { eventually } from "../eventually";
import { describeRuns } from "./hopwise";
import { get, served, web, type Got, type ServedWeb, type Web } from "./web";

/** How often a text was said. */
const times = (said: string, text: string): number => said.split(text).length - 1;

describeRuns("hopwise local --watch", () => {
  let program: Web;
  let running: ServedWeb;
  before(async () => {
    program = web();
    running = await served(program.folder, "--watch", "--run", "app=node server.js");
  });
  after(async () => {
    const { code, stderr } = await running.stop();
    program.remove();
    expect(stderr).to.equal("");
    expect(code).to.equal(0);
  });
  const greeting = async (): Promise<unknown> =>
    (JSON.parse((await get(running.url)).body) as { greeting: unknown }).greeting;
  /** Waits until a text was said once more than before. */
  const saidAgain = async (text: string, action: () => void): Promise<string> => {
    const before = await running.said("Ctrl-C");
    action();
    return running.said(text, times(before, text) + 1);
  };

  it("changes what runs without a failed request, naming what changes before and the end after", async () => {
    const got: Got[] = [];
    const state = { over: false };
    const client = async (): Promise<void> => {
      while (!state.over) got.push(await get(running.url));
    };
    const clients = [client(), client()];
    const said = await saidAgain("is served, after", () => {
      program.edit("index.js", 'greeting = "hello"', 'greeting = "hallo"');
    });
    expect(await greeting()).to.equal("hallo");
    state.over = true;
    await Promise.all(clients);
    expect(got.length).to.be.greaterThan(10);
    expect(got.filter((g) => g.status !== 200)).to.deep.equal([]);
    const change = said.slice(said.indexOf("index.js changed"));
    expect(change).to.match(
      /\+- ecs TaskDefinition app +containerDefinitions\n[\s\S]*~ {2}ecs Service app +taskDefinition/,
    );
  });

  it("sees a file that an editor saves by renaming, and a file of its own that is required", async () => {
    const file = path.join(program.folder, "index.js");
    writeFileSync(path.join(program.folder, "words.js"), 'module.exports = "salut";\n');
    await saidAgain("is served, after", () => {
      const next = readFileSync(file, "utf8").replace('"hallo"', 'require("./words.js")');
      writeFileSync(`${file}~`, next);
      renameSync(`${file}~`, file);
    });
    expect(await greeting()).to.equal("salut");
    await saidAgain("is served, after", () => {
      writeFileSync(path.join(program.folder, "words.js"), 'module.exports = "ciao";\n');
    });
    expect(await greeting()).to.equal("ciao");
  });

  /**
   * With each of these lines in turn the old declaration stays served, and a message shows; without
   * the last one, the program is served again.
   */
  const goesOnAfter = async (wrong: readonly [line: string, message: RegExp][]): Promise<void> => {
    let before = '"use strict";\n';
    for (const [line, message] of wrong) {
      const said = await saidAgain("goes on being served", () => {
        program.edit("index.js", before, `"use strict";\n${line}\n`);
      });
      expect(said.slice(said.lastIndexOf("index.js changed"))).to.match(message);
      expect(await greeting()).to.equal("ciao");
      before = `"use strict";\n${line}\n`;
    }
    await saidAgain("is served, after", () => {
      program.edit("index.js", before, '"use strict";\n');
    });
  };

  it("shows what is wrong with an edited program, and goes on serving the old one", async () => {
    await goesOnAfter([
      ["const subnets = ;", /✘ index\.js:2: Unexpected token ';'/],
      ['throw new Error("out of paper");', /✘ index\.js:2: out of paper\n/],
      [
        'new (require("@pulumi/aws").lb.TargetGroup)("t", { port: 99999, protocol: "HTTP" });',
        /✘ index\.js:2 lb TargetGroup t: [^]*99999/,
      ],
    ]);
    expect(await greeting()).to.equal("ciao");
  });

  it("survives what a program does to its process: a late error, its end, a loop", async () => {
    await goesOnAfter([
      ['setTimeout(() => { throw new Error("late"); }, 300);', /✘ index\.js:2: late\n/],
      ["setTimeout(() => process.exit(3), 50);", /✘ index\.js:2: .*process\.exit\(3\)/],
      ['process.kill(process.pid, "SIGKILL");', /✘ .*ended \(SIGKILL\)/],
    ]);
    // What runs without an end does not keep its correction waiting.
    const loop = 'require("node:fs").writeFileSync(".looping", ""); for (;;);';
    program.edit("index.js", '"use strict";', `"use strict";\n${loop}`);
    await eventually("the loop runs", () => existsSync(path.join(program.folder, ".looping")));
    await saidAgain("is served, after", () => {
      program.edit("index.js", `"use strict";\n${loop}`, '"use strict";');
    });
    expect(await greeting()).to.equal("ciao");
  });

  it("does not take a change of what viewers call, and says what to do", async () => {
    const said = await saidAgain("goes on being served", () => {
      program.edit("index.js", "port: 8080,", "port: 8081,");
    });
    expect(said.replace(/\s+/g, " ")).to.contain("Stop serving and start again");
    await saidAgain("is served, after", () => {
      program.edit("index.js", "port: 8081,", "port: 8080,");
    });
  });

  it("sees the stack's settings", async () => {
    const said = await saidAgain("is served, after", () => {
      writeFileSync(path.join(program.folder, "Pulumi.dev.yaml"), "config:\n  web:note: again\n");
    });
    expect(said).to.contain("Pulumi.dev.yaml changed\n    No resource changes.");
  });
});
