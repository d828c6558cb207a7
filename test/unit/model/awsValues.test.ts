/**
 * Values and bounds that the rows state, against those of AWS's own API model, which
 * `npm run aws-watch -- --update` writes into its digest: every value that AWS takes is accepted, and
 * another one refused.
 */
import { expect } from "chai";
import digests from "../../awsWatch/digest.json";
import { rows } from "../../../local/model/rows";
import type { Props } from "../../../local/model/types";
import { token } from "../../../topology/tokens";
import { make, scene } from "./scene";
import { refusalsOf, withValues } from "./support";
import { managed } from "./wafScene";

/**
 * By type: property paths, and the member of AWS's model that each of them becomes. Not priceClass:
 * what its `None` means for a distribution of one tenant AWS does not say.
 */
const members: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [token.certificate]: {
    validationMethod: "acm RequestCertificateRequest.ValidationMethod",
    keyAlgorithm: "acm RequestCertificateRequest.KeyAlgorithm",
  },
  [token.distribution]: {
    httpVersion: "cloudfront DistributionConfig.HttpVersion",
    "viewerCertificate.minimumProtocolVersion":
      "cloudfront ViewerCertificate.MinimumProtocolVersion",
    "viewerCertificate.sslSupportMethod": "cloudfront ViewerCertificate.SSLSupportMethod",
    "restrictions.geoRestriction.restrictionType": "cloudfront GeoRestriction.RestrictionType",
    "defaultCacheBehavior.viewerProtocolPolicy":
      "cloudfront DefaultCacheBehavior.ViewerProtocolPolicy",
    "orderedCacheBehaviors[].viewerProtocolPolicy": "cloudfront CacheBehavior.ViewerProtocolPolicy",
    "origins[].customOriginConfig.originProtocolPolicy":
      "cloudfront CustomOriginConfig.OriginProtocolPolicy",
    "origins[].customOriginConfig.originSslProtocols[]": "cloudfront OriginSslProtocols.Items",
    "origins[].customOriginConfig.originHttpVersion":
      "cloudfront CustomOriginConfig.OriginHttpVersion",
    "origins[].vpcOriginConfig.originHttpVersion": "cloudfront VpcOriginConfig.OriginHttpVersion",
  },
  [token.vpcOrigin]: {
    "vpcOriginEndpointConfig.originProtocolPolicy":
      "cloudfront VpcOriginEndpointConfig.OriginProtocolPolicy",
    "vpcOriginEndpointConfig.originSslProtocols.items[]": "cloudfront OriginSslProtocols.Items",
  },
  [token.originAccessControl]: {
    originAccessControlOriginType:
      "cloudfront OriginAccessControlConfig.OriginAccessControlOriginType",
    signingBehavior: "cloudfront OriginAccessControlConfig.SigningBehavior",
    signingProtocol: "cloudfront OriginAccessControlConfig.SigningProtocol",
  },
  [token.cloudfrontFunction]: { runtime: "cloudfront FunctionConfig.Runtime" },
  [token.loadBalancer]: {
    loadBalancerType: "elbv2 CreateLoadBalancerInput.Type",
    ipAddressType: "elbv2 CreateLoadBalancerInput.IpAddressType",
  },
  [token.listener]: {
    protocol: "elbv2 CreateListenerInput.Protocol",
    port: "elbv2 CreateListenerInput.Port",
    "defaultActions[].type": "elbv2 Action.Type",
    "defaultActions[].redirect.statusCode": "elbv2 RedirectActionConfig.StatusCode",
  },
  [token.listenerRule]: {
    priority: "elbv2 CreateRuleInput.Priority",
    "actions[].type": "elbv2 Action.Type",
  },
  [token.targetGroup]: {
    protocol: "elbv2 CreateTargetGroupInput.Protocol",
    port: "elbv2 CreateTargetGroupInput.Port",
    targetType: "elbv2 CreateTargetGroupInput.TargetType",
    ipAddressType: "elbv2 CreateTargetGroupInput.IpAddressType",
    "healthCheck.interval": "elbv2 CreateTargetGroupInput.HealthCheckIntervalSeconds",
    "healthCheck.timeout": "elbv2 CreateTargetGroupInput.HealthCheckTimeoutSeconds",
    "healthCheck.healthyThreshold": "elbv2 CreateTargetGroupInput.HealthyThresholdCount",
    "healthCheck.unhealthyThreshold": "elbv2 CreateTargetGroupInput.UnhealthyThresholdCount",
  },
  [token.service]: {
    launchType: "ecs CreateServiceRequest.launchType",
    schedulingStrategy: "ecs CreateServiceRequest.schedulingStrategy",
    availabilityZoneRebalancing: "ecs CreateServiceRequest.availabilityZoneRebalancing",
  },
  [token.taskDefinition]: {
    networkMode: "ecs RegisterTaskDefinitionRequest.networkMode",
    "requiresCompatibilities[]": "ecs RegisterTaskDefinitionRequest.requiresCompatibilities",
    "runtimePlatform.cpuArchitecture": "ecs RuntimePlatform.cpuArchitecture",
  },
  [token.webAcl]: {
    scope: "wafv2 CreateWebACLRequest.Scope",
    "associationConfig.requestBodies[].cloudfront.defaultSizeInspectionLimit":
      "wafv2 RequestBodyAssociatedResourceTypeConfig.DefaultSizeInspectionLimit",
    "rules[].statement.rateBasedStatement.limit": "wafv2 RateBasedStatement.Limit",
    "rules[].statement.rateBasedStatement.aggregateKeyType":
      "wafv2 RateBasedStatement.AggregateKeyType",
  },
  [token.ipSet]: {
    scope: "wafv2 CreateIPSetRequest.Scope",
    ipAddressVersion: "wafv2 CreateIPSetRequest.IPAddressVersion",
  },
};

const watched: Readonly<Record<string, Readonly<Record<string, string>>>> =
  digests.botocore.watched;

/** `required string {a b} #123456`, `integer 1..65535 #123456` */
function statedBy(member: string): { good: unknown[]; bad: unknown[] } {
  const [shape = "", name = ""] = member.split(".");
  const line = watched[shape]?.[name] ?? "";
  const values = /\{(.*)\}/.exec(line)?.[1]?.split(" ");
  if (values) return { good: values, bad: ["no-such-value"] };
  const [min, max] = (/ (\d+)\.\.(\d+)/.exec(line) ?? []).slice(1).map(Number);
  if (min === undefined || max === undefined) throw new Error(`${member} is not stated: ${line}`);
  return { good: [min, max], bad: [min - 1, max + 1] };
}

/** Inputs with nothing but this value; lists have one entry. */
function only(property: string, value: unknown): Props {
  return property.split(".").reduceRight<unknown>((inner, step) => {
    return step.endsWith("[]") ? { [step.slice(0, -2)]: [inner] } : { [step]: inner };
  }, value) as Props;
}

/** What the rows refuse about the value itself. */
function refused(type: string, property: string, value: unknown): string[] {
  const where = property.replaceAll("[]", "[0]");
  const about = [where, property, where.replace(/\[0\]$/, "")];
  return (rows.get(type)?.rules ?? [])
    .flatMap((rule) => rule(only(property, value)))
    .filter((refusal) => about.includes(refusal.property ?? ""))
    .map(({ message }) => message)
    .filter((message) => message.includes(`'${String(value)}'`));
}

describe("values that AWS takes", () => {
  for (const [type, properties] of Object.entries(members))
    for (const [property, member] of Object.entries(properties))
      it(`${type.split(":").at(-1) ?? ""}: ${property}`, () => {
        const { good, bad } = statedBy(member);
        for (const value of good) expect(refused(type, property, value)).to.deep.equal([]);
        for (const value of bad) expect(refused(type, property, value)).to.have.length(1);
      });
});

/** What AWS takes although it takes something alike nowhere else, by what changes valid inputs. */
const accepted: Readonly<Record<string, readonly [type: string, changes: Props]>> = {
  "health checks of TCP targets that take 599": [
    token.targetGroup,
    { protocol: "TCP", protocolVersion: undefined, "healthCheck.matcher": "200-599" },
  ],
  "a redirect to another path": [
    token.listener,
    {
      defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301", path: "/new" } }],
    },
  ],
  "a minimum TLS version with CloudFront's own certificate, which ignores it": [
    token.distribution,
    {
      aliases: [],
      viewerCertificate: {
        cloudfrontDefaultCertificate: true,
        minimumProtocolVersion: "TLSv1.2_2021",
      },
    },
  ],
  "a whole response in as long as its first byte has": [
    token.distribution,
    { "origins[0].responseCompletionTimeout": 30 },
  ],
  "a whole response without a limit": [
    token.distribution,
    { "origins[0].responseCompletionTimeout": 0 },
  ],
  "a grace period for the containers' own health checks": [
    token.service,
    { loadBalancers: undefined, healthCheckGracePeriodSeconds: 30 },
  ],
  "a rule group of the AWS Marketplace": [
    token.webAcl,
    { rules: [managed("other", "OWASP_Managed", 1, { vendorName: "F5" })] },
  ],
  "the AI security rule group": [
    token.webAcl,
    { rules: [managed("ai", "AWSManagedRulesAISecurityRuleSet", 1)] },
  ],
  "a fixed response of 1024 characters": [
    token.listener,
    {
      defaultActions: [
        {
          type: "fixed-response",
          fixedResponse: {
            contentType: "text/plain",
            statusCode: "200",
            messageBody: "x".repeat(1024),
          },
        },
      ],
    },
  ],
};

describe("what AWS takes", () => {
  for (const [what, [type, changes]] of Object.entries(accepted))
    it(what, () => {
      const s = scene();
      const inputs = withValues(s.valid(type), changes);
      expect(refusalsOf(() => make(s.account, type, "subject", inputs))).to.deep.equal([]);
    });

  it("moves tasks between zones by default, where it can", () => {
    const rebalancing = (changes: Props): unknown => {
      const s = scene();
      const inputs = withValues(s.valid(token.service), {
        availabilityZoneRebalancing: undefined,
        ...changes,
      });
      return make(s.account, token.service, "subject", inputs).outputs.availabilityZoneRebalancing;
    };
    expect(rebalancing({})).to.equal("ENABLED");
    const atMost = { deploymentMaximumPercent: 100, deploymentMinimumHealthyPercent: 50 };
    expect(rebalancing(atMost)).to.equal("DISABLED");
  });
});
