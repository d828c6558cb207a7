/**
 * Fixed prices in US dollars without tax. AWS changes its prices and this table is not updated
 * automatically, so every sum is printed with {@link pricesAsOf}.
 */

/** When the table was last checked. */
export const pricesAsOf = "2026-11-23";

/** Where the table is from: it was not queried from AWS's price list. */
export const pricesSource =
  "AWS's public list prices as secondary pages and memory have them; check them at https://calculator.aws";

/** Hours in a month, as in AWS's own calculator. */
export const hoursPerMonth = 730;

/** One region's prices. */
export interface Prices {
  /** Application Load Balancer, per hour. https://aws.amazon.com/elasticloadbalancing/pricing/ */
  readonly loadBalancerHour: number;
  /** NAT gateway, per hour. https://aws.amazon.com/vpc/pricing/ */
  readonly natGatewayHour: number;
  /** Interface endpoint, per hour and availability zone. https://aws.amazon.com/privatelink/pricing/ */
  readonly interfaceEndpointHour: number;
  /** Public IPv4 address, per hour. https://aws.amazon.com/vpc/pricing/ */
  readonly publicIpv4Hour: number;
  /** Fargate, per vCPU and hour. https://aws.amazon.com/fargate/pricing/ */
  readonly vcpuHour: { readonly X86_64: number; readonly ARM64: number };
  /** Fargate, per GB of memory and hour. */
  readonly gigabyteHour: { readonly X86_64: number; readonly ARM64: number };
  /** Web ACL and each rule in it, per month. https://aws.amazon.com/waf/pricing/ */
  readonly webAclMonth: number;
  readonly webAclRuleMonth: number;
  /** Hosted zone, per month, of the first 25. https://aws.amazon.com/route53/pricing/ */
  readonly hostedZoneMonth: number;
  /** Each metric of an alarm, per month. https://aws.amazon.com/cloudwatch/pricing/ */
  readonly alarmMonth: number;
  /** Metric beyond the free ten, per month. https://aws.amazon.com/cloudwatch/pricing/ */
  readonly metricMonth: number;
  /** Dashboard, per month, beyond the first three. https://aws.amazon.com/cloudwatch/pricing/ */
  readonly dashboardMonth: number;
  /** Secret of Secrets Manager, per month. https://aws.amazon.com/secrets-manager/pricing/ */
  readonly secretMonth: number;
  /** Customer managed KMS key, per month, before its first key rotation. https://aws.amazon.com/kms/pricing/ */
  readonly keyMonth: number;
}

/** Prices that are the same in all regions. */
const everywhere = {
  publicIpv4Hour: 0.005,
  webAclMonth: 5,
  webAclRuleMonth: 1,
  hostedZoneMonth: 0.5,
  alarmMonth: 0.1,
  metricMonth: 0.3,
  dashboardMonth: 3,
  secretMonth: 0.4,
  keyMonth: 1,
};

/** Fargate's prices, which several regions share. */
const fargate = {
  least: {
    vcpuHour: { X86_64: 0.04048, ARM64: 0.03238 },
    gigabyteHour: { X86_64: 0.004445, ARM64: 0.00356 },
  },
  middle: {
    vcpuHour: { X86_64: 0.04656, ARM64: 0.03725 },
    gigabyteHour: { X86_64: 0.00511, ARM64: 0.00409 },
  },
  most: {
    vcpuHour: { X86_64: 0.05056, ARM64: 0.04045 },
    gigabyteHour: { X86_64: 0.00553, ARM64: 0.00442 },
  },
} as const;

const usEast1: Prices = {
  ...everywhere,
  ...fargate.least,
  loadBalancerHour: 0.0225,
  natGatewayHour: 0.045,
  interfaceEndpointHour: 0.01,
};

/** By region. There is no fallback for a missing region. */
export const prices: Readonly<Record<string, Prices>> = {
  "us-east-1": usEast1,
  "us-east-2": usEast1,
  "us-west-2": usEast1,
  "eu-west-1": {
    ...everywhere,
    ...fargate.least,
    loadBalancerHour: 0.0252,
    natGatewayHour: 0.048,
    interfaceEndpointHour: 0.011,
  },
  "eu-west-2": {
    ...everywhere,
    ...fargate.middle,
    loadBalancerHour: 0.02646,
    natGatewayHour: 0.05,
    interfaceEndpointHour: 0.011,
  },
  "eu-central-1": {
    ...everywhere,
    ...fargate.middle,
    loadBalancerHour: 0.027,
    natGatewayHour: 0.052,
    interfaceEndpointHour: 0.012,
  },
  "ap-northeast-1": {
    ...everywhere,
    ...fargate.most,
    loadBalancerHour: 0.0243,
    natGatewayHour: 0.062,
    interfaceEndpointHour: 0.014,
  },
  "ap-southeast-1": {
    ...everywhere,
    ...fargate.most,
    loadBalancerHour: 0.0252,
    natGatewayHour: 0.059,
    interfaceEndpointHour: 0.013,
  },
};
