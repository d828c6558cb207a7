/** What a protected stack keeps when its settings change, and what it refuses to delete. */
import { expect } from "chai";
import { token } from "../../topology/tokens";
import { describeWith } from "../parts";
import { createStack, expectWhole, type Stack } from "../engine/stack";

describeWith("pulumi", "a protected stack, by the real engine", () => {
  const image = "registry.example.com/nginx:1";
  let stack: Stack;
  const ofType = (type: string) =>
    stack.providers.account.resources.filter((resource) => resource.type === type);

  before(async () => {
    stack = await createStack("dev");
    stack.set("services", `{ chat: { paths: [/chat], image: "${image}" } }`);
    stack.set("deletionProtection", "true");
    stack.set("logs", "{ access: true }");
    await stack.up();
    expectWhole(stack);
  });

  after(() => (stack as Stack | undefined)?.close());

  it("loses a service, and keeps its log group", async () => {
    const groups = ofType(token.logGroup).map(({ id }) => id);
    stack.remove("services.chat");
    const calls = await stack.up();
    expect(
      calls.some(({ operation, name }) => operation === "delete" && name === "web-chat"),
    ).to.equal(true);
    expect(ofType(token.logGroup).map(({ id }) => id)).to.deep.equal(groups);
    expect(stack.state().resources?.filter((r) => r.type === token.logGroup)).to.have.lengthOf(
      groups.length - 1,
    );
  });

  it("refuses to lose the bucket of its logs, or the image's repository", async () => {
    stack.set("logs.access", "false");
    stack.set("service.image", image);
    const refused = await stack.run("up", "--yes");
    expect(refused.code).to.not.equal(0);
    expect(refused.output).to.match(/Bucket::web-logs" cannot be deleted/);
    expect(refused.output).to.match(/LifecyclePolicy::web" cannot be deleted/);
    expect(ofType(token.bucket)).to.have.lengthOf(1);
    expect(ofType(token.repository)).to.have.lengthOf(1);
  });

  it("loses them once it is not protected any more", async () => {
    stack.set("logs.access", "true");
    stack.remove("service.image");
    stack.set("deletionProtection", "false");
    await stack.up();
    stack.set("logs.access", "false");
    stack.set("service.image", image);
    await stack.up();
    expect(ofType(token.bucket)).to.be.empty;
    expect(ofType(token.repository)).to.be.empty;
  });

  it("is not destroyed with images in a repository that is to be kept", async () => {
    stack.remove("service.image");
    await stack.up();
    const [repository] = ofType(token.repository);
    const { account } = stack.providers;
    account.update(token.repository, repository?.id ?? "", {
      ...repository?.inputs,
      forceDelete: false,
    });
    expect(() => {
      account.delete(token.repository, repository?.id ?? "");
    }).to.throw(/RepositoryNotEmptyException[^]*still contains images/);
  });
});
