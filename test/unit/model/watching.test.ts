/** Alarms that AWS accepts and that never tell anybody; what an account has once. */
import { expect } from "chai";
import { token } from "../../../topology/tokens";
import type { Props } from "../../../local/types";
import { allowing, make, scene, type Scene } from "./scene";
import { refusalsOf } from "./support";

/** What the review says about an alarm on a topic, made as the arguments say. */
function reviewed(s: Scene, more: { topic?: Props; policy?: string; alarm?: Props }) {
  const topic = make(s.account, token.topic, "alarms", more.topic ?? {});
  if (more.policy !== undefined) {
    make(s.account, token.topicPolicy, "alarms", { arn: topic.id, policy: more.policy });
  }
  make(s.account, token.metricAlarm, "web", {
    ...s.valid(token.metricAlarm),
    alarmActions: [topic.id],
    ...more.alarm,
  });
  const codes = ["AlarmWithoutData", "TopicMissing", "KMSAccessDenied", "AuthorizationError"];
  return s.account
    .review()
    .filter((found) => codes.includes(found.code))
    .map(({ code, message }) => `${code}: ${message}`);
}

const cloudwatch = (...actions: string[]) => allowing("cloudwatch.amazonaws.com", actions);

/** A key whose policy lets the account manage it, and CloudWatch do these things. */
function key(s: Scene, ...actions: string[]): string {
  const documents = [allowing(undefined, ["kms:*"]), cloudwatch(...actions)];
  const Statement = documents.flatMap((d) => (JSON.parse(d) as { Statement: object[] }).Statement);
  const policy = JSON.stringify({ Version: "2012-10-17", Statement });
  return make(s.account, token.kmsKey, "alarms", { policy }).id;
}

describe("an alarm that AWS accepts", () => {
  const certificate = (region: string) => ({
    namespace: "AWS/CertificateManager",
    metricName: "DaysToExpiry",
    dimensions: {
      CertificateArn: `arn:aws:acm:${region}:123456789012:certificate/12345678-1234-1234-1234-123456789012`,
    },
  });
  const rows: [what: string, of: (s: Scene) => Parameters<typeof reviewed>[1], says?: RegExp][] = [
    ["is heard", () => ({})],
    [
      "is heard through a key and a policy that let CloudWatch in",
      (s) => ({
        topic: { kmsMasterKeyId: key(s, "kms:Decrypt", "kms:GenerateDataKey*") },
        policy: cloudwatch("sns:Publish"),
      }),
    ],
    [
      "is not heard through AWS's own key",
      () => ({ topic: { kmsMasterKeyId: "alias/aws/sns" } }),
      /KMSAccessDenied.*alias\/aws\/sns/,
    ],
    [
      "is not heard through a key that lets CloudWatch decrypt only",
      (s) => ({ topic: { kmsMasterKeyId: key(s, "kms:Decrypt") } }),
      /KMSAccessDenied.*kms:GenerateDataKey/,
    ],
    [
      "is not heard through a policy for somebody else",
      () => ({ policy: allowing("events.amazonaws.com", ["sns:Publish"]) }),
      /AuthorizationError/,
    ],
    [
      "is not heard on a topic that is not there",
      () => ({ alarm: { alarmActions: ["arn:aws:sns:eu-west-1:123456789012:a.b"] } }),
      /TopicMissing/,
    ],
    [
      "sees nothing with an ARN for a dimension",
      (s) => ({ alarm: { dimensions: { LoadBalancer: s.ids.alb } } }),
      /AlarmWithoutData.*arnSuffix/,
    ],
    [
      "sees nothing of a certificate in another region",
      () => ({ alarm: certificate("us-east-1") }),
      /AlarmWithoutData.*in us-east-1, and the alarm in eu-west-1/,
    ],
    ["sees a certificate of its own region", () => ({ alarm: certificate("eu-west-1") })],
  ];
  for (const [what, of, says] of rows) {
    it(what, () => {
      const s = scene();
      const found = reviewed(s, of(s));
      expect(found).to.have.length(says === undefined ? 0 : 1);
      if (says !== undefined) expect(found[0]).to.match(says);
    });
  }
});

describe("what an account has once", () => {
  const once: [type: string, more: Props, says: RegExp][] = [
    [token.detector, {}, /already exists for the current account/],
    [token.detectorFeature, {}, /sets the feature RUNTIME_MONITORING/],
    [
      token.detectorFeature,
      { name: "EKS_RUNTIME_MONITORING", additionalConfigurations: undefined },
      /Only one of EKS_RUNTIME_MONITORING and RUNTIME_MONITORING/,
    ],
    [token.inspector, { resourceTypes: ["EC2"] }, /already/],
    [token.topic, {}, /already exists/],
  ];
  for (const [type, more, says] of once) {
    it(`${type.split(":").pop() ?? ""} ${JSON.stringify(more)} is refused beside another`, () => {
      const s = scene();
      const second = () => make(s.account, type, "second", { ...s.valid(type), ...more });
      make(s.account, type, "first", s.valid(type));
      const found = refusalsOf(second);
      expect(found).to.have.length(1);
      expect(found[0]?.message).to.match(says);
    });
  }

  it("and once more in another region", () => {
    const s = scene();
    make(s.account, token.detector, "first", {});
    expect(
      refusalsOf(() => make(s.account, token.detector, "edge", { region: "us-east-1" })),
    ).to.deep.equal([]);
  });
});
