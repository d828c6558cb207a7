/** Logs, roles, DNS, certificates, registries. */
import { token } from "../../../../topology/tokens";
import { make } from "../scene";
import type { Case } from "./case";

const policy = (path: string, statement: object) => ({
  [path]: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
});

export const others: readonly Case[] = [
  {
    what: "a secret with a space in its name",
    type: token.secret,
    wrong: () => ({ name: "web app" }),
    code: "ValidationException",
  },
  {
    what: "a recovery window of five days",
    type: token.secret,
    wrong: () => ({ recoveryWindowInDays: 5 }),
    code: "InvalidParameterException",
    says: /7 to 30/,
  },
  {
    what: "a policy of a secret that is no JSON",
    type: token.secret,
    wrong: () => ({ policy: "{" }),
    code: "MalformedPolicyDocumentException",
  },
  {
    what: "a secret whose name is taken",
    type: token.secret,
    wrong: (s) => {
      make(s.account, token.secret, "first", { name: "taken" });
      return { name: "taken" };
    },
    code: "ResourceExistsException",
  },
  {
    what: "a value of a secret that is not there",
    type: token.secretVersion,
    wrong: () => ({ secretId: "web/none" }),
    code: "ResourceNotFoundException",
  },
  {
    what: "a value over the limit",
    type: token.secretVersion,
    wrong: () => ({ secretString: "x".repeat(65_537) }),
    code: "ValidationException",
    says: /65536 bytes/,
  },
  {
    what: "a log retention of 31 days",
    type: token.logGroup,
    wrong: () => ({ retentionInDays: 31 }),
    code: "InvalidParameterException",
  },
  {
    what: "a trust policy without a principal",
    type: token.role,
    wrong: () => policy("assumeRolePolicy", { Effect: "Allow", Action: "sts:AssumeRole" }),
    code: "MalformedPolicyDocument",
    says: /Principal/,
  },
  {
    what: "a trust policy that is no JSON",
    type: token.role,
    wrong: () => ({ assumeRolePolicy: "{" }),
    code: "MalformedPolicyDocument",
  },
  {
    what: "a policy without a resource",
    type: token.rolePolicy,
    wrong: () => policy("policy", { Effect: "Allow", Action: "s3:GetObject" }),
    code: "MalformedPolicyDocument",
    says: /resources/,
  },
  {
    what: "more permissions than a role takes",
    type: token.rolePolicy,
    wrong: () =>
      policy("policy", { Effect: "Allow", Action: "s3:GetObject", Resource: "x".repeat(10_240) }),
    code: "LimitExceeded",
    says: /10240 bytes exceeded/,
  },
  {
    what: "a policy ARN of a role",
    type: token.rolePolicyAttachment,
    wrong: () => ({ policyArn: "arn:aws:iam::123456789012:role/web" }),
    code: "InvalidInput",
  },
  {
    what: "a record outside of its zone",
    type: token.record,
    wrong: () => ({ name: "www.example.org." }),
    code: "InvalidChangeBatch",
    says: /not permitted in zone/,
  },
  {
    what: "records without a ttl",
    type: token.record,
    wrong: () => ({ ttl: undefined }),
    code: "ValidationError",
  },
  {
    what: "an alias with the wrong zone",
    type: token.record,
    wrong: (s) => ({
      records: undefined,
      ttl: undefined,
      aliases: [
        {
          name: s.account.read(token.loadBalancer, s.ids.alb ?? "")?.outputs.dnsName,
          zoneId: "Z2FDTNDATAQYW2",
          evaluateTargetHealth: false,
        },
      ],
    }),
    code: "InvalidChangeBatch",
    says: /does not lie within the target zone/,
  },
  {
    what: "a CNAME at the top of the zone",
    type: token.record,
    wrong: () => ({ name: "example.com", type: "CNAME", records: ["www.example.net"] }),
    code: "InvalidChangeBatch",
  },
  {
    what: "no domain name",
    type: token.certificate,
    wrong: () => ({ domainName: undefined }),
    code: "ValidationError",
  },
  {
    what: "a wildcard in the middle",
    type: token.certificate,
    wrong: () => ({ domainName: "a.*.example.com" }),
    code: "ValidationError",
  },
  {
    what: "records of which the certificate's is none",
    type: token.certificateValidation,
    wrong: () => ({ validationRecordFqdns: ["_x1.example.com"] }),
    code: "MissingValidationRecord",
  },
  {
    what: "a lifecycle policy without rules",
    type: token.lifecyclePolicy,
    wrong: () => ({ policy: '{"rules":[]}' }),
    code: "InvalidParameterException",
  },
  {
    what: "a password without characters",
    type: token.randomPassword,
    wrong: () => ({ lower: false, upper: false, numeric: false }),
    code: "ValidationError",
  },
];
