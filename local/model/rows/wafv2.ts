/** aws.wafv2: WebAcl, IpSet, WebAclAssociation */
import { parseCidr } from "../../../path/networks";
import { cloudfrontWafRegion, maxIpSetEntries } from "../../../path/waf";
import { LocalResource, Refusal } from "../types";
import { arn, arnsOf, uuid } from "../ids";
import { valuesAt, textAt, textsAt } from "../props";
import { Candidate, others, ResourceModel, AccountView, regionsDiffer } from "../row";
import { matchesPattern, oneOf, InputRule, unique, when } from "../rules";
import { token } from "../../../topology/tokens";
import {
  wafApi,
  capacityOf,
  wafGuide,
  invalid,
  nameRule,
  wafStatementsOf,
  webAclInputRules,
} from "./wafv2Rules";

const scopePage = `${wafGuide}/how-aws-waf-works-resources.html`;
const associatePage = `${wafApi}/API_AssociateWebACL.html`;

const scopeRule = (page: string): InputRule =>
  oneOf("scope", ["CLOUDFRONT", "REGIONAL"], { code: invalid, source: page });

/** What web ACLs and IP sets have in common: where each scope lives, and one name a scope. */
function scopeAndName(candidate: Candidate, account: AccountView): Refusal[] {
  const { inputs, region } = candidate;
  const refusals: Refusal[] = [];
  if (inputs.scope === "CLOUDFRONT" && regionsDiffer(region, cloudfrontWafRegion))
    refusals.push({
      code: invalid,
      message: `Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT. The scope CLOUDFRONT is in ${cloudfrontWafRegion} only, and this is ${region}.`,
      property: "scope",
      source: scopePage,
    });
  const taken = others(candidate, account).some(
    ({ outputs }) =>
      outputs.name === inputs.name && outputs.scope === inputs.scope && outputs.region === region,
  );
  if (taken)
    refusals.push({
      code: "WAFDuplicateItemException",
      message:
        "AWS WAF couldn't perform the operation because some resource in your request is a duplicate of an existing one.",
      property: "name",
      source: `${wafApi}/API_CreateWebACL.html`,
    });
  return refusals;
}

/** `arn:aws:wafv2:us-east-1:123456789012:global/webacl/web-1234567/…` */
function identity(candidate: Candidate, account: AccountView, kind: "webacl" | "ipset") {
  const { inputs, region } = candidate;
  const id = uuid(candidate.hex(32));
  const where = inputs.scope === "CLOUDFRONT" ? "global" : "regional";
  const path = `${where}/${kind}/${String(inputs.name)}/${id}`;
  return { id, arn: arn("wafv2", region, account.accountId, path) };
}

const held = (message: string, page: string): Refusal => ({
  code: "WAFAssociatedItemException",
  message: `AWS WAF couldn't perform the operation because your resource is being used by another resource or it’s associated with another resource: ${message}`,
  source: page,
});

/** Names of what a web ACL protects. */
const protectedBy = (webAcl: LocalResource, account: AccountView): string[] => [
  ...account
    .all(token.distribution)
    .filter((d) => d.outputs.webAclId === webAcl.outputs.arn)
    .map((d) => `distribution ${d.name}`),
  ...account
    .all(token.webAclAssociation)
    .filter((a) => a.outputs.webAclArn === webAcl.outputs.arn)
    .map((a) => `association ${a.name}`),
];

function missingSets(candidate: Candidate, account: AccountView): Refusal[] {
  return wafStatementsOf(candidate.inputs).flatMap((statement): Refusal[] => {
    const wanted = textAt(statement, "ipSetReferenceStatement.arn");
    if (wanted === undefined) return [];
    const found = account.lookup(token.ipSet, wanted);
    if (found && (found.outputs.scope ?? candidate.inputs.scope) === candidate.inputs.scope)
      return [];
    const why = found
      ? `its scope is ${String(found.outputs.scope)}`
      : "there is no such IP set in this account";
    return [
      {
        code: "WAFNonexistentItemException",
        message: `AWS WAF couldn't perform the operation because your resource doesn't exist: ${wanted}; ${why}.`,
        property: "rules",
        source: `${wafApi}/API_IPSetReferenceStatement.html`,
      },
    ];
  });
}

export const webAcl: ResourceModel = {
  type: token.webAcl,
  required: ["defaultAction", "scope", "visibilityConfig"],
  autoName: { property: "name", maxLength: 128 },
  rules: [
    scopeRule(`${wafApi}/API_CreateWebACL.html`),
    nameRule("name", `${wafApi}/API_CreateWebACL.html`),
    ...webAclInputRules,
  ],
  refuse: (candidate, account) => [
    ...scopeAndName(candidate, account),
    ...missingSets(candidate, account),
  ],
  replaceOn: ["name", "namePrefix", "scope", "region"],
  outputs: (candidate, account) => ({
    ...identity(candidate, account, "webacl"),
    capacity: capacityOf(candidate.inputs),
    lockToken: uuid(candidate.hex(32, "lock")),
    applicationIntegrationUrl: "",
  }),
  recomputed: ["capacity"],
  inUse: (resource, account) =>
    protectedBy(resource, account).map((by) => held(by, `${wafApi}/API_DeleteWebACL.html`)),
  outside: {
    id: arnsOf("wafv2", "(global|regional)/webacl/"),
    outputs: (id) => ({
      arn: id,
      region: id.split(":")[3],
      scope: id.includes(":global/") ? "CLOUDFRONT" : "REGIONAL",
    }),
  },
};

const addressRule: InputRule = (inputs) => {
  const version = { IPV4: 4, IPV6: 6 }[textAt(inputs, "ipAddressVersion") ?? ""];
  if (version === undefined) return [];
  return valuesAt(inputs, "addresses[]")
    .filter(({ value }) => {
      const range = typeof value === "string" ? parseCidr(value) : undefined;
      return range?.ipVersion !== version || range.prefix === 0;
    })
    .map(({ path: property, value }) => ({
      code: invalid,
      message: `Error reason: The parameter contains formatting that is not valid., field: IP_ADDRESS, parameter: ${String(value)}. It takes IPv${version} ranges of any length but /0.`,
      property,
      source: `${wafApi}/API_CreateIPSet.html`,
    }));
};

export const ipSet: ResourceModel = {
  type: token.ipSet,
  required: ["ipAddressVersion", "scope"],
  autoName: { property: "name", maxLength: 128 },
  rules: [
    scopeRule(`${wafApi}/API_CreateIPSet.html`),
    nameRule("name", `${wafApi}/API_CreateIPSet.html`),
    oneOf("ipAddressVersion", ["IPV4", "IPV6"], {
      code: invalid,
      source: `${wafApi}/API_CreateIPSet.html`,
    }),
    addressRule,
    unique("addresses[]", { code: invalid, source: `${wafApi}/API_CreateIPSet.html` }),
    when((inputs) => textsAt(inputs, "addresses[]").length > maxIpSetEntries, "addresses", {
      code: "WAFLimitsExceededException",
      say: `An IP set holds ${maxIpSetEntries} ranges at most.`,
      source: `${wafApi}/API_CreateIPSet.html`,
    }),
  ],
  refuse: scopeAndName,
  replaceOn: ["name", "namePrefix", "scope", "ipAddressVersion", "region"],
  outputs: (candidate, account) => ({
    ...identity(candidate, account, "ipset"),
    lockToken: uuid(candidate.hex(32, "lock")),
  }),
  inUse: (resource, account) =>
    account
      .all(token.webAcl)
      .filter((acl) =>
        wafStatementsOf(acl.outputs).some(
          (s) => textAt(s, "ipSetReferenceStatement.arn") === resource.outputs.arn,
        ),
      )
      .map((acl) => held(`web ACL ${acl.name}`, `${wafApi}/API_DeleteIPSet.html`)),
};

export const webAclAssociation: ResourceModel = {
  type: token.webAclAssociation,
  required: ["resourceArn", "webAclArn"],
  rules: [
    matchesPattern(
      "webAclArn",
      /^arn:aws[\w-]*:wafv2:[\w-]+:\d{12}:regional\/webacl\//,
      "regional",
      {
        code: invalid,
        message: (value) =>
          `Error reason: The ARN isn't valid., field: WEB_ACL_ARN, parameter: ${value}. Only a web ACL of scope REGIONAL can be associated; a distribution names its web ACL itself.`,
        source: associatePage,
      },
    ),
    matchesPattern("resourceArn", /^(?!.*:loadbalancer\/(?:net|gwy)\/)arn:/, "application", {
      code: invalid,
      message: (value) =>
        `Error reason: The ARN isn't valid., field: RESOURCE_ARN, parameter: ${value}. Of load balancers only an Application Load Balancer can be protected.`,
      source: associatePage,
    }),
  ],
  references: [
    {
      property: "webAclArn",
      type: token.webAcl,
      code: "WAFNonexistentItemException",
      source: associatePage,
      message: (id) =>
        `AWS WAF couldn't perform the operation because your resource doesn't exist: ${id}.`,
    },
  ],
  refuse: ({ inputs, region }, account) => {
    const resource = textAt(inputs, "resourceArn") ?? "";
    if (!resource.includes(":loadbalancer/app/")) return [];
    const found = account.lookup(token.loadBalancer, resource);
    if (found && !regionsDiffer(resource.split(":")[3] ?? "", region)) return [];
    const message = `AWS WAF couldn't retrieve the resource that you requested: ${resource} is no load balancer of ${region}.`;
    return [
      {
        code: "WAFUnavailableEntityException",
        message,
        property: "resourceArn",
        source: associatePage,
      },
    ];
  },
  replaceOn: ["resourceArn", "webAclArn", "region"],
  outputs: ({ inputs }) => ({ id: `${String(inputs.webAclArn)},${String(inputs.resourceArn)}` }),
};
