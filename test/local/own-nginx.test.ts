/** Images that people build on nginx's own: real nginx with their configuration. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { describeWith } from "../parts";
import type { NginxChoice } from "../../local/nginx";
import { evaluate } from "../../local/program";
import { serve, type Served, type ServeEvent } from "../../local/serve";
import type { LocalResource } from "../../local/model/types";
import { alive } from "../cli/hopwise";
import { get } from "../cli/web";
import { theNginx } from "./nginx-support";
import { eventually } from "../eventually";

const root = path.join(__dirname, "../..");

describeWith("nginx", "nginx with an image's own configuration", () => {
  let folder: string;
  let served: Served | undefined;
  let events: ServeEvent[];
  let nginx: NginxChoice;
  let resources: readonly LocalResource[];

  before(async () => {
    nginx = await theNginx();
  });
  beforeEach(() => {
    events = [];
    folder = path.join(mkdtempSync(path.join(tmpdir(), "hopwise-nginx-")), "program");
    cpSync(path.join(root, "examples/article-464"), folder, {
      recursive: true,
      filter: (file) => !/node_modules|\.hopwise/.test(file),
    });
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    edit("index.ts", '"HTTP2"', '"HTTP1"');
    edit("index.ts", '"redirect-to-https"', '"allow-all"');
  });
  afterEach(async () => {
    await served?.close();
    served = undefined;
    rmSync(path.dirname(folder), { recursive: true });
  });
  function edit(file: string, from: string, to: string): void {
    const place = path.join(folder, file);
    writeFileSync(place, readFileSync(place, "utf8").replace(from, to));
  }
  async function serving(): Promise<Served> {
    ({ resources } = await evaluate({ projectDir: folder }));
    const stateDir = path.join(folder, ".hopwise/dev");
    served = await serve(resources, {
      projectDir: folder,
      stateDir,
      port: 0,
      nginx,
      onEvent: (event) => events.push(event),
    });
    return served;
  }
  /** What a viewer of the edge's plain port gets. */
  const body = async (): Promise<string> =>
    (await get(`http://127.0.0.1:${served?.front.plainPort ?? 0}/`)).body;

  it("speaks as its nginx.conf says, and leaves nothing behind", async () => {
    const { services } = await serving();
    expect(await body()).to.equal("Hello over HTTP/1.1\n");
    await eventually("the access log is the task's", () =>
      events.some((e) => e.kind === "log" && e.line.includes('"GET / HTTP/1.1" 200')),
    );
    const pids = services[0]?.tasks.flatMap((task) => task.pids) ?? [];
    expect(pids).to.have.length(1);
    await served?.close();
    expect(pids.filter(alive)).to.deep.equal([]);
  });

  it("starts new tasks where a file of the image changed and the declaration did not", async () => {
    const running = await serving();
    const { services } = running;
    const before = services[0]?.tasks.map((task) => task.name);
    edit("nginx/nginx.conf", "Hello over", "Goodbye over");
    await running.update(resources);
    expect(await body()).to.equal("Goodbye over HTTP/1.1\n");
    expect(services[0]?.tasks.map((task) => task.name)).not.to.deep.equal(before);
    await running.update(resources);
    expect(services[0]?.tasks).to.have.length(1);
  });

  it("starts where the configuration names no log, whose default is a folder of the image", async () => {
    edit("nginx/nginx.conf", "access_log /dev/stdout;", "");
    await serving();
    expect(await body()).to.equal("Hello over HTTP/1.1\n");
    expect(events.filter((e) => e.kind === "trouble")).to.deep.equal([]);
  });

  it("serves the files of an image that is nginx and nothing else", async () => {
    writeFileSync(
      path.join(folder, "nginx/Dockerfile"),
      "FROM nginxinc/nginx-unprivileged\nCOPY index.html /usr/share/nginx/html/\n",
    );
    writeFileSync(path.join(folder, "nginx/index.html"), "mine\n");
    edit("index.ts", '"/healthz"', '"/"');
    await serving();
    expect(await body()).to.equal("mine\n");
  });

  it("is replaced if nginx does not accept it, with the error of nginx", async () => {
    edit("nginx/nginx.conf", "http2 on;", "http2 perhaps;");
    await serving();
    const trouble = events.find((e) => e.kind === "trouble");
    expect(trouble?.message).to.match(/replaces nginx.*invalid value "perhaps"/);
    expect(await body()).to.match(/<!doctype html>/i);
  });
});
