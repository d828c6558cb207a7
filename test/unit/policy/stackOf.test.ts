/** The SDK creates new resource objects for each policy; reading them each time would be slow. */
import { expect } from "chai";
import { stackOf } from "../../../policy/stackOf";
import type { DeclaredResource } from "../../../topology/resource";
import { token } from "../../../topology/tokens";
import { arn, other, resource, soundProgram } from "../rules/program";
import { FromUnknown, policyResources } from "../rules/support";

const shown = (resources: readonly DeclaredResource[], region?: string) =>
  stackOf({ resources: policyResources(resources, region) });

describe("the stack that a policy is shown", () => {
  it("is one for all policies that are shown the same", () => {
    const resources = soundProgram({ tasks: { protocolVersion: new FromUnknown(other) } });
    expect(shown(resources)).to.equal(shown(resources));
  });

  it("is another one where anything differs", () => {
    const before = shown(soundProgram());
    expect(shown(soundProgram({ tasks: { port: 81 } }))).not.to.equal(before);
    expect(shown(soundProgram(), "eu-central-1")).not.to.equal(before);
    const unknown = soundProgram({ tasks: { port: new FromUnknown(other) } });
    const others = soundProgram({
      tasks: { port: new FromUnknown(...soundProgram().slice(1, 2)) },
    });
    expect(shown(others)).not.to.equal(shown(unknown));
  });

  it("takes no component for a user of what it is given: its resources are shown themselves", () => {
    const given = policyResources([
      ...soundProgram(),
      resource("acme:web:Service", "web", { targetGroupArn: arn.tasks }),
    ]);
    const of = (resources: typeof given): boolean | undefined => {
      const stack = stackOf({ resources });
      const group = stack.find(token.targetGroup, arn.tasks);
      return group && stack.isNamedElsewhere(group);
    };
    expect(of(given)).to.equal(true);
    expect(
      of(given.map((one) => (one.type.startsWith("acme") ? { ...one, provider: undefined } : one))),
    ).to.equal(false);
  });
});
