/**
 * Every check that the stacks fail, with the reason. A failed check that is not here fails the
 * test; so does an entry whose check no longer fails.
 */
export type StackName = "prod" | "h2";

export interface Exception {
  /** The checks that ask for the same thing. */
  readonly checks: readonly string[];
  readonly stacks: readonly StackName[];
  /** The setting that changes it, as a key of the stack, or the file that decides it. */
  readonly setting: string;
  readonly reason: string;
}

const both: readonly StackName[] = ["prod", "h2"];

export const exceptions: readonly Exception[] = [
  {
    checks: ["CKV_AWS_310", "CloudFront.4"],
    stacks: ["prod"],
    setting: "components/edge/pathDistribution.ts",
    reason:
      "The origin is one load balancer over several zones. A second origin would be a second load balancer in another region, which this project does not build.",
  },
  {
    checks: ["CKV_AWS_86", "CloudFront.5"],
    stacks: ["prod"],
    setting: "logs.edge",
    reason:
      "CloudFront writes standard logs v2, which these checks do not see. `legacy` satisfies them, at the price of a bucket that takes ACLs.",
  },
  {
    checks: ["CloudFront.17"],
    stacks: ["prod"],
    setting: "components/edge/behaviors.ts",
    reason: "The content is public: nothing is handed out by signed URL.",
  },
  {
    checks: ["CKV_AWS_305"],
    stacks: ["prod"],
    setting: "site",
    reason: "There is no bucket behind the root: the service answers `/` itself.",
  },
  {
    checks: ["CKV_AWS_374"],
    stacks: ["prod"],
    setting: "components/edge/pathDistribution.ts",
    reason:
      "The example is for the whole world; which countries may call is no matter of security.",
  },
  {
    checks: ["CKV2_AWS_32"],
    stacks: ["prod"],
    setting: "components/edge/behaviors.ts",
    reason:
      "Every answer is the service's, and so are its headers; those of a static site get a policy (docs/site.md).",
  },
  {
    checks: ["CKV2_AWS_28"],
    stacks: ["prod"],
    setting: "waf",
    reason:
      "The web ACL stands where viewers call, on CloudFront. The load balancer is open to CloudFront's addresses only and answers nothing without the secret header.",
  },
  {
    checks: ["CKV2_AWS_47"],
    stacks: ["prod"],
    setting: "waf.managedGroups",
    reason:
      "The group against Log4j, known bad inputs, is on. The check wants the list of anonymous addresses as well, which turns away everybody behind a VPN: `anonymous-ip`, by choice.",
  },
  {
    checks: ["CKV2_AWS_76"],
    stacks: ["h2"],
    setting: "waf.managedGroups",
    reason: "As CKV2_AWS_47, for a web ACL on the load balancer.",
  },
  {
    checks: ["ELB.21", "ELB.22"],
    stacks: both,
    setting: "origin.protocol",
    reason:
      "The VPC is the stack's own, and the tasks admit the load balancer only. `https` encrypts this hop as well, for a VPC that others share (a finding says so there).",
  },
  {
    checks: ["CKV_AWS_378"],
    stacks: ["prod"],
    setting: "origin.protocol",
    reason:
      "As ELB.22. Checkov sees it here and not in `h2` because here a rule, not the listener, names the target group.",
  },
  {
    checks: ["CKV_AWS_150", "ELB.6"],
    stacks: ["h2"],
    setting: "deletionProtection",
    reason: "A stack to try HTTP/2 with and to throw away again; `prod` is protected.",
  },
  {
    checks: ["CKV_AWS_130", "EC2.15"],
    stacks: both,
    setting: "components/network/network.ts",
    reason:
      "`awsx.ec2.Vpc` makes public subnets so, with no argument against it. Only load balancers and NAT gateways stand in them; tasks say by themselves whether they get an address.",
  },
  {
    checks: ["CKV2_AWS_19"],
    stacks: both,
    setting: "components/network/network.ts",
    reason:
      "Each address is a NAT gateway's. The check looks for an argument `domain` that AWS has long set by itself.",
  },
  {
    checks: ["EC2.55", "EC2.56"],
    stacks: both,
    setting: "network.egress",
    reason: "Tasks reach the registry through a NAT gateway; `endpoints` makes these two instead.",
  },
  {
    checks: ["EC2.57"],
    stacks: both,
    setting: "components/network/vpcEndpoints.ts",
    reason:
      "Nothing in the VPC talks to Systems Manager: there is no instance, and no shell in a task.",
  },
  {
    checks: ["EC2.172"],
    stacks: both,
    setting: "network",
    reason:
      "It is a setting of the whole account and region, and it would cut off the load balancer that viewers or CloudFront's public addresses call.",
  },
  {
    checks: ["CKV_AWS_51", "ECR.2"],
    stacks: both,
    setting: "components/service/nginxImage.ts",
    reason:
      "`awsx.ecr.Image` pushes every build under the same tag, which an immutable tag would refuse. The task definition names the image by digest, which cannot be moved.",
  },
  {
    checks: ["CKV_AWS_136"],
    stacks: both,
    setting: "components/service/nginxImage.ts",
    reason:
      "Images are encrypted with ECR's own keys. The image holds nginx and its templates, no secret, so that a key of one's own protects nothing more.",
  },
  {
    checks: ["CKV_AWS_158"],
    stacks: both,
    setting: "components/service/webService.ts",
    reason:
      "CloudWatch encrypts logs with its own keys. A key of one's own adds its price and a way to lose the logs.",
  },
  {
    checks: ["CKV_AWS_338"],
    stacks: ["h2"],
    setting: "service.logRetentionDays",
    reason: "A stack to try HTTP/2 with keeps its logs a month; `prod` keeps them a year.",
  },
  {
    checks: ["CKV_AWS_145"],
    stacks: both,
    setting: "components/logs/logBucket.ts",
    reason: "Load balancers write their logs only to buckets with S3's own keys (SSE-S3).",
  },
  {
    checks: ["CKV_AWS_18", "S3.9"],
    stacks: both,
    setting: "components/logs/logBucket.ts",
    reason: "It is the bucket of logs: a log of its access would need another one, and so on.",
  },
  {
    checks: ["CKV_AWS_144"],
    stacks: both,
    setting: "components/logs/logBucket.ts",
    reason:
      "Logs are kept for some months and then deleted; a second copy would double their price.",
  },
  {
    checks: ["CKV2_AWS_62"],
    stacks: both,
    setting: "components/logs/logBucket.ts",
    reason: "Nothing waits for a log file: they are searched when a question comes up.",
  },
  {
    checks: ["GuardDuty.1", "GuardDuty.11", "GuardDuty.12", "Inspector.2"],
    stacks: both,
    setting: "detection",
    reason:
      "They watch a whole account, which has them or not before this stack comes, and cost by use; `detection` switches them on where this stack is the one to do so.",
  },
  {
    checks: ["W3010"],
    stacks: both,
    setting: "components/network/network.ts",
    reason: "The zones are looked up while the program runs; a template could look them up later.",
  },
];
