import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { PersistentAccount } from "../../local/provider/persistentAccount";

describe("an account kept in a file", () => {
  let folder: string;
  let file: string;
  const type = "aws:cloudwatch/logGroup:LogGroup";
  const group = (name: string) => ({
    type,
    name,
    urn: `urn:pulumi:s::p::${type}::${name}`,
    inputs: { retentionInDays: 7 },
  });

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-journal-"));
    file = path.join(folder, "aws.jsonl");
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("is the same after a restart, and goes on from there", () => {
    const before = new PersistentAccount(file);
    const { id } = before.create(group("one"));
    const gone = before.create(group("two"));
    before.update(type, id, { retentionInDays: 30 });
    before.delete(type, gone.id);

    const after = new PersistentAccount(file);
    expect(after.resources).to.deep.equal(before.resources);
    expect(after.resources.map((resource) => resource.inputs)).to.deep.equal([
      { retentionInDays: 30 },
    ]);
    // A replacement: its id is not the one of the resource that was deleted before the restart.
    expect(after.create(group("two")).id).to.not.equal(gone.id);
  });

  it("keeps no change that was refused", () => {
    const before = new PersistentAccount(file);
    expect(() => before.create({ ...group("bad"), inputs: { retentionInDays: 8 } })).to.throw();
    expect(new PersistentAccount(file).resources).to.be.empty;
  });

  it("can be read by its owner only", () => {
    new PersistentAccount(file).create(group("one"));
    expect(fs.statSync(file).mode & 0o777).to.equal(0o600);
  });

  it("says which line is not one of its own", () => {
    fs.writeFileSync(file, "{}\nnonsense\n");
    expect(() => new PersistentAccount(file)).to.throw(`${file}:2`);
  });
});
