import { text } from "../../topology/props";
import { isByDns, isValidated } from "../../topology/stack/certificates";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const certificateNotValidated = stackRule({
  code: "certificate-not-validated",
  severity: "warning",
  lacks: "a validation record",
  holds: "A certificate that is validated through DNS has its validation records.",
  fix: "Make an aws.route53.Record of each of the certificate's domainValidationOptions and an aws.acm.CertificateValidation, and use its certificateArn.",
  source: "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html",
  subjects: (stack) => stack.of(token.certificate),
  check: ({ urn, name, props }, stack) => {
    if (!isByDns(props) || text(props, "status") === "ISSUED") return undefined;
    if (isValidated({ props }, stack)) return undefined;
    return {
      urn,
      message: `The program makes no validation record for the certificate ${name}: unless the record is kept elsewhere, AWS never issues the certificate and refuses what uses it.`,
      fix: `Make an aws.route53.Record of each of domainValidationOptions of the aws.acm.Certificate ${name} and an aws.acm.CertificateValidation, and use its certificateArn.`,
    };
  },
});
