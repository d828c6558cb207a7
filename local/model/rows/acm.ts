/** aws.acm.Certificate and aws.acm.CertificateValidation */
import { LocalResource, Props, Refusal } from "../types";
import { arn, arnsOf, hex, regionOfArn, uuid } from "../ids";
import { textAt, textsAt } from "../props";
import { Candidate, ResourceModel, AccountView } from "../row";
import { exactlyOneOf, matchesPattern, maxLength, oneOf } from "../rules";
import { token } from "../../../topology/tokens";

const page = "https://docs.aws.amazon.com/acm/latest/userguide";
const requestPage =
  "https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html";
const domain = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/i;

/** Names on a certificate; undefined where they are not known (one given by ARN). */
export function certificateNames(certificate: LocalResource): string[] | undefined {
  const main = textAt(certificate.outputs, "domainName");
  if (main === undefined) return undefined;
  return [...new Set([main, ...textsAt(certificate.outputs, "subjectAlternativeNames[]")])];
}

/** Why a certificate cannot serve TLS yet, if so. */
export function certificateRefusal(certificate: LocalResource | undefined): string | undefined {
  const status = certificate && textAt(certificate.outputs, "status");
  if (status === undefined || status === "ISSUED") return undefined;
  return `the certificate is ${status}; wait for its validation (use certificateValidation.certificateArn)`;
}

/**
 * One record per name, the same in every region; a wildcard shares its parent's.
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
function validationOptions(candidate: Candidate): Props[] {
  const names = [
    textAt(candidate.inputs, "domainName") ?? "",
    ...textsAt(candidate.inputs, "subjectAlternativeNames[]"),
  ];
  return [...new Set(names)].map((domainName) => {
    const base = domainName.replace(/^\*\./, "");
    return {
      domainName,
      resourceRecordName: `_${hex(`${base}name`, 32)}.${base}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_${hex(`${base}value`, 32)}.acm-validations.aws.`,
    };
  });
}

function inUse(certificate: LocalResource, account: AccountView): Refusal[] {
  const users = [
    ...account.all(token.listener).filter((l) => l.outputs.certificateArn === certificate.id),
    ...account
      .all(token.distribution)
      .filter((d) => textAt(d.outputs, "viewerCertificate.acmCertificateArn") === certificate.id),
  ];
  if (users.length === 0) return [];
  const message = `Certificate ${certificate.id} in account ${account.accountId} is in use.`;
  const source = "https://docs.aws.amazon.com/acm/latest/APIReference/API_DeleteCertificate.html";
  return [{ code: "ResourceInUseException", message, source }];
}

export const certificate: ResourceModel = {
  type: token.certificate,
  defaults: (inputs) => ({
    keyAlgorithm: "RSA_2048",
    ...("certificateBody" in inputs ? {} : { validationMethod: "DNS" }),
  }),
  rules: [
    exactlyOneOf(["domainName", "privateKey"], { source: requestPage }),
    matchesPattern("domainName", domain, "a domain name", { source: requestPage }),
    maxLength("domainName", 64, { source: requestPage }),
    matchesPattern("subjectAlternativeNames[]", domain, "a domain name", { source: requestPage }),
    oneOf("validationMethod", ["DNS", "EMAIL", "HTTP"], { source: requestPage }),
    oneOf(
      "keyAlgorithm",
      [
        "RSA_1024",
        "RSA_2048",
        "RSA_3072",
        "RSA_4096",
        "EC_prime256v1",
        "EC_secp384r1",
        "EC_secp521r1",
      ],
      { source: requestPage },
    ),
  ],
  replaceOn: [
    "domainName",
    "subjectAlternativeNames",
    "validationMethod",
    "keyAlgorithm",
    "certificateAuthorityArn",
    "validationOptions",
    "region",
  ],
  outputs: (candidate, account) => {
    const id = arn(
      "acm",
      candidate.region,
      account.accountId,
      `certificate/${uuid(candidate.hex(32))}`,
    );
    const imported = "certificateBody" in candidate.inputs;
    const names = [
      textAt(candidate.inputs, "domainName") ?? "",
      ...textsAt(candidate.inputs, "subjectAlternativeNames[]"),
    ];
    return {
      id,
      arn: id,
      status: imported ? "ISSUED" : "PENDING_VALIDATION",
      type: imported ? "IMPORTED" : "AMAZON_ISSUED",
      subjectAlternativeNames: imported ? [] : [...new Set(names)],
      domainValidationOptions: imported ? [] : validationOptions(candidate),
      validationEmails: [],
      pendingRenewal: false,
      renewalEligibility: "INELIGIBLE",
    };
  },
  inUse,
  outside: {
    id: arnsOf("acm", "certificate/"),
    outputs: (id) => ({ arn: id, region: regionOfArn(id), status: "ISSUED" }),
  },
};

/** Names of the validation records, without the closing dot, as the provider compares them. */
const recordNames = (options: readonly string[]): string[] =>
  options.map((name) => name.replace(/\.$/, ""));

/** Records that no resource of the program is may be kept by another DNS provider. */
function refuseValidation(candidate: Candidate, account: AccountView): Refusal[] {
  const subject = account.lookup(token.certificate, textAt(candidate.inputs, "certificateArn"));
  if (subject === undefined) return [];
  const wanted = new Set(
    recordNames(textsAt(subject.outputs, "domainValidationOptions[].resourceRecordName")),
  );
  const source = `${page}/dns-validation.html`;
  const refusals: Refusal[] = [];
  const listed = recordNames(textsAt(candidate.inputs, "validationRecordFqdns[]"));
  if (listed.length > 0) {
    const absent = [...wanted].filter((name) => !listed.includes(name));
    for (const name of absent) {
      const message = `missing DNS validation record: ${name}`;
      refusals.push({
        code: "MissingValidationRecord",
        message,
        property: "validationRecordFqdns",
        source,
      });
    }
  }
  return refusals;
}

export const certificateValidation: ResourceModel = {
  type: token.certificateValidation,
  required: ["certificateArn"],
  references: [
    {
      property: "certificateArn",
      type: token.certificate,
      code: "ResourceNotFoundException",
      message: (id) => `Could not find certificate ${id}.`,
    },
  ],
  refuse: refuseValidation,
  replaceOn: ["certificateArn", "validationRecordFqdns", "region"],
  outputs: (candidate) => ({
    id: candidate.hex(32).replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
  }),
  effect: (created, account) => {
    account.amend(token.certificate, textAt(created.outputs, "certificateArn") ?? "", {
      status: "ISSUED",
    });
  },
};
