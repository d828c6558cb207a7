import { expect } from "chai";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { eventually } from "../eventually";
import { describeWith, itWith, ownMounts } from "../parts";
import { startNginx } from "../../local/nginx";
import { renderNginx } from "../../local/nginx/render";
import { freePort, get, getHttp2, start, stopAll, templatesDir, theNginx } from "./nginx-support";

const address = "127.0.3.1";

/** A zombie is gone too: how soon it is collected is up to the machine's first process. */
function alive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", pid.toString()], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}

/** Waits until no process of them is left. */
const gone = (pids: readonly number[]): Promise<void> =>
  eventually(`no process of ${pids.join(", ")}`, () => !pids.some(alive));

/** All processes of a process group. */
function processGroup(pid: number): number[] {
  const group = execFileSync("ps", ["-o", "pgid=", "-p", pid.toString()], { encoding: "utf8" });
  const all = execFileSync("ps", ["-eo", "pid=,pgid="], { encoding: "utf8" }).trim().split("\n");
  return all
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, pgid]) => pgid === Number(group))
    .map(([each]) => each ?? 0);
}

/** What `nginx -t` has to say against a configuration: nothing, if all is well. */
async function complaints(configFile: string): Promise<string> {
  const args = ["-t", "-q", "-e", "stderr", "-p", dirname(configFile), "-c", configFile];
  // Not a pipe for standard output: Node makes it a socket, and nginx could not open /dev/stdout.
  const stdio = ["ignore", "ignore", "pipe"] as const;
  const { status, stderr } = spawnSync((await theNginx()).path, args, { stdio: [...stdio] });
  return status === 0 ? stderr.toString() : `exit ${status}: ${stderr.toString()}`;
}

describeWith("nginx", "nginx's configuration", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "hopwise-conf-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  for (const HOPWISE_HTTP2 of ["on", "off"]) {
    for (const HOPWISE_TLS of ["on", "off"]) {
      for (const HOPWISE_APP of ["", "127.0.0.1:3000"]) {
        for (const HOPWISE_TRUSTED_HOPS of ["1", "2"]) {
          const environment = { HOPWISE_HTTP2, HOPWISE_TLS, HOPWISE_APP, HOPWISE_TRUSTED_HOPS };
          it(`is valid and warns of nothing with ${JSON.stringify(environment)}`, async () => {
            const { configFile } = await renderNginx({
              templatesDir,
              environment: {
                HOPWISE_PORT: (await freePort(address)).toString(),
                HOPWISE_TRUSTED_CIDRS: "10.0.0.0/16,fd00:1234::/56",
                ...environment,
              },
              runDir: join(dir, "nginx"),
            });
            expect(await complaints(configFile)).to.equal("");
          });
        }
      }
    }
  }

  it("may lie in a directory with a space in its name", async () => {
    const { configFile } = await renderNginx({
      templatesDir,
      environment: { HOPWISE_TLS: "on" },
      runDir: join(dir, "a b", "nginx"),
    });
    expect(await complaints(configFile)).to.equal("");
  });
});

describeWith("nginx", "nginx's process", () => {
  afterEach(stopAll);

  it("says which port is taken", async () => {
    const { port } = await start("nginx");
    const stateDir = await mkdtemp(join(tmpdir(), "hopwise-nginx-"));
    const failure: unknown = await startNginx({
      nginx: await theNginx(),
      templatesDir,
      environment: { HOPWISE_PORT: port.toString() },
      address,
      stateDir,
    }).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
    expect(String(failure)).to.match(new RegExp(`cannot listen on 127.0.3.1:${port}: .*in use`));
    await rm(stateDir, { recursive: true, force: true });
  });

  it("leaves no process behind after kill()", async () => {
    const origin = await start("nginx", { HOPWISE_WORKERS: "2" });
    const group = processGroup(origin.pid ?? 0);
    expect(group.length).to.be.at.least(4);
    await origin.kill();
    await gone(group);
  });

  it("ends when the process that started it is killed, and its connections with it", async () => {
    const stateDir = await mkdtemp(join(tmpdir(), "hopwise-nginx-"));
    const port = await freePort(address);
    const program = `
      const { startNginx } = require(${JSON.stringify(join(__dirname, "../../local/nginx"))});
      startNginx(${JSON.stringify({
        nginx: await theNginx(),
        templatesDir,
        environment: { HOPWISE_PORT: port.toString() },
        address,
        stateDir,
      })}).then((origin) => console.log(origin.pid));`;
    const parent = spawn(
      process.execPath,
      ["-r", join(__dirname, "../../startup"), "-e", program],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const pid = await new Promise<number>((resolve, reject) => {
      parent.stdout.once("data", (text: Buffer) => {
        resolve(Number(text.toString()));
      });
      parent.once("exit", () => {
        reject(new Error("the parent ended before it had started nginx"));
      });
    });
    const group = processGroup(pid);
    expect(group).to.include(pid);
    expect((await get(`http://${address}:${port}/healthz`)).status).to.equal(200);

    parent.kill("SIGKILL");

    await gone(group);
    const refused = await get(`http://${address}:${port}/healthz`).catch((error: unknown) => error);
    expect(refused).to.have.property("code", "ECONNREFUSED");
    await rm(stateDir, { recursive: true, force: true });
  });

  it("takes its workers along when it is killed itself", async () => {
    const origin = await start("nginx");
    const group = processGroup(origin.pid ?? 0);
    process.kill(origin.pid ?? 0, "SIGKILL");
    await gone(group);
    await origin.quit();
  });

  itWith("mounts", "writes only into its state directory", async () => {
    // Everything on the root file system but the state directory is read-only to this nginx.
    const stateDir = await mkdtemp(join(tmpdir(), "hopwise-nginx-"));
    const readOnly = [
      ...["unshare", ...ownMounts, "sh", "-c"],
      'mount --bind "$1" "$1" && mount -o remount,bind,ro / && ! touch "$2" 2>/dev/null && shift 2 && exec "$@"',
      ...["sh", stateDir, join(__dirname, "written")],
    ];
    const [program = "", ...args] = readOnly;
    const quoted = readOnly.map((word) => `'${word}'`).join(" ");
    const { path, version } = await theNginx();
    const wrapper = join(stateDir, "nginx-read-only");
    await writeFile(wrapper, `#!/bin/sh\nexec ${quoted} '${path}' "$@"\n`);
    await chmod(wrapper, 0o755);

    const log: string[] = [];
    const origin = await startNginx({
      nginx: { path: wrapper, version },
      templatesDir,
      environment: {
        HOPWISE_PORT: (await freePort(address)).toString(),
        HOPWISE_HTTP2: "on",
        HOPWISE_TLS: "on",
      },
      address,
      stateDir,
      onLog: (line) => log.push(line),
    });
    try {
      const url = `https://${address}:${origin.port}`;
      expect((await get(`${url}/`)).status).to.equal(200);
      expect((await getHttp2(`${url}/missing`)).status).to.equal(404);
      const script = join(templatesDir, "../docker-entrypoint.d/25-hopwise-certificate.sh");
      const env = { ...process.env, HOPWISE_TLS: "on", HOPWISE_RUN_DIR: join(stateDir, "again") };
      expect(spawnSync(program, [...args, "sh", script], { env }).status).to.equal(0);
    } finally {
      await origin.quit();
      await rm(stateDir, { recursive: true, force: true });
    }
    expect(
      log.filter((line) => /read-only|\[(emerg|alert|crit|error)\]/i.test(line)),
    ).to.deep.equal([]);
  });
});
