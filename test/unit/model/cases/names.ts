/** Names that are malformed, too long or taken. */
import { token } from "../../../../topology/tokens";
import type { Case } from "./case";

export const names: readonly Case[] = [
  {
    what: "a load balancer's name of 33 characters",
    type: token.loadBalancer,
    wrong: () => ({ name: "a".repeat(33) }),
    code: "ValidationError",
    says: /cannot be longer than '32' characters/,
  },
  {
    what: "a load balancer's name with an underscore",
    type: token.loadBalancer,
    wrong: () => ({ name: "a_b" }),
    code: "ValidationError",
    says: /alphanumeric/,
  },
  {
    what: "a load balancer's name that ends with a hyphen",
    type: token.loadBalancer,
    wrong: () => ({ name: "web-" }),
    code: "ValidationError",
    says: /begin or end with '-'/,
  },
  {
    what: "a load balancer's name that begins with internal-",
    type: token.loadBalancer,
    wrong: () => ({ name: "internal-web" }),
    code: "ValidationError",
    says: /internal-/,
  },
  {
    what: "a target group's name of 33 characters",
    type: token.targetGroup,
    wrong: () => ({ name: "a".repeat(33) }),
    code: "ValidationError",
    says: /Target group name/,
  },
  {
    what: "a taken load balancer's name",
    type: token.loadBalancer,
    wrong: (s) => ({ name: s.account.read(token.loadBalancer, s.ids.alb ?? "")?.outputs.name }),
    code: "DuplicateLoadBalancerName",
  },
  {
    what: "a taken target group's name",
    type: token.targetGroup,
    wrong: (s) => ({ name: s.account.read(token.targetGroup, s.ids.group ?? "")?.outputs.name }),
    code: "DuplicateTargetGroupName",
  },
  {
    what: "a taken security group's name",
    type: token.securityGroup,
    wrong: (s) => ({
      name: s.account.read(token.securityGroup, s.ids.albGroup ?? "")?.outputs.name,
    }),
    code: "InvalidGroup.Duplicate",
  },
  {
    what: "a taken role's name",
    type: token.role,
    wrong: (s) => ({ name: s.ids.role }),
    code: "EntityAlreadyExists",
  },
  {
    what: "a taken repository's name",
    type: token.repository,
    wrong: (s) => ({ name: s.ids.repository }),
    code: "RepositoryAlreadyExistsException",
  },
  {
    what: "a repository's name in capitals",
    type: token.repository,
    wrong: () => ({ name: "Web" }),
    code: "InvalidParameterException",
  },
  {
    what: "a cluster's name with a space",
    type: token.cluster,
    wrong: () => ({ name: "my cluster" }),
    code: "InvalidParameterException",
  },
];
