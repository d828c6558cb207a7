import { block, text } from "../../topology/props";
import { isByDns, isValidated } from "../../topology/stack/certificates";
import type { StackResource } from "../../topology/stack/stack";
import { token } from "../../topology/tokens";
import { stackRule } from "../rule";

/** Where resources name a certificate that has to be issued by then. */
const users = {
  [token.listener]: (props) => text(props, "certificateArn"),
  [token.listenerCertificate]: (props) => text(props, "certificateArn"),
  [token.distribution]: (props) =>
    text(block(props, "viewerCertificate") ?? {}, "acmCertificateArn"),
} satisfies Record<string, (props: StackResource["props"]) => string | undefined>;

export const certificateUsedBeforeIssued = stackRule({
  code: "certificate-used-before-issued",
  severity: "warning",
  holds: "What uses a certificate is created after the certificate has been validated.",
  fix: "Take the certificate's ARN from certificateArn of an aws.acm.CertificateValidation, or add that to dependsOn.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
  subjects: (stack) => Object.keys(users).flatMap((type) => stack.of(type)),
  check: (user, stack) => {
    const { urn, name, type, props, dependsOn } = user;
    const arn = users[type as keyof typeof users](props);
    const certificate = stack.find(token.certificate, arn);
    if (dependsOn === undefined || certificate === undefined || !isByDns(certificate.props))
      return undefined;
    const validations = stack
      .of(token.certificateValidation)
      .filter((validation) => text(validation.props, "certificateArn") === arn);
    // `certificate-not-validated` says it of one that is never issued.
    if (validations.length === 0 && !isValidated(certificate, stack)) return undefined;
    const waits = stack.dependenciesOf(user);
    if (validations.some((validation) => waits.has(validation.urn))) return undefined;
    const [validation] = validations;
    const kind = type === token.distribution ? "distribution" : "listener";
    const from = validation
      ? `certificateArn of the aws.acm.CertificateValidation ${validation.name}`
      : `certificateArn of an aws.acm.CertificateValidation of ${certificate.name}`;
    return {
      urn,
      message: `The ${kind} ${name} does not wait until the certificate ${certificate.name} is validated: in the first deployment it is created as soon as the certificate is requested, and AWS refuses a certificate that is not issued.`,
      fix: `Take the certificate's ARN from ${from}.`,
    };
  },
});
