/** Which files arguments come to, and what is said of those that the system does not give. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { findLogs } from "../../../cli/explain/find";

describe("the files that arguments name", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "hopwise-find-"));
    mkdirSync(path.join(folder, "logs/inner"), { recursive: true });
    mkdirSync(path.join(folder, "only"));
    writeFileSync(path.join(folder, "logs/a.log"), "x");
    writeFileSync(path.join(folder, "logs/inner/b.log"), "x");
    symlinkSync("circle", path.join(folder, "logs/circle"));
    symlinkSync("nowhere", path.join(folder, "logs/dangling"));
    symlinkSync("circle", path.join(folder, "only/circle"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const find = (...names: string[]) => {
    const { files, problems, unreadable } = findLogs(names.map((name) => path.join(folder, name)));
    const short = (name: string) => path.relative(folder, name);
    return {
      files: files.map((file) => short(file.path)),
      problems,
      unreadable: unreadable.map(({ file, problem }) => [short(file), problem.slice(0, 5)]),
    };
  };

  it("are read although a link in the folder leads to itself", () => {
    expect(find("logs")).to.deep.equal({
      files: ["logs/a.log", "logs/inner/b.log"],
      problems: [],
      unreadable: [["logs/circle", "ELOOP"]],
    });
  });

  it("are those of a pattern, on Windows also between backslashes", () => {
    const pattern = path.join(folder, "logs/**/*.log");
    const names = (text: string, platform?: NodeJS.Platform) =>
      findLogs([text], platform).files.map((file) => path.relative(folder, file.path));
    expect(names(pattern)).to.have.members(["logs/a.log", "logs/inner/b.log"]);
    expect(names(pattern.replaceAll("/", "\\"), "win32")).to.have.members(names(pattern));
  });

  it("are none where there is nothing but such a link, or where it is the argument", () => {
    const nothing = { files: [], problems: [], unreadable: [["only/circle", "ELOOP"]] };
    expect(find("only")).to.deep.equal(nothing);
    expect(find("only/circle")).to.deep.equal(nothing);
  });
});
