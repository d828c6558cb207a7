import { blocks, text } from "../../topology/props";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

export const certificateNotValidated = stackRule({
  code: "certificate-not-validated",
  severity: "warning",
  holds: "A certificate that is validated through DNS has its validation records.",
  fix: "Make an aws.route53.Record of each of the certificate's domainValidationOptions and an aws.acm.CertificateValidation, and use its certificateArn.",
  source: "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html",
  subjects: (stack) => stack.of(token.certificate),
  check: ({ urn, name, props }, stack) => {
    const given = ["privateKey", "certificateBody", "certificateAuthorityArn"];
    if (given.some((key) => (text(props, key) ?? "") !== "")) return undefined;
    if ((text(props, "validationMethod") ?? "DNS") !== "DNS") return undefined;
    if (text(props, "status") === "ISSUED") return undefined;
    const arn = text(props, "arn");
    const awaited = stack
      .of(token.certificateValidation)
      .some((validation) => text(validation.props, "certificateArn") === arn);
    if (awaited) return undefined;
    const wanted = blocks(props, "domainValidationOptions").flatMap((option) =>
      nameOf(text(option, "resourceRecordName")),
    );
    const records = stack
      .of(token.record)
      .flatMap((record) => nameOf(text(record.props, "name") ?? text(record.props, "fqdn")));
    if (wanted.some((record) => records.includes(record))) return undefined;
    return {
      urn,
      message: `The program makes no validation record for the certificate ${name}: unless the record is kept elsewhere, AWS never issues the certificate and refuses what uses it.`,
      fix: `Make an aws.route53.Record of each of domainValidationOptions of the aws.acm.Certificate ${name} and an aws.acm.CertificateValidation, and use its certificateArn.`,
    };
  },
});

/** A record's name as names are compared: without the closing dot. */
const nameOf = (name: string | undefined): string[] =>
  name === undefined ? [] : [name.replace(/\.$/, "").toLowerCase()];
