/** https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html */
import { token } from "../../../topology/tokens";
import type { Props } from "../../../local/model/types";
import { bags } from "../bag";
import { each, unless, wants, type Control } from "./control";

/** Ports that EC2.19 calls high-risk. */
const risky = [
  ...[20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500],
  ...[5601, 8080, 8088, 8888, 9200, 9300],
];

const everyone = ({ cidrIpv4, cidrIpv6 }: Props): boolean =>
  cidrIpv4 === "0.0.0.0/0" || cidrIpv6 === "::/0";

/** Whether an open rule admits the port. */
const opens = (rule: Props, port: number): boolean =>
  everyone(rule) &&
  (rule.ipProtocol === "-1" || (Number(rule.fromPort) <= port && port <= Number(rule.toPort)));

const endpoint = (id: string, title: string, service: string): Control =>
  each(
    token.vpc,
    id,
    title,
    wants(
      token.vpcEndpoint,
      "no such endpoint",
      ({ vpcId, serviceName }, vpc) =>
        vpcId === vpc.id && String(serviceName).endsWith(`.${service}`),
    ),
  );

export const networkControls: readonly Control[] = [
  each(token.vpc, "EC2.2", "The default security group admits nothing", (vpc, resources) => {
    const closed = resources.some(
      ({ type, outputs }) =>
        type === token.defaultSecurityGroup &&
        outputs.vpcId === vpc.id &&
        bags(outputs.ingress).length + bags(outputs.egress).length === 0,
    );
    return unless(closed, "its rules are AWS's");
  }),
  each(
    token.vpc,
    "EC2.6",
    "VPC flow logs are on",
    wants(token.flowLog, "none", ({ vpcId }, vpc) => vpcId === vpc.id),
  ),
  each(token.subnet, "EC2.15", "Subnets give no public address by themselves", (subnet) =>
    unless(subnet.mapPublicIpOnLaunch !== true, "they do"),
  ),
  each(token.securityGroupIngress, "EC2.18", "Only ports 80 and 443 are open to everyone", (rule) =>
    unless(
      !everyone(rule) || (rule.fromPort === rule.toPort && [80, 443].includes(Number(rule.toPort))),
      `port ${String(rule.fromPort)}`,
    ),
  ),
  each(token.securityGroupIngress, "EC2.19", "No high-risk port is open to everyone", (rule) =>
    unless(!risky.some((port) => opens(rule, port)), `port ${String(rule.fromPort)}`),
  ),
  endpoint("EC2.55", "An endpoint for the ECR API", "ecr.api"),
  endpoint("EC2.56", "An endpoint for the Docker registry", "ecr.dkr"),
  endpoint("EC2.57", "An endpoint for Systems Manager", "ssm"),
  // An account's setting for a region; no stack of this project makes it.
  each(
    token.vpc,
    "EC2.172",
    "VPC Block Public Access is on",
    () => "an account's setting, left alone",
  ),
];
