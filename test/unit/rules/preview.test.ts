/** A preview as AWS's provider makes it: what is left to AWS is not known either. */
import { expect } from "chai";
import { directProgram, origin, other, resource, soundProgram } from "./program";
import { directNotes, FromUnknown, judge, missed } from "./support";

/** What the provider says of a property that it will compute: not known, made of no resource. */
const computed = new FromUnknown();
const of = (name: string): FromUnknown => {
  const found = soundProgram().find((made) => made.name === name);
  if (!found) throw new Error(`no ${name}`);
  return new FromUnknown(found);
};
/** The record of the origin, before it is there. */
const unmade = (name: string) => ({ name, fqdn: computed });
const viaRecord = { origins: [origin({}, { domainName: of("origin") })] };

describe("the policy pack and what AWS fills in", () => {
  it("takes what the program left out for AWS's default", () => {
    const program = soundProgram({
      tasks: { protocolVersion: computed, healthCheck: { path: "/", matcher: computed } },
      "origin-certificate": { subjectAlternativeNames: computed },
      alb: { enableHttp2: computed },
    });
    expect(judge(program)).to.deep.equal([]);
    expect(missed(program)).to.deep.equal([]);
    const direct = directProgram({ tasks: { protocolVersion: computed } });
    expect(missed(direct)).to.deep.equal([]);
  });

  it("does not mind the way of naming a target group that the program did not use", () => {
    const one = {
      type: "forward",
      targetGroupArn: of("tasks"),
      order: of("tasks"),
      forward: of("tasks"),
    };
    const several = {
      ...{ type: "forward", order: of("tasks"), targetGroupArn: of("tasks") },
      forward: { targetGroups: [{ arn: of("tasks"), weight: 1 }] },
    };
    for (const action of [one, several]) {
      const program = soundProgram({ guarded: { actions: [action] } });
      expect(judge(program)).to.deep.equal([]);
      const broken = soundProgram({
        guarded: { actions: [action] },
        tasks: { protocolVersion: "HTTP2" },
      });
      expect(judge(broken).map(({ rule }) => rule)).to.deep.equal(["edge-http1-to-http2-target"]);
    }
  });

  it("follows a record that is not there yet to its load balancer", () => {
    const changes = { cdn: viaRecord, tasks: { protocolVersion: "HTTP2" } };
    for (const name of ["origin.example.com", "origin"]) {
      const reported = judge(soundProgram({ ...changes, origin: unmade(name) }));
      expect(reported.map(({ rule }) => rule)).to.include("edge-http1-to-http2-target");
    }
  });

  it("checks the certificate for a record's whole name, not for a bare label", () => {
    const whole = soundProgram({ cdn: viaRecord, origin: unmade("origin.example.org") });
    expect(judge(whole).map(({ rule }) => rule)).to.deep.equal([
      "origin-certificate-name-mismatch",
    ]);
    const label = soundProgram({ cdn: viaRecord, origin: unmade("origin") });
    expect(judge(label).filter(({ level }) => level === "mandatory")).to.deep.equal([]);
    expect(missed(label, "origin-certificate-name-mismatch")).not.to.deep.equal([]);
  });

  it("does not guess which of two load balancers an origin is", () => {
    const second = resource("aws:lb/loadBalancer:LoadBalancer", "second", {
      ...{ loadBalancerType: "application", accessLogs: { enabled: true, bucket: "logs" } },
    });
    const either = new FromUnknown(second, ...soundProgram().filter(({ name }) => name === "alb"));
    const one = origin({}, { domainName: either });
    for (const origins of [[one], [one, { ...one, originId: "unused" }]]) {
      const changes = { cdn: { origins }, tasks: { protocolVersion: "HTTP2" } };
      const program = [...soundProgram(changes), second];
      expect(judge(program).filter(({ level }) => level === "mandatory")).to.deep.equal([]);
      expect(missed(program)).to.include("edge-http1-to-http2-target");
    }
  });

  it("is not certain of a load balancer whose kind is not known", () => {
    const unknown = new FromUnknown(other);
    const program = soundProgram({
      alb: { loadBalancerType: unknown },
      tasks: { protocolVersion: "HTTP2" },
    });
    expect(judge(program).filter(({ level }) => level === "mandatory")).to.deep.equal([]);
    expect(missed(program)).to.include("edge-http1-to-http2-target");
  });

  it("knows load balancers by each of the names that the SDK has for them", () => {
    const program = directProgram({ tasks: { protocolVersion: "HTTP2" } }).map((made) => ({
      ...made,
      type: made.type.replace("aws:lb/", "aws:elasticloadbalancingv2/"),
    }));
    expect(judge(program).map(({ rule }) => rule)).to.have.members([
      "direct-http1-clients-464",
      ...directNotes,
    ]);
  });
});
