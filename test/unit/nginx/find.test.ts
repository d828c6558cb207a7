import { expect } from "chai";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findNginx, howToGetNginx } from "../../../local/nginx";
import { firstNewEnough, isAtLeast } from "../../../local/nginx/find";

describe("finding nginx", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "hopwise-find-"));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  /** A program that says it is that version, as nginx does: on standard error. */
  function pretend(version: string, name = "nginx"): string {
    const path = join(dir, name);
    writeFileSync(path, `#!/bin/sh\necho "nginx version: nginx/${version}" >&2\n`);
    chmodSync(path, 0o755);
    return path;
  }

  it("takes the one that HOPWISE_NGINX names before any other", async () => {
    const path = pretend("1.29.0");
    expect(await findNginx({ HOPWISE_NGINX: path })).to.deep.equal({ path, version: "1.29.0" });
  });

  it("says when the named one is too old, or none at all", async () => {
    const failure = async (named: string): Promise<string> =>
      findNginx({ HOPWISE_NGINX: named }).then(
        () => "found",
        (error: unknown) => String(error),
      );
    expect(await failure(pretend("1.24.0"))).to.contain(
      "is nginx 1.24.0. Give the path of nginx 1.25.1",
    );
    expect(await failure(join(dir, "missing"))).to.contain("is no nginx that can be started");
  });

  it("finds none where HOPWISE_NGINX says none", async () => {
    expect(await findNginx({ HOPWISE_NGINX: "none", PATH: dir })).to.equal(undefined);
    expect(await firstNewEnough([pretend("1.29.0")])).to.not.equal(undefined);
  });

  it("passes over what is missing, too old, or no nginx", async () => {
    const paths = [join(dir, "missing"), pretend("1.18.0", "old"), "/bin/true"];
    expect(await firstNewEnough(paths)).to.equal(undefined);
    const path = pretend("1.26.3", "new");
    expect(await firstNewEnough([...paths, path])).to.deep.equal({ path, version: "1.26.3" });
  });

  it("tells how to get one", () => {
    expect(howToGetNginx()).to.contain("1.25.1").and.to.contain(".ci/get-nginx");
  });

  for (const [version, minimum, enough] of [
    ["1.25.1", "1.25.1", true],
    ["1.25.0", "1.25.1", false],
    ["1.9.15", "1.25.1", false],
    ["1.100.0", "1.25.1", true],
    ["2.0.0", "1.25.1", true],
  ] as const) {
    it(`${version} is ${enough ? "" : "not "}at least ${minimum}`, () => {
      expect(isAtLeast(version, minimum)).to.equal(enough);
    });
  }
});
