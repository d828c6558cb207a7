/** Load balancers and target groups. */
import * as t from "../../../../local/model/tokens";
import type { Case } from "./case";

export const loadBalancers: readonly Case[] = [
  {
    what: "one subnet",
    type: t.LOAD_BALANCER,
    wrong: (s) => ({ subnets: [s.ids.subnetA] }),
    code: "ValidationError",
    says: /two different Availability Zones/,
  },
  {
    what: "two subnets of one zone",
    type: t.LOAD_BALANCER,
    wrong: (s) => ({ subnets: [s.ids.subnetA, s.ids.subnetA2] }),
    code: "InvalidConfigurationRequest",
    says: /same Availability Zone/,
  },
  {
    what: "subnets of two VPCs",
    type: t.LOAD_BALANCER,
    wrong: (s) => ({ subnets: [s.ids.subnetA, s.ids.otherSubnet] }),
    code: "InvalidConfigurationRequest",
    says: /same VPC/,
  },
  {
    what: "a security group of another VPC",
    type: t.LOAD_BALANCER,
    wrong: (s) => ({ securityGroups: [s.ids.otherGroup] }),
    code: "InvalidConfigurationRequest",
    says: /security groups are invalid/,
  },
  {
    what: "a subnet that does not exist",
    type: t.LOAD_BALANCER,
    wrong: (s) => ({ subnets: [s.ids.subnetA, "nowhere"] }),
    code: "SubnetNotFound",
  },
  {
    what: "an idle timeout of 4001 s",
    type: t.LOAD_BALANCER,
    wrong: () => ({ idleTimeout: 4001 }),
    code: "ValidationError",
    says: /between 1 and 4000/,
  },
  {
    what: "a client keep-alive of 59 s",
    type: t.LOAD_BALANCER,
    wrong: () => ({ clientKeepAlive: 59 }),
    code: "ValidationError",
  },
  {
    what: "an unknown desync mode",
    type: t.LOAD_BALANCER,
    wrong: () => ({ desyncMitigationMode: "strict" }),
    code: "ValidationError",
  },
  {
    what: "an unknown protocol version",
    type: t.TARGET_GROUP,
    wrong: () => ({ protocolVersion: "HTTP/2" }),
    code: "ValidationError",
  },
  {
    what: "no VPC",
    type: t.TARGET_GROUP,
    wrong: () => ({ vpcId: undefined }),
    code: "ValidationError",
    says: /VPC ID must be specified/,
  },
  {
    what: "a health check as long as its interval",
    type: t.TARGET_GROUP,
    wrong: () => ({ "healthCheck.timeout": 15 }),
    code: "ValidationError",
    says: /greater than the timeout/,
  },
  {
    what: "an interval of 301 s",
    type: t.TARGET_GROUP,
    wrong: () => ({ "healthCheck.interval": 301 }),
    code: "ValidationError",
  },
  {
    what: "one success to be healthy",
    type: t.TARGET_GROUP,
    wrong: () => ({ "healthCheck.healthyThreshold": 1 }),
    code: "ValidationError",
  },
  {
    what: "a matcher of 500 for HTTP",
    type: t.TARGET_GROUP,
    wrong: () => ({ "healthCheck.matcher": "200-500" }),
    code: "ValidationError",
    says: /200 to 499/,
  },
  {
    what: "a matcher of HTTP for gRPC",
    type: t.TARGET_GROUP,
    wrong: () => ({ protocolVersion: "GRPC", "healthCheck.matcher": "200" }),
    code: "ValidationError",
    says: /0 to 99/,
  },
  {
    what: "a health check's path without a slash",
    type: t.TARGET_GROUP,
    wrong: () => ({ "healthCheck.path": "healthz" }),
    code: "ValidationError",
  },
  {
    what: "a deregistration delay of 3601 s",
    type: t.TARGET_GROUP,
    wrong: () => ({ deregistrationDelay: 3601 }),
    code: "ValidationError",
  },
  {
    what: "a slow start of 10 s",
    type: t.TARGET_GROUP,
    wrong: () => ({ slowStart: 10 }),
    code: "ValidationError",
  },
];
