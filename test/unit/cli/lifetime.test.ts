import { spawn } from "node:child_process";
import path from "node:path";
import { expect } from "chai";
import { timeoutMs } from "../../eventually";

const root = path.join(__dirname, "..", "..", "..");

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a script that has a `lifetime` and something to close, in a process of its own, and sends
 * it signals: the next one whenever it says "ready".
 */
function live(script: string, ...signals: NodeJS.Signals[]): Promise<Ended> {
  const program = `
    const { Lifetime } = require(${JSON.stringify(path.join(root, "cli/local/lifetime.ts"))});
    const lifetime = new Lifetime();
    const later = (ms, then) => setTimeout(then, ms);
    const open = setInterval(() => undefined, 1000);
    lifetime.onClose(async () => { console.log("first closed"); clearInterval(open); });
    lifetime.onClose(async () => { await new Promise((r) => later(20, r)); console.log("last closed"); });
    ${script}`;
  const child = spawn(process.execPath, ["-r", "./startup", "-e", program], {
    cwd: root,
    // What does not end by itself is what these tests look for: it must not outlive them.
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (text.includes("ready")) child.kill(signals.shift());
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

const closed = "last closed\nfirst closed\n";

describe("what was opened is closed, last in first out", () => {
  it("when the process crashes, with one line on why", async () => {
    const ended = await live(`later(1, () => { throw new Error("out of paper"); });`);
    expect(ended).to.deep.equal({ code: 1, stdout: closed, stderr: "out of paper\n" });
  });
  it("when a promise is rejected that nobody looks at", async () => {
    const ended = await live(`void Promise.reject(new Error("lost"));`);
    expect(ended).to.deep.equal({ code: 1, stdout: closed, stderr: "lost\n" });
  });
  it("when it takes too long", async () => {
    const ended = await live(`lifetime.endAfter(0.05, "The check");`);
    const stderr = "The check did not end within 0.05 s and was stopped.\n";
    expect(ended).to.deep.equal({ code: 1, stdout: closed, stderr });
  });
  it("at a signal while it works, which then has failed", async () => {
    const ended = await live(`console.log("ready");`, "SIGTERM");
    expect(ended).to.deep.equal({ code: 143, stdout: `ready\n${closed}`, stderr: "" });
  });
  it("at a signal while it serves, which is how serving ends", async () => {
    const script = `lifetime.untilInterrupted().then(() => lifetime.close()); console.log("ready");`;
    const ended = await live(script, "SIGINT");
    expect(ended).to.deep.equal({ code: 0, stdout: `ready\n${closed}`, stderr: "" });
  });
});

describe("what does not close", () => {
  const stuck = `lifetime.onClose(() => { console.log("ready"); return new Promise(() => undefined); });`;
  it("is left behind at a second signal", async () => {
    const ended = await live(`${stuck} console.log("ready");`, "SIGTERM", "SIGINT");
    expect(ended).to.deep.equal({ code: 130, stdout: "ready\nready\n", stderr: "" });
  });
});
