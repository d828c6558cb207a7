import { expect } from "chai";
import digests from "../../awsWatch/digest.json";
import { operations, resourceTypes } from "../../awsWatch/watched";

describe("what is watched", () => {
  it("is derived from the types that have a row", () => {
    const tokens = [
      "aws:lb/listenerRule:ListenerRule",
      "aws:cloudfront/vpcOrigin:VpcOrigin",
      "aws:ec2/vpc:Vpc",
      "docker:index/image:Image",
    ];
    expect(resourceTypes(tokens).map(({ name }) => name)).to.deep.equal([
      "ListenerRule",
      "VpcOrigin",
      "Vpc",
    ]);
    expect(Object.fromEntries(operations(tokens))).to.deep.equal({
      acm: [],
      "application-autoscaling": [],
      cloudfront: ["CreateVpcOrigin", "CreateOriginRequestPolicy", "CreateResponseHeadersPolicy"],
      ecs: [],
      elbv2: ["CreateRule"],
      wafv2: [],
    });
  });

  const update = "npm run aws-watch -- --update";

  it(`has the operations of every row in the digest: ${update}`, () => {
    const known = Object.keys(digests.botocore.watched).map((name) => name.toLowerCase());
    for (const [service, names] of operations())
      expect(known).to.include.members(
        names.map((name) => `${service} ${name}`.toLowerCase()),
        update,
      );
  });

  it(`has the arguments of every row in the digest: ${update}`, () => {
    const rows = resourceTypes().map(({ module, name }) => `${module}.${name}`);
    expect(Object.keys(digests["@pulumi/aws"].watched)).to.include.members(rows, update);
  });

  it("has the fields of CloudFront that changed the first rule", () => {
    for (const shape of ["CustomOriginConfig", "VpcOriginConfig"] as const)
      expect(digests.botocore.watched[`cloudfront ${shape}`].OriginHttpVersion).to.match(
        /^string \{http1.1 http2\} #/,
      );
  });
});
