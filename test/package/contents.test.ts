/** What `npm pack` puts into the package, and that its command works without the sources. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { GetSchemaRequest } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { billOfMaterials } from "../../release/artifacts";
import { install, pack, temporaryFolder } from "../packed";
import { itWith } from "../parts";
import { albLine } from "../unit/explain/lines";

const ROOT = path.join(__dirname, "../..");

describe("the package, by itself", () => {
  let folder: string;
  let tarball: string;
  let hopwise: string;
  let files: string[];
  before(() => {
    folder = temporaryFolder();
    tarball = pack(folder, "--noCheck");
    install(tarball, folder);
    hopwise = path.join(folder, "node_modules/hopwise");
    files = fs
      .readdirSync(hopwise, { recursive: true, encoding: "utf8" })
      .map((file) => file.split(path.sep).join("/"))
      .filter((file) => fs.statSync(path.join(hopwise, file)).isFile());
  });
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** What the command says; it exits with 1 where it finds an error. */
  const run = (...args: string[]): string => {
    const command = [path.join(hopwise, "cli/hopwise.js"), ...args];
    const env = { ...process.env, NO_COLOR: "1" };
    const result = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8", env });
    return result.stdout + result.stderr;
  };

  it("is small", () => {
    expect(fs.statSync(tarball).size).to.be.lessThan(1e6);
  });

  it("has comments in its declarations, for editors, and none in its code", () => {
    const read = (file: string) => fs.readFileSync(path.join(hopwise, file), "utf8");
    const code = files.filter((file) => /^dist\/(?!nginx\/).*\.js$/.test(file));
    expect(code.filter((file) => /^\s*(\/\/|\/\*)/m.test(read(file)))).to.deep.equal([]);
    const declaration = read("dist/components/variants/pathArgs.d.ts");
    expect(declaration).to.match(/@default none\s+\*\/\s+transform\?: Transform;/);
  });

  it("holds no source, no stack's settings, no test and no picture", () => {
    const sources =
      /(^|[^d])\.tsx?$|(?<!\.d)\.ts$|(^|\/)Pulumi\..*ya?ml$|(^|\/)test\/|tsconfig[^/]*\.json$|^docs\/images\//;
    expect(files.filter((file) => sources.test(file))).to.deep.equal([]);
    expect(files.filter((file) => file.startsWith("dist/config/"))).to.deep.equal([]);
  });

  it("has all that its package.json names", () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(hopwise, "package.json"), "utf8")) as {
      main: string;
      types: string;
      exports: Record<string, string | Record<string, string>>;
      typesVersions: Record<string, Record<string, string[]>>;
      bin: Record<string, string>;
    };
    const { main, types, exports, typesVersions, bin } = manifest;
    const named = [exports, typesVersions, bin].flatMap((part) => leaves(part));
    for (const file of [main, types, ...named])
      expect(fs.existsSync(path.join(hopwise, file)), file).to.be.true;
    expect(exports["."]).to.deep.equal({ types, default: main });
    const byName = Object.fromEntries(
      Object.entries(exports).flatMap(([name, target]) =>
        name !== "." && typeof target === "object" ? [[name.slice(2), [target.types]]] : [],
      ),
    );
    expect(typesVersions["*"], "for TypeScript's older resolution").to.deep.equal(byName);
  });

  it("has a bill of materials, without what only development needs", () => {
    const { metadata, components } = JSON.parse(billOfMaterials()) as {
      metadata: { component: { name: string; purl: string } };
      components: { name: string }[];
    };
    const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
      version: string;
    };
    expect(metadata.component).to.include({ name: "hopwise", purl: `pkg:npm/hopwise@${version}` });
    const names = components.map(({ name }) => name);
    expect(names).to.include.members(["ipaddr.js", "@pulumi/pulumi", "commander"]);
    expect(names).not.to.include("mocha").and.not.to.include("eslint");
  });

  it("prints the page of a finding, in both languages", () => {
    const code = "edge-http1-to-http2-target";
    expect(run("finding", code)).to.include(code).and.to.include("Cause");
    expect(run("finding", code, "--lang", "ja"))
      .to.include(code)
      .and.to.include("原因");
  });

  it("plans a program", () => {
    const output = run("plan", "--program", path.join(ROOT, "examples/article-464"), "--all");
    expect(output).to.include("edge-http1-to-http2-target");
  });

  it("says which of its peers a program lacks, and with what to add it", () => {
    const program = temporaryFolder();
    install(tarball, program);
    const scope = path.join(program, "node_modules/@pulumi");
    fs.rmSync(scope);
    fs.mkdirSync(scope);
    const all = path.join(ROOT, "node_modules/@pulumi");
    for (const name of fs.readdirSync(all).filter((name) => name !== "random"))
      fs.symlinkSync(path.join(all, name), path.join(scope, name));
    const source = 'new (require("hopwise").OriginSecret)("shop");';
    const files = { "package.json": "{}", "yarn.lock": "", "index.js": source };
    const project = { "Pulumi.yaml": "name: shop\nruntime: nodejs\n", ...files };
    for (const [name, text] of Object.entries(project))
      fs.writeFileSync(path.join(program, name), text);
    expect(run("plan", "--program", program).replace(/\s+/g, " ")).to.include(
      `The package @pulumi/random, which hopwise needs, is not installed. Run yarn add @pulumi/random in ${program}.`,
    );
    const ran = spawnSync(process.execPath, ["index.js"], { cwd: program, encoding: "utf8" });
    expect(ran.stderr).to.match(
      /Error: Cannot find module '@pulumi\/random', which hopwise needs\./,
    );
    expect(ran.stderr).not.to.include("Require stack");
    fs.rmSync(program, { recursive: true });
  });

  itWith(["nginx", "curl"], "serves a program, with nginx and the commands of containers", () => {
    const program = path.join(folder, "article");
    fs.cpSync(path.join(ROOT, "examples/article-464"), program, { recursive: true });
    const index = path.join(program, "index.ts");
    const source = fs
      .readFileSync(index, "utf8")
      .replace('protocolVersion: "HTTP2"', 'protocolVersion: "HTTP1"');
    fs.writeFileSync(index, source);
    const output = run("local", "--program", program, "--check", "--port", "0");
    expect(output).to.match(/All \d+ requests got what/);
  });

  it("serves its components to other languages", async () => {
    const file = path.join(hopwise, "provider/main.js");
    const child = spawn(process.execPath, [file, "127.0.0.1:1"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [port] = (await once(createInterface(child.stdout), "line")) as [string];
      const client = new ResourceProviderClient(
        `127.0.0.1:${port}`,
        grpc.credentials.createInsecure(),
      );
      const schema = await new Promise<string>((resolve, reject) => {
        client.getSchema(new GetSchemaRequest(), (error, response) => {
          if (error) reject(error);
          else resolve(response.getSchema());
        });
      });
      client.close();
      const committed = fs.readFileSync(path.join(ROOT, "provider/schema.json"), "utf8");
      expect(JSON.parse(schema)).to.deep.equal(JSON.parse(committed));
    } finally {
      child.kill();
    }
  });

  it("reads a log, in several threads", () => {
    const line = albLine({ elb_status_code: "464", user_agent: "Amazon CloudFront" });
    const logs = path.join(folder, "logs");
    fs.mkdirSync(logs);
    for (const name of ["a", "b", "c"])
      fs.writeFileSync(path.join(logs, `${name}.log`), `${line}\n`.repeat(20_000));
    expect(run("explain", logs)).to.include("60,000 of 60,000 requests");
  });
});

/** The texts in an object, however deep. */
function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return Object.values(value as object).flatMap((one) => leaves(one));
}
