/** What a preview of an upgrade counts as lost. */
import { expect } from "chai";
import { losses } from "../../engine/steps";

const urn = (types: string, name: string) => `urn:pulumi:dev::hopwise::${types}::${name}`;
const bucket = urn("hopwise:index:LogBucket$aws:s3/bucket:Bucket", "web-logs");

describe("losses in a preview", () => {
  for (const op of ["same", "create", "update", "read"])
    it(`has none in the step ${op}`, () => {
      expect(losses([{ op, urn: bucket }])).to.deep.equal([]);
    });

  for (const op of ["replace", "create-replacement", "delete-replaced", "delete", "discard"])
    it(`names what the step ${op} takes`, () => {
      expect(losses([{ op, urn: bucket }])).to.deep.equal([`${op} aws:s3/bucket:Bucket web-logs`]);
    });

  it("leaves out providers, which hold nothing", () => {
    const provider = urn("pulumi:providers:aws", "default_7_30_0");
    expect(losses([{ op: "delete", urn: provider }])).to.deep.equal([]);
  });
});
