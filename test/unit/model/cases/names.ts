/** Names that are malformed, too long or taken. */
import * as t from "../../../../local/model/tokens";
import type { Case } from "./case";

export const names: readonly Case[] = [
  {
    what: "a load balancer's name of 33 characters",
    type: t.LOAD_BALANCER,
    wrong: () => ({ name: "a".repeat(33) }),
    code: "ValidationError",
    says: /cannot be longer than '32' characters/,
  },
  {
    what: "a load balancer's name with an underscore",
    type: t.LOAD_BALANCER,
    wrong: () => ({ name: "a_b" }),
    code: "ValidationError",
    says: /alphanumeric/,
  },
  {
    what: "a load balancer's name that ends with a hyphen",
    type: t.LOAD_BALANCER,
    wrong: () => ({ name: "web-" }),
    code: "ValidationError",
    says: /begin or end with '-'/,
  },
  {
    what: "a load balancer's name that begins with internal-",
    type: t.LOAD_BALANCER,
    wrong: () => ({ name: "internal-web" }),
    code: "ValidationError",
    says: /internal-/,
  },
  {
    what: "a target group's name of 33 characters",
    type: t.TARGET_GROUP,
    wrong: () => ({ name: "a".repeat(33) }),
    code: "ValidationError",
    says: /Target group name/,
  },
  {
    what: "a taken load balancer's name",
    type: t.LOAD_BALANCER,
    wrong: (s) => ({ name: s.account.read(t.LOAD_BALANCER, s.ids.alb ?? "")?.outputs.name }),
    code: "DuplicateLoadBalancerName",
  },
  {
    what: "a taken target group's name",
    type: t.TARGET_GROUP,
    wrong: (s) => ({ name: s.account.read(t.TARGET_GROUP, s.ids.group ?? "")?.outputs.name }),
    code: "DuplicateTargetGroupName",
  },
  {
    what: "a taken security group's name",
    type: t.SECURITY_GROUP,
    wrong: (s) => ({ name: s.account.read(t.SECURITY_GROUP, s.ids.albGroup ?? "")?.outputs.name }),
    code: "InvalidGroup.Duplicate",
  },
  {
    what: "a taken role's name",
    type: t.ROLE,
    wrong: (s) => ({ name: s.ids.role }),
    code: "EntityAlreadyExists",
  },
  {
    what: "a taken repository's name",
    type: t.REPOSITORY,
    wrong: (s) => ({ name: s.ids.repository }),
    code: "RepositoryAlreadyExistsException",
  },
  {
    what: "a repository's name in capitals",
    type: t.REPOSITORY,
    wrong: () => ({ name: "Web" }),
    code: "InvalidParameterException",
  },
  {
    what: "a cluster's name with a space",
    type: t.CLUSTER,
    wrong: () => ({ name: "my cluster" }),
    code: "InvalidParameterException",
  },
];
