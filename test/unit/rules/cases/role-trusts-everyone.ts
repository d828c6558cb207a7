import { sound, trust, type Case, unknown } from "../caseParts";

export const cases: Case = {
  broken: {
    everybody: [sound(trust({ Principal: "*" })), "execution", /any AWS account/],
    "every account": [sound(trust({ Principal: { AWS: "*" } })), "execution", /any AWS account/],
    "every account, among others": [
      sound(trust({ Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"] } })),
      "execution",
      /any AWS account/,
    ],
    "every service": [
      sound(trust({ Principal: { Service: "*" } })),
      "execution",
      /any AWS account/,
    ],
    "every identity provider": [
      sound(trust({ Principal: { Federated: "*" } })),
      "execution",
      /any AWS account/,
    ],
    "all but one": [
      sound(trust({ NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } })),
      "execution",
      /any AWS account/,
    ],
  },
  fine: {
    "one's own organization": sound(
      trust({
        Principal: { AWS: "*" },
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
      }),
    ),
    "what another statement denies": sound({
      execution: {
        assumeRolePolicy: JSON.stringify({
          Statement: [
            { Effect: "Allow", Principal: "*" },
            {
              Effect: "Deny",
              Principal: "*",
              Condition: { Null: { "aws:PrincipalOrgID": "true" } },
            },
          ],
        }),
      },
    }),
    nobody: sound(trust({ Effect: "Deny", Principal: "*" })),
    "an account": sound(trust({ Principal: { AWS: "arn:aws:iam::123456789012:root" } })),
    "no JSON at all": sound({ execution: { assumeRolePolicy: "{" } }),
  },
  unknown: { "the policy": sound({ execution: { assumeRolePolicy: unknown } }) },
};
