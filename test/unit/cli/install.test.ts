import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";

const load = createRequire(__filename);
const { nodeTooOld } = load("../../../cli/nodeVersion.js") as {
  nodeTooOld: (version: string, range: string) => string | undefined;
};
const { whyInstall } = load("../../../cli/ensureInstalled.js") as {
  whyInstall: (root: string, options: { dev: boolean }) => string | undefined;
};

describe("the version of Node", () => {
  const cases: [string, boolean][] = [
    ["v18.20.4", false],
    ["v20.9.0", false],
    ["v20.18.3", false],
    ["v20.19.0", true],
    ["v22.12.0", true],
    ["v24.0.0", true],
  ];
  for (const [version, good] of cases)
    it(`${version} is ${good ? "new enough" : "too old"} for >=20.19`, () => {
      const problem = nodeTooOld(version, ">=20.19");
      if (good) expect(problem).to.equal(undefined);
      else expect(problem).to.contain("needs Node 20.19 or newer").and.contain(version);
    });
});

describe("installing", () => {
  interface Entry {
    version: string;
    dev?: boolean;
    optional?: boolean;
    peer?: boolean;
    os?: string[];
  }
  type Entries = Record<string, Entry>;
  const locked: Entries = {
    "": { version: "0.1.0" },
    "node_modules/a": { version: "1.0.0" },
    "node_modules/a/node_modules/b": { version: "2.0.0" },
    "node_modules/@x/native": { version: "3.0.0", optional: true, os: ["aix"] },
    "node_modules/sdk": { version: "5.0.0", peer: true },
    "node_modules/command": { version: "6.0.0", optional: true },
    "node_modules/t": { version: "4.0.0", dev: true },
  };
  const installed: Entries = {
    "node_modules/a": { version: "1.0.0" },
    "node_modules/a/node_modules/b": { version: "2.0.0" },
    "node_modules/sdk": { version: "5.0.0" },
    "node_modules/command": { version: "6.0.0" },
    "node_modules/t": { version: "4.0.0", dev: true },
  };
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "hopwise-install-"));
    writeFileSync(path.join(root, "package-lock.json"), JSON.stringify({ packages: locked }));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });
  const why = (packages: Entries | undefined, dev = true): string | undefined => {
    if (packages !== undefined) write(JSON.stringify({ packages }));
    return whyInstall(root, { dev });
  };
  const write = (text: string): void => {
    mkdirSync(path.join(root, "node_modules"));
    writeFileSync(path.join(root, "node_modules", ".package-lock.json"), text);
  };
  const without = (name: string): Entries =>
    Object.fromEntries(Object.entries(installed).filter(([place]) => place !== name));

  it("is not needed when everything is there but what is made for another system", () => {
    expect(why(installed)).to.equal(undefined);
  });
  for (const [kind, name] of Object.entries({ peer: "sdk", optional: "command" }))
    it(`is needed after an install with --omit=${kind}`, () => {
      expect(why(without(`node_modules/${name}`), false)).to.equal(`${name} is missing`);
    });
  it("is needed on a fresh clone", () => {
    expect(why(undefined)).to.equal("no dependencies are installed yet");
  });
  it("is needed when a package is missing, wherever it belongs", () => {
    expect(why(without("node_modules/a/node_modules/b"))).to.equal("b is missing");
  });
  it("is needed when another version is asked for", () => {
    const old = { ...installed, "node_modules/a": { version: "0.9.0" } };
    expect(why(old)).to.equal("a 0.9.0 is installed, 1.0.0 is asked for");
  });
  it("is needed for the tests' packages only by the tests", () => {
    expect(why(without("node_modules/t"), true)).to.equal("t is missing");
    expect(whyInstall(root, { dev: false })).to.equal(undefined);
  });
  it("is needed after an install that was cut short", () => {
    write('{ "packages": { "node_mod');
    expect(whyInstall(root, { dev: false })).to.equal("a is missing");
  });
});
