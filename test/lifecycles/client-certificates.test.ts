/** Client certificates of a living stack: asked for, with other CAs, passed on, and not asked for. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { describeWith } from "../parts";
import { createStack, expectWhole, steps, type Stack } from "../engine/stack";
import { clientAuthority } from "../local/client-authority";

const bucketOf = ["Bucket", "BucketPublicAccessBlock", "BucketOwnershipControls"];
const types = [
  ...["BucketServerSideEncryptionConfiguration", "BucketVersioning", "BucketObjectv2"],
  ...["TrustStore", ...bucketOf],
];
const made = (front: string): string[] => [
  ...types.map((type) => `${type} web-client-ca`),
  ...(front === "Distribution" ? ["OriginRequestPolicy web-client-certificates"] : []),
];

for (const [name, front] of [
  ["h2", "Listener"],
  ["dev", "Distribution"],
] as const) {
  describeWith("pulumi", `client certificates of ${name}, by the real engine`, () => {
    let stack: Stack;
    let ids: string[];

    const one = (type: string) =>
      stack.providers.account.resources.find((resource) => resource.type.endsWith(`:${type}`));
    const frontIds = (): string[] =>
      stack.providers.account.resources
        .filter(({ type }) => type.endsWith(`:${front}`))
        .map(({ id }) => id);
    /** An update that replaces no front, and leaves nothing for another one to do. */
    async function live(): Promise<string[]> {
      const calls = await stack.up();
      expectWhole(stack);
      expect(frontIds()).to.deep.equal(ids);
      expect(await stack.up("--expect-no-changes")).to.be.empty;
      return steps(calls);
    }
    const trust = async (ca: string): Promise<void> => {
      const { certificate } = await clientAuthority(ca);
      fs.writeFileSync(path.join(stack.directory, "clients.pem"), certificate);
    };

    before(async () => {
      stack = await createStack(name);
      await stack.up();
      ids = frontIds();
    });

    after(() => (stack as Stack | undefined)?.close());

    it("are asked for", async () => {
      await trust("first");
      stack.set("viewers.clientCertificates", "{ caFile: clients.pem }");
      if (name === "dev") stack.set("viewers.httpVersions", "http2");
      const done = await live();
      expect(done).to.include(`update ${front} web${name === "h2" ? "-listener" : ""}`);
      expect(done.filter((step) => step.startsWith("create"))).to.have.members(
        made(front).map((one) => `create ${one}`),
      );
    });

    it("are of other CAs, in the same trust store", async () => {
      const before = [one("TrustStore")?.id, one("BucketObjectv2")?.id];
      await trust("second");
      expect(await live()).to.deep.equal([
        "create BucketObjectv2 web-client-ca",
        "update TrustStore web-client-ca",
        "delete BucketObjectv2 web-client-ca",
      ]);
      expect(one("TrustStore")?.id).to.equal(before[0]);
      expect(one("BucketObjectv2")?.id).not.to.equal(before[1]);
    });

    if (front === "Listener")
      it("are refused by a revocation list, by a newer one, and by none", async () => {
        const authority = await clientAuthority("second");
        const write = async (...serials: string[]): Promise<void> => {
          fs.writeFileSync(
            path.join(stack.directory, "revoked.pem"),
            await authority.revoking(...serials),
          );
        };
        const settings = { caFile: "clients.pem", crlFiles: ["revoked.pem"] };
        const [object, list] = ["BucketObjectv2", "TrustStoreRevocation"].map(
          (type) => `${type} web-crl-revoked`,
        );
        await write("0a");
        stack.set("viewers.clientCertificates", JSON.stringify(settings));
        expect(await live()).to.deep.equal([`create ${object}`, `create ${list}`]);
        await write("0a", "0b");
        expect(await live()).to.deep.equal([
          ...[`create ${object}`, `create ${list}`],
          ...[`delete ${list}`, `delete ${object}`],
        ]);
        stack.set("viewers.clientCertificates", "{ caFile: clients.pem }");
        expect(await live()).to.deep.equal([`delete ${list}`, `delete ${object}`]);
      });

    it("are not asked for any more", async () => {
      stack.remove("viewers.clientCertificates");
      const done = await live();
      expect(done.filter((step) => step.startsWith("delete"))).to.have.members(
        made(front).map((one) => `delete ${one}`),
      );
      const props = one(front)?.inputs;
      expect(
        front === "Listener" ? props?.mutualAuthentication : props?.viewerMtlsConfig,
      ).to.deep.equal(front === "Listener" ? { mode: "off" } : undefined);
    });
  });
}
