/** Load balancers and target groups. */
import { token } from "../../../../topology/tokens";
import type { Case } from "./case";

export const loadBalancers: readonly Case[] = [
  {
    what: "one subnet",
    type: token.loadBalancer,
    wrong: (s) => ({ subnets: [s.ids.subnetA] }),
    code: "ValidationError",
    says: /two different Availability Zones/,
  },
  {
    what: "two subnets of one zone",
    type: token.loadBalancer,
    wrong: (s) => ({ subnets: [s.ids.subnetA, s.ids.subnetA2] }),
    code: "InvalidConfigurationRequest",
    says: /same Availability Zone/,
  },
  {
    what: "subnets of two VPCs",
    type: token.loadBalancer,
    wrong: (s) => ({ subnets: [s.ids.subnetA, s.ids.otherSubnet] }),
    code: "InvalidConfigurationRequest",
    says: /same VPC/,
  },
  {
    what: "a security group of another VPC",
    type: token.loadBalancer,
    wrong: (s) => ({ securityGroups: [s.ids.otherGroup] }),
    code: "InvalidConfigurationRequest",
    says: /security groups are invalid/,
  },
  {
    what: "a subnet that does not exist",
    type: token.loadBalancer,
    wrong: (s) => ({ subnets: [s.ids.subnetA, "nowhere"] }),
    code: "SubnetNotFound",
  },
  {
    what: "an idle timeout of 4001 s",
    type: token.loadBalancer,
    wrong: () => ({ idleTimeout: 4001 }),
    code: "ValidationError",
    says: /between 1 and 4000/,
  },
  {
    what: "a client keep-alive of 59 s",
    type: token.loadBalancer,
    wrong: () => ({ clientKeepAlive: 59 }),
    code: "ValidationError",
  },
  {
    what: "an unknown desync mode",
    type: token.loadBalancer,
    wrong: () => ({ desyncMitigationMode: "strict" }),
    code: "ValidationError",
  },
  {
    what: "an unknown protocol version",
    type: token.targetGroup,
    wrong: () => ({ protocolVersion: "HTTP/2" }),
    code: "ValidationError",
  },
  {
    what: "no VPC",
    type: token.targetGroup,
    wrong: () => ({ vpcId: undefined }),
    code: "ValidationError",
    says: /VPC ID must be specified/,
  },
  {
    what: "a health check as long as its interval",
    type: token.targetGroup,
    wrong: () => ({ "healthCheck.timeout": 15 }),
    code: "ValidationError",
    says: /greater than the timeout/,
  },
  {
    what: "an interval of 301 s",
    type: token.targetGroup,
    wrong: () => ({ "healthCheck.interval": 301 }),
    code: "ValidationError",
  },
  {
    what: "one success to be healthy",
    type: token.targetGroup,
    wrong: () => ({ "healthCheck.healthyThreshold": 1 }),
    code: "ValidationError",
  },
  {
    what: "a matcher of 500 for HTTP",
    type: token.targetGroup,
    wrong: () => ({ "healthCheck.matcher": "200-500" }),
    code: "ValidationError",
    says: /200 to 499/,
  },
  {
    what: "a matcher of HTTP for gRPC",
    type: token.targetGroup,
    wrong: () => ({ protocolVersion: "GRPC", "healthCheck.matcher": "200" }),
    code: "ValidationError",
    says: /0 to 99/,
  },
  {
    what: "a health check's path without a slash",
    type: token.targetGroup,
    wrong: () => ({ "healthCheck.path": "healthz" }),
    code: "ValidationError",
  },
  {
    what: "a deregistration delay of 3601 s",
    type: token.targetGroup,
    wrong: () => ({ deregistrationDelay: 3601 }),
    code: "ValidationError",
  },
  {
    what: "a slow start of 10 s",
    type: token.targetGroup,
    wrong: () => ({ slowStart: 10 }),
    code: "ValidationError",
  },
];
