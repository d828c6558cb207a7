import { stacks, type StackName } from "./scannedStacks";

export interface Exception {
  /** The checks that ask for the same thing. */
  readonly checks: readonly string[];
  readonly stacks: readonly StackName[];
  /** The setting that changes it, as a key of the stack, or the file that decides it. */
  readonly setting: string;
  readonly reason: string;
}

const all: readonly StackName[] = stacks;
const behindCloudfront: readonly StackName[] = ["prod", "others"];

/**
 * Every check that the stacks fail, with the reason. A failed check that is not here fails the
 * test; so does an entry whose check no longer fails.
 */
export const exceptions: readonly Exception[] = [
  {
    checks: ["CKV_AWS_310", "CloudFront.4"],
    stacks: behindCloudfront,
    setting: "components/edge/pathDistribution.ts",
    reason:
      "The origin is one load balancer over several zones. A second origin would be a second load balancer in another region, which this project does not build.",
  },
  {
    checks: ["CKV_AWS_86", "CloudFront.5"],
    stacks: ["prod"],
    setting: "logs.edge",
    reason:
      "CloudFront writes standard logs v2, which these checks do not recognise. `legacy` satisfies them, but needs a bucket with ACLs.",
  },
  {
    checks: ["CKV_AWS_86", "CloudFront.5", "CKV2_AWS_11", "EC2.6", "CKV_AWS_91", "ELB.5"],
    stacks: ["others"],
    setting: "logs",
    reason:
      "These stacks show one path each: the logs of CloudFront and of the VPC are off, as by default, and those of the load balancer too in `dev` and `services`. `prod` has all of them.",
  },
  {
    checks: ["CKV_AWS_68", "CloudFront.6", "CKV2_AWS_28", "CKV2_AWS_47"],
    stacks: ["others"],
    setting: "waf.enabled",
    reason: "A web ACL costs money and is off by default; `prod` and `h2` have one.",
  },
  {
    checks: ["CKV_AWS_174", "CKV2_AWS_42", "CloudFront.7", "CloudFront.8", "CloudFront.15"],
    stacks: ["others"],
    setting: "domain.name",
    reason:
      "`dev` needs no domain: viewers call CloudFront's own name, whose certificate leaves no choice of TLS version.",
  },
  {
    checks: ["CKV_AWS_2", "CKV_AWS_103", "CKV_AWS_260", "CKV2_AWS_20", "ELB.1", "ELB.18"],
    stacks: ["others"],
    setting: "origin.access",
    reason:
      "The load balancer of `dev` is internal and without a domain: nobody can get a certificate for it. CloudFront reaches it inside AWS's network (a finding says that this is plain text). CKV_AWS_260 takes CloudFront's prefix list for any address.",
  },
  {
    checks: ["CKV_AWS_333", "ECS.2"],
    stacks: ["others"],
    setting: "network.egress",
    reason:
      "`dev` has `public-ip`, the cheapest way to the registry. Nothing may call the tasks but the load balancer.",
  },
  {
    checks: ["CKV_AWS_149"],
    stacks: ["others"],
    setting: "components/service/appSecrets.ts",
    reason:
      "The secret of an app with encrypted variables has AWS's own key for Secrets Manager, which only this account can use and only through Secrets Manager. A customer managed key costs more; name a secret with one in `service.app.secrets`.",
  },
  {
    checks: ["CKV2_AWS_57"],
    stacks: ["others"],
    setting: "service.app.environment",
    reason:
      "The secret holds what the stack's settings say: it changes with them, and `pulumi up` starts new tasks. A rotation would change values that their users do not know. Secrets that are rotated belong in `service.app.secrets`.",
  },
  {
    checks: ["CloudFront.17"],
    stacks: behindCloudfront,
    setting: "components/edge/behaviors.ts",
    reason: "The content is public: no signed URLs are used.",
  },
  {
    checks: ["CKV_AWS_305"],
    stacks: behindCloudfront,
    setting: "site",
    reason: "There is no bucket behind the root: the service answers `/` itself.",
  },
  {
    checks: ["CKV_AWS_374"],
    stacks: behindCloudfront,
    setting: "components/edge/pathDistribution.ts",
    reason:
      "The example is for the whole world; limiting countries is not a security measure here.",
  },
  {
    checks: ["CKV2_AWS_32"],
    stacks: behindCloudfront,
    setting: "components/edge/behaviors.ts",
    reason:
      "The service sets the headers of all its responses; those of a static site get a policy (docs/site.md).",
  },
  {
    checks: ["CKV2_AWS_28"],
    stacks: ["prod"],
    setting: "waf",
    reason:
      "The web ACL is on CloudFront, which viewers call. The load balancer only admits CloudFront's addresses and answers 403 without the secret header.",
  },
  {
    checks: ["CKV2_AWS_47"],
    stacks: ["prod"],
    setting: "waf.managedGroups",
    reason:
      "The group against Log4j, known bad inputs, is on. The check also wants the list of anonymous addresses, which blocks everybody behind a VPN; `anonymous-ip` switches it on.",
  },
  {
    checks: ["CKV2_AWS_76"],
    stacks: ["h2"],
    setting: "waf.managedGroups",
    reason: "Same as CKV2_AWS_47, for a web ACL on the load balancer.",
  },
  {
    checks: ["ELB.21", "ELB.22"],
    stacks: all,
    setting: "origin.protocol",
    reason:
      "The stack has the VPC to itself, and the tasks only admit the load balancer. For a shared VPC (a finding says so there), `https` encrypts this hop as well.",
  },
  {
    checks: ["CKV_AWS_378"],
    stacks: behindCloudfront,
    setting: "origin.protocol",
    reason:
      "Same as ELB.22. Checkov reports it where a rule, not the listener alone, names a target group.",
  },
  {
    checks: ["CKV_AWS_150", "ELB.6"],
    stacks: ["h2", "others"],
    setting: "deletionProtection",
    reason:
      "These stacks are for trying something out and are easy to delete; `prod` is protected.",
  },
  {
    checks: ["CKV_AWS_130", "EC2.15"],
    stacks: all,
    setting: "components/network/network.ts",
    reason:
      "`awsx.ec2.Vpc` creates public subnets like this, and no argument changes it. They only contain load balancers and NAT gateways; the service decides whether tasks get a public address.",
  },
  {
    checks: ["CKV2_AWS_19"],
    stacks: all,
    setting: "components/network/network.ts",
    reason:
      "Each address belongs to a NAT gateway. The check looks for the argument `domain`, which AWS has long set automatically.",
  },
  {
    checks: ["EC2.55", "EC2.56"],
    stacks: all,
    setting: "network.egress",
    reason:
      "Tasks reach the registry through a NAT gateway; `endpoints` creates these two instead.",
  },
  {
    checks: ["EC2.57"],
    stacks: all,
    setting: "components/network/vpcEndpoints.ts",
    reason:
      "Nothing in the VPC talks to Systems Manager: there is no instance, and no shell in a task.",
  },
  {
    checks: ["EC2.172"],
    stacks: all,
    setting: "network",
    reason:
      "This setting applies to the whole account and region, and would block the load balancer that viewers or CloudFront's public addresses call.",
  },
  {
    checks: ["CKV_AWS_51", "ECR.2"],
    stacks: all,
    setting: "components/service/nginxImage.ts",
    reason:
      "`awsx.ecr.Image` pushes every build under the same tag, which an immutable tag would refuse. The task definition names the image by digest, which never changes.",
  },
  {
    checks: ["CKV_AWS_136"],
    stacks: all,
    setting: "components/service/nginxImage.ts",
    reason:
      "Images are encrypted with ECR's own keys. The image contains nginx and its templates and no secret, so a customer managed key would protect nothing more.",
  },
  {
    checks: ["CKV_AWS_158"],
    stacks: all,
    setting: "components/service/webService.ts",
    reason:
      "CloudWatch encrypts logs with its own keys. A customer managed key costs more, and the logs are lost with it.",
  },
  {
    checks: ["CKV_AWS_338"],
    stacks: ["h2", "others"],
    setting: "service.logRetentionDays",
    reason:
      "These stacks are for trying something out and keep logs for a month; `prod` keeps them for a year.",
  },
  {
    checks: ["CKV_AWS_145"],
    stacks: all,
    setting: "components/logs/logBucket.ts",
    reason: "Load balancers only write logs to buckets with S3's own keys (SSE-S3).",
  },
  {
    checks: ["CKV_AWS_18", "S3.9"],
    stacks: all,
    setting: "components/logs/logBucket.ts",
    reason: "This is the log bucket: its access log would need another bucket, and so on.",
  },
  {
    checks: ["CKV_AWS_144"],
    stacks: all,
    setting: "components/logs/logBucket.ts",
    reason: "Logs are kept for some months and then deleted; a second copy would double the cost.",
  },
  {
    checks: ["CKV2_AWS_62"],
    stacks: all,
    setting: "components/logs/logBucket.ts",
    reason:
      "Nothing processes log files as they arrive: they are searched when a question comes up.",
  },
  {
    checks: ["GuardDuty.1", "GuardDuty.11", "GuardDuty.12", "Inspector.2"],
    stacks: all,
    setting: "detection",
    reason:
      "They monitor a whole account, are often managed outside this stack, and are paid by use; `detection` switches them on here.",
  },
  {
    checks: ["W3010"],
    stacks: all,
    setting: "components/network/network.ts",
    reason: "The program looks the zones up while it runs; a template could do so later.",
  },
];
