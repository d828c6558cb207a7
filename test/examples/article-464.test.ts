/** The article's program, served as anybody would serve it: 464 for curl, and the one word that fixes it. */
import { execFile } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import { eventually } from "../eventually";
import { describeWith } from "../parts";
import { findNginx } from "../../local/nginx";
import { type Running, start } from "../cli/hopwise";

const root = path.join(__dirname, "../..");

interface Curled {
  readonly status: number;
  readonly bytes: number;
  readonly body: string;
}

/** Plain `curl -k`. */
function curl(...args: string[]): Promise<Curled> {
  return new Promise((resolve, reject) => {
    const format = "\n%{http_code} %{size_download}";
    execFile("curl", ["-sk", "--max-time", "120", "-w", format, ...args], (error, stdout) => {
      if (error) {
        reject(new Error(error.message));
        return;
      }
      const lines = stdout.split("\n");
      const [status, bytes] = (lines.pop() ?? "").split(" ").map(Number);
      resolve({ status: status ?? 0, bytes: bytes ?? -1, body: lines.join("\n") });
    });
  });
}

/** Lines of the access logs below a folder that stands for S3. */
function accessLog(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".log.gz") && file.includes("elasticloadbalancing"))
    .flatMap((file) =>
      gunzipSync(readFileSync(path.join(folder, file)))
        .toString()
        .trim()
        .split("\n"),
    );
}

describeWith("curl", "examples/article-464", () => {
  let folder: string;
  let running: Running;
  let url: string;

  before(async () => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), "hopwise-article-")), "article-464");
    cpSync(path.join(root, "examples/article-464"), folder, {
      recursive: true,
      filter: (file) => !/node_modules|\.hopwise/.test(file),
    });
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    running = start(["local", "--program", folder, "--watch", "--port", "0"]);
    const said = await running.said("Ctrl-C stops it.");
    url = `https://localhost:${/^Serving https:\/\/\S+:(\d+)/m.exec(said)?.[1] ?? ""}/`;
  });

  after(async () => {
    running.child.kill("SIGINT");
    const { code, stderr } = await running.ended;
    rmSync(path.dirname(folder), { recursive: true });
    expect(stderr).to.equal("");
    expect(code).to.equal(0);
  });

  it("is written without hopwise", () => {
    const source = readFileSync(path.join(folder, "index.ts"), "utf8");
    expect(source).not.to.match(/hopwise/i);
    expect(source.match(/"HTTP2"/g)).to.have.length(1);
  });

  it("answers plain curl with 464 and an empty body, whatever curl speaks to the edge", async () => {
    for (const version of ["--http1.1", "--http2"]) {
      const { status, bytes } = await curl(version, url);
      expect({ status, bytes }).to.deep.equal({ status: 464, bytes: 0 });
    }
  });

  it("shows why, and what to change", async () => {
    // Once for each request of the test before.
    const said = (await running.said("protocolVersion to HTTP1.", 2)).replace(/\s+/g, " ");
    expect(said).to.contain("✘ error edge-http1-to-http2-target");
    expect(said).to.contain("464 ");
    expect(said).to.match(
      /viewer HTTP\/2 → CloudFront HTTP\/1\.1 → load balancer an HTTP\/1\.1 request/,
    );
  });

  it("is no trouble for who calls the load balancer itself over HTTP/2", async () => {
    const said = await running.said("Ctrl-C stops it.");
    const [, address = "", local = ""] = /--connect-to ::(127\.0\.2\.\d+):(\d+)/.exec(said) ?? [];
    const { status, body } = await curl("--http2", `https://${address}:${local}/`);
    expect(status).to.equal(200);
    if (await findNginx()) expect(body).to.equal("Hello over HTTP/2.0\n");
  });

  it("answers with 200 after the one word is changed, while it goes on being served", async () => {
    const file = path.join(folder, "index.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace('"HTTP2"', '"HTTP1"'));
    const said = await running.said("The new declaration is served");
    expect(said).to.match(/\+- lb TargetGroup nginx +protocolVersion/);
    expect(said).to.contain("no longer: error edge-http1-to-http2-target");
    const { status, body } = await curl(url);
    expect(status).to.equal(200);
    if (await findNginx()) expect(body).to.equal("Hello over HTTP/1.1\n");
  });

  it("has all of it in the load balancer's access log, where the output says", async () => {
    const said = await running.said("Access logs are written to");
    // A long path starts a new line.
    const [, logs = ""] = /Access logs are written to\s+(\S+),/.exec(said) ?? [];
    const wanted =
      /^https .* - -1 -1 -1 464 - .* "GET https:\/\/origin-www\.example\.com:443\/ HTTP\/1\.1"/;
    const found = (): string[] => accessLog(path.resolve(root, logs)).filter((l) => wanted.test(l));
    await eventually("both requests are in the log", () => found().length >= 2);
    expect(found()).to.have.length(2);
  });
});
