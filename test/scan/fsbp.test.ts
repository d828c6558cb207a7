/** Each control of AWS Foundational Security Best Practices fails where it should, and nowhere else. */
import * as path from "node:path";
import { expect } from "chai";
import { evaluate } from "../../local/program";
import type { LocalResource, Props } from "../../local/model/types";
import { change, without } from "./broken";
import { controls, foundationalSecurity } from "./fsbp";

type Resources = readonly LocalResource[];

const container = (more: Props) => ({
  containerDefinitions: JSON.stringify([{ name: "nginx", user: "101", ...more }]),
});
const origin = (more: Props) => ({ origins: [{ originId: "x", domainName: "x", ...more }] });
const bucketOrigin = { domainName: "b.s3.eu-west-1.amazonaws.com" };
const open = (port: number) => ({ cidrIpv4: "0.0.0.0/0", fromPort: port, toPort: port });
const statement = (more: Props) => ({
  policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", ...more }] }),
});
const metrics = (on: boolean) => ({
  rules: [{ visibilityConfig: { cloudwatchMetricsEnabled: on } }],
});

/** [what is broken: kind, changes or its absence; the controls that fail of it] */
const rows: [string, Props | undefined, string[]][] = [
  ["Listener", { protocol: "HTTP" }, ["ELB.1", "ELB.18"]],
  [
    "Listener",
    { protocol: "HTTP", defaultActions: [{ redirect: { protocol: "HTTPS" } }] },
    ["ELB.18"],
  ],
  ["Listener", { sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }, ["ELB.17"]],
  ["LoadBalancer", { dropInvalidHeaderFields: false }, ["ELB.4"]],
  ["LoadBalancer", { accessLogs: { bucket: "", enabled: false } }, ["ELB.5"]],
  ["LoadBalancer", { enableDeletionProtection: false }, ["ELB.6"]],
  ["LoadBalancer", { desyncMitigationMode: "monitor" }, ["ELB.12"]],
  ["LoadBalancer", { subnets: ["subnet-1"] }, ["ELB.13"]],
  ["Distribution", origin(bucketOrigin), ["CloudFront.1", "CloudFront.12", "CloudFront.13"]],
  [
    "Distribution",
    { ...origin({ ...bucketOrigin, originAccessControlId: "E1" }), defaultRootObject: "i.html" },
    ["CloudFront.12"],
  ],
  [
    "Distribution",
    { orderedCacheBehaviors: [{ viewerProtocolPolicy: "allow-all" }] },
    ["CloudFront.3"],
  ],
  ["Distribution", { webAclId: "" }, ["CloudFront.6"]],
  [
    "Distribution",
    { viewerCertificate: { cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1" } },
    ["CloudFront.7", "CloudFront.8", "CloudFront.15"],
  ],
  [
    "Distribution",
    origin({ customOriginConfig: { originProtocolPolicy: "http-only" } }),
    ["CloudFront.9"],
  ],
  [
    "Distribution",
    origin({
      customOriginConfig: { originProtocolPolicy: "https-only", originSslProtocols: ["SSLv3"] },
    }),
    ["CloudFront.10"],
  ],
  ["WebAcl", { rules: [] }, ["WAF.10"]],
  ["WebAcl", metrics(false), ["WAF.12"]],
  ["Service", { networkConfiguration: { assignPublicIp: true } }, ["ECS.2"]],
  ["Service", { platformVersion: "1.3.0" }, ["ECS.10"]],
  ["TaskDefinition", { pidMode: "host" }, ["ECS.3"]],
  [
    "TaskDefinition",
    container({ privileged: true, user: "root" }),
    ["ECS.4", "ECS.5", "ECS.9", "ECS.20"],
  ],
  [
    "TaskDefinition",
    container({
      readonlyRootFilesystem: true,
      logConfiguration: { logDriver: "awslogs" },
      environment: [{ name: "AWS_SECRET_ACCESS_KEY", value: "x" }],
    }),
    ["ECS.8"],
  ],
  ["Cluster", { settings: [{ name: "containerInsights", value: "disabled" }] }, ["ECS.12"]],
  ["Repository", { imageScanningConfiguration: { scanOnPush: false } }, ["ECR.1"]],
  ["LifecyclePolicy", undefined, ["ECR.3"]],
  ["DefaultSecurityGroup", undefined, ["EC2.2"]],
  ["DefaultSecurityGroup", { ingress: [{ protocol: "-1" }] }, ["EC2.2"]],
  ["FlowLog", undefined, ["EC2.6"]],
  ["SecurityGroupIngressRule", open(8443), ["EC2.18"]],
  ["SecurityGroupIngressRule", open(22), ["EC2.18", "EC2.19"]],
  ["SecurityGroupIngressRule", open(443), []],
  ["Certificate", { validationMethod: "EMAIL" }, ["ACM.1"]],
  ["Certificate", { keyAlgorithm: "RSA_1024" }, ["ACM.2"]],
  ["BucketPolicy", statement({}), ["S3.2 S3.3", "S3.5"]],
  ["BucketPublicAccessBlock", { blockPublicPolicy: false }, ["S3.8"]],
  ["BucketOwnershipControls", undefined, ["S3.12"]],
  ["BucketLifecycleConfiguration", undefined, ["S3.13"]],
];

/** What prod does not do, by choice, made to be so: then the control passes. */
const mended: [string, Props, string[]][] = [
  ["TargetGroup", { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } }, ["ELB.21", "ELB.22"]],
  ["Distribution", { originGroups: [{ originId: "x" }] }, ["CloudFront.4"]],
  ["Distribution", { loggingConfig: { bucket: "b" } }, ["CloudFront.5"]],
  ["Distribution", { defaultCacheBehavior: { trustedKeyGroups: ["k"] } }, ["CloudFront.17"]],
  ["Repository", { imageTagMutability: "IMMUTABLE" }, ["ECR.2"]],
  ["Subnet", { mapPublicIpOnLaunch: false }, ["EC2.15"]],
  ["Bucket", { logging: { targetBucket: "b" } }, ["S3.9"]],
];

const wording = (checks: string[]): string => `fail ${checks.join(", ") || "nothing"}`;
const keys = (changes?: Props): string => Object.keys(changes ?? { absent: true }).join(", ");

describe("Foundational Security controls", () => {
  let prod: Resources;
  let usual: string[];
  const failing = (resources: Resources): string[] => [
    ...new Set(
      foundationalSecurity(resources)
        .filter(({ passed }) => !passed)
        .map(({ check }) => check),
    ),
  ];

  before(async () => {
    prod = (await evaluate({ projectDir: path.join(__dirname, "../.."), stack: "prod" })).resources;
    usual = failing(prod);
  });

  for (const [kind, changes, expected] of rows)
    it(`${wording(expected)} of ${kind} ${keys(changes)}`, () => {
      const broken = changes ? change(prod, kind, changes) : without(prod, kind);
      const added = failing(broken).filter((check) => !usual.includes(check));
      expect(added.sort()).to.deep.equal([...expected].sort());
    });

  for (const [kind, changes, expected] of mended)
    it(`${wording(expected)} no more of ${kind} ${keys(changes)}`, () => {
      const now = failing(change(prod, kind, changes));
      expect(usual.filter((check) => !now.includes(check)).sort()).to.deep.equal(expected.sort());
    });

  it("each fail in some row", () => {
    const seen = new Set([...usual, ...rows.flatMap(([, , expected]) => expected)]);
    expect(controls.map(({ id }) => id).filter((id) => !seen.has(id))).to.deep.equal([]);
  });
});
