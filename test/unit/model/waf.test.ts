/** Web ACLs in an account: what they take, what holds them, what changes them, what is dead. */
import { expect } from "chai";
import { token } from "../../../topology/tokens";
import { make, scene, type Scene } from "./scene";
import { codesOf, withValues } from "./support";
import { blocking, managed, wafArn } from "./wafScene";
import { diffInputs } from "../../../local/model/inputs";

const held = ["WAFAssociatedItemException"];
const remove = (s: Scene, type: string, name: string) => () => {
  s.account.delete(type, s.ids[name] ?? "");
};

describe("a web ACL in an account", () => {
  it("takes as many capacity units as its rules", () => {
    const s = scene();
    const capacity = (rules: unknown[]) =>
      make(s.account, token.webAcl, "counted", { ...s.valid(token.webAcl), name: undefined, rules })
        .outputs.capacity;
    const set = wafArn(s.account, token.ipSet, s.ids.set);
    expect(s.account.read(token.webAcl, s.ids.acl ?? "")?.outputs.capacity).to.equal(2 + 700 + 1);
    expect(capacity([blocking(set)])).to.equal(1);
    const anywhere = { headerName: "X-Forwarded-For", position: "ANY", fallbackBehavior: "MATCH" };
    const forwarded = withValues(blocking(set), {
      "statement.ipSetReferenceStatement.ipSetForwardedIpConfig": anywhere,
    });
    expect(capacity([forwarded])).to.equal(5);
    const narrowed = managed("linux", "AWSManagedRulesLinuxRuleSet", 1, {
      scopeDownStatement: { geoMatchStatement: { countryCodes: ["AQ"] } },
    });
    expect(capacity([narrowed])).to.equal(201);
  });

  it("counts again when its rules change", () => {
    const s = scene();
    const inputs = s.account.read(token.webAcl, s.ids.acl ?? "")?.inputs ?? {};
    const after = s.account.update(token.webAcl, s.ids.acl ?? "", { ...inputs, rules: [] });
    expect(after.capacity).to.equal(0);
  });

  it("cannot go while a load balancer or a distribution has it", () => {
    const s = scene();
    expect(codesOf(remove(s, token.webAcl, "acl"))).to.deep.equal(held);
    remove(s, token.webAclAssociation, "association")();
    expect(codesOf(remove(s, token.webAcl, "acl"))).to.deep.equal([]);

    const webAclId = wafArn(s.account, token.webAcl, s.ids.edgeAcl);
    const front = s.account.read(token.distribution, s.ids.distribution ?? "")?.inputs ?? {};
    s.account.update(token.distribution, s.ids.distribution ?? "", { ...front, webAclId });
    expect(codesOf(remove(s, token.webAcl, "edgeAcl"))).to.deep.equal(held);
    s.account.update(token.distribution, s.ids.distribution ?? "", front);
    expect(codesOf(remove(s, token.webAcl, "edgeAcl"))).to.deep.equal([]);
  });

  it("holds its IP sets", () => {
    const s = scene();
    expect(codesOf(remove(s, token.ipSet, "set"))).to.deep.equal(held);
    const inputs = s.account.read(token.webAcl, s.ids.acl ?? "")?.inputs ?? {};
    s.account.update(token.webAcl, s.ids.acl ?? "", { ...inputs, rules: [] });
    expect(codesOf(remove(s, token.ipSet, "set"))).to.deep.equal([]);
  });

  it("has its scope and region in its ARN", () => {
    const s = scene();
    const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    const regional = String(wafArn(s.account, token.webAcl, s.ids.acl));
    const global = String(wafArn(s.account, token.webAcl, s.ids.edgeAcl));
    expect(regional).to.match(
      /^arn:aws:wafv2:eu-west-1:123456789012:regional\/webacl\/acl-\w{7}\//,
    );
    expect(global).to.match(
      /^arn:aws:wafv2:us-east-1:123456789012:global\/webacl\/edgeAcl-\w{7}\//,
    );
    expect(regional).to.match(uuid);
  });

  const changes: [string, string, unknown, boolean][] = [
    [token.webAcl, "rules[0].priority", 9, false],
    [token.webAcl, "defaultAction", { block: {} }, false],
    [token.webAcl, "scope", "CLOUDFRONT", true],
    [token.webAcl, "name", "other", true],
    [token.ipSet, "addresses[0]", "192.0.3.0/24", false],
    [token.ipSet, "ipAddressVersion", "IPV6", true],
    [token.webAclAssociation, "webAclArn", "arn:x", true],
    [token.webAclLogging, "redactedFields[0].singleHeader.name", "cookie", false],
    [token.webAclLogging, "resourceArn", "arn:x", true],
    [token.logResourcePolicy, "policyDocument", "{}", false],
    [token.logResourcePolicy, "resourceArn", "arn:x", true],
  ];
  for (const [type, path, value, replaces] of changes) {
    it(`${type.split(":").pop() ?? ""}.${path} ${replaces ? "replaces" : "changes in place"}`, () => {
      const s = scene();
      const olds = s.valid(type);
      const diff = diffInputs(type, olds, withValues(olds, { [path]: value }));
      expect(diff.changed).not.to.deep.equal([]);
      expect(diff.replaces.length > 0).to.equal(replaces);
    });
  }

  it("has one log, which can be changed and created again", () => {
    const s = scene();
    const inputs = s.valid(token.webAclLogging);
    const add = (name: string) => () => make(s.account, token.webAclLogging, name, inputs);
    expect(codesOf(add("first"))).to.deep.equal([]);
    expect(codesOf(add("second"))).to.deep.equal(["WAFDuplicateItemException"]);
    const id = String(inputs.resourceArn);
    const other = { ...inputs, logDestinationConfigs: ["arn:aws:s3:::aws-waf-logs-web"] };
    expect(codesOf(() => s.account.update(token.webAclLogging, id, other))).to.deep.equal([]);
    s.account.delete(token.webAclLogging, id);
    expect(codesOf(add("second"))).to.deep.equal([]);
  });

  it("allows ten policies of log delivery per region, in addition to those of log groups", () => {
    const s = scene();
    const policyDocument = "{}";
    const add = (i: number) => () =>
      make(s.account, token.logResourcePolicy, `p${i}`, { policyName: `p${i}`, policyDocument });
    for (let i = 0; i < 10; i++) expect(codesOf(add(i))).to.deep.equal([]);
    expect(codesOf(add(10))).to.deep.equal(["LimitExceededException"]);
    const own = () =>
      make(s.account, token.logResourcePolicy, "own", s.valid(token.logResourcePolicy));
    expect(codesOf(own)).to.deep.equal([]);
  });
});
