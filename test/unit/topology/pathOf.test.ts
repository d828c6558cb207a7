import { expect } from "chai";
import { pathOf } from "../../../topology/pathOf";
import { prefixLists } from "../../../local/model/cloudfrontPrefixLists";
import type { Evaluation } from "../../../local/program";
import { readTopology } from "../../../topology";
import type { LocalResource } from "../../../local/model/types";
import { pathRules } from "../../../rules/path";
import { resolvePath } from "../../../rules/resolve";
import type { PathSpec } from "../../../path/types";
import { committedStacks } from "../../committedStacks";
import { committedStack } from "../evaluated";

/** The same resources, those of one type changed. */
function changed(
  { resources }: Evaluation,
  type: string,
  change: (inputs: LocalResource["inputs"]) => LocalResource["inputs"],
): LocalResource[] {
  return resources.map((resource) =>
    resource.type === type
      ? { ...resource, inputs: change(resource.inputs), outputs: change(resource.outputs) }
      : resource,
  );
}

describe("the path of a program, from its resources", () => {
  const programs = new Map<string, Evaluation>();
  before(async () => {
    for (const stack of committedStacks)
      programs.set(stack, (await committedStack(stack)).evaluation);
  });
  const program = (stack: string): Evaluation => {
    const found = programs.get(stack);
    if (!found) throw new Error(`no program ${stack}`);
    return found;
  };
  const specOf = (evaluation: Evaluation, resources = evaluation.resources): PathSpec | undefined =>
    pathOf(readTopology(resources), prefixLists(evaluation.account))?.spec;

  for (const stack of committedStacks)
    it(`${stack}: its hops are those that the program itself says it has`, () => {
      const evaluation = program(stack);
      const spec = specOf(evaluation);
      expect(spec && resolvePath(spec).hops).to.deep.equal(evaluation.outputs.hops);
      // The settings have findings of another kind, which no resource shows.
      const said = (evaluation.outputs.findings as { code: string }[]).map((f) => f.code);
      expect(spec && resolvePath(spec).findings.map((f) => f.code)).to.deep.equal(
        said.filter((code) => pathRules.some((rule) => rule.code === code)),
      );
    });

  it("sees whether what viewers call is behind a web ACL", () => {
    const behind = ["dev", "prod", "h2"].map((stack) => specOf(program(stack))?.waf);
    expect(behind).to.deep.equal([false, true, true]);
    const message = (resources?: LocalResource[]) => {
      const spec = specOf(program("h2"), resources);
      return spec && resolvePath(spec).findings.find((f) => f.code === "direct-waf-inside-vpc");
    };
    expect(message()?.message).to.match(/^The web ACL acts at the load balancer/);
    const without = program("h2").resources.filter((r) => !r.type.startsWith("aws:wafv2/"));
    expect(message(without)?.message).to.match(/^Without CloudFront a WAF can act only/);
  });

  it("sees a target group that asks for another protocol than the container speaks", () => {
    const evaluation = program("dev");
    const resources = changed(evaluation, "aws:lb/targetGroup:TargetGroup", (inputs) => ({
      ...inputs,
      protocolVersion: "HTTP2",
    }));
    const spec = specOf(evaluation, resources);
    expect(spec?.target.protocolVersion).to.equal("HTTP2");
    const codes = spec && resolvePath(spec).findings.map((finding) => finding.code);
    expect(codes).to.include("edge-http1-to-http2-target");
  });

  it("sees who is admitted", () => {
    const evaluation = program("prod");
    expect(specOf(evaluation)?.listener.admits).to.deep.equal([
      { kind: "cloudfront", ipVersion: 4 },
    ]);
    const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const open = changed(evaluation, rule, (inputs) => ({
      ...inputs,
      prefixListId: undefined,
      referencedSecurityGroupId: undefined,
      cidrIpv4: "0.0.0.0/0",
    }));
    const spec = specOf(evaluation, open);
    const anyone = [{ kind: "cidr", cidr: "0.0.0.0/0" }];
    expect(spec?.listener.admits).to.deep.equal(anyone);
    expect(spec?.target.admits).to.deep.equal([...anyone, { kind: "load-balancer" }]);
  });

  it("sees only rules that hold the port", () => {
    const evaluation = program("h2");
    const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const admitted = (fromPort: number, toPort: number): unknown => {
      const ports = changed(evaluation, rule, (inputs) => ({ ...inputs, fromPort, toPort }));
      return specOf(evaluation, ports)?.listener.admits;
    };
    const anyone = [{ kind: "cidr", cidr: "0.0.0.0/0" }];
    expect(admitted(400, 500)).to.deep.equal(anyone);
    expect(admitted(443, 443)).to.deep.equal(anyone);
    expect(admitted(444, 500)).to.deep.equal([]);
    expect(admitted(80, 442)).to.deep.equal([]);
  });

  it("takes the HTTPS listener where an HTTP one forwards as well", () => {
    const evaluation = program("h2");
    const listener = evaluation.resources.find((r) => r.type === "aws:lb/listener:Listener");
    const plain = { protocol: "HTTP", port: 80 };
    const other = listener && {
      ...listener,
      inputs: { ...listener.inputs, ...plain },
      outputs: { ...listener.outputs, ...plain, arn: "another" },
    };
    const resources = [...(other ? [other] : []), ...evaluation.resources];
    expect(specOf(evaluation, resources)?.listener).to.include({ protocol: "HTTPS", port: 443 });
  });

  it("is none where no listener forwards", () => {
    const evaluation = program("h2");
    const without = evaluation.resources.filter((r) => r.type !== "aws:lb/listener:Listener");
    expect(specOf(evaluation, without)).to.equal(undefined);
    expect(specOf(evaluation, [])).to.equal(undefined);
  });
});
