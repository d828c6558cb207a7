import type { DeclaredResource } from "../../../../topology/resource";
import { plus, sound, type Case, unknown } from "../caseParts";
import { resource, validationUrn } from "../program";

/** The sound program, in which a resource waits for what is given only. */
const waiting =
  (name: string, dependsOn: string[], changes = {}) =>
  (): DeclaredResource[] =>
    sound(changes)().map((made) => (made.name === name ? { ...made, dependsOn } : made));
const secret = "urn:pulumi:test::program::random:index/randomPassword:RandomPassword::secret";
const option = { resourceRecordName: "_abc.example.com.", resourceRecordType: "CNAME" };
const record = resource("aws:route53/record:Record", "validation", {
  ...{ name: "_abc.example.com", type: "CNAME", ttl: 60 },
});
const withoutValidation = {
  ...{ "origin-valid": undefined, "origin-certificate": { domainValidationOptions: [option] } },
};
const through = (): DeclaredResource[] =>
  waiting("https", [secret])().map((made) =>
    made.urn === secret ? { ...made, dependsOn: [validationUrn("origin-valid")] } : made,
  );

export const cases: Case = {
  broken: {
    "a listener with the certificate's own ARN": [
      waiting("https", []),
      "https",
      /listener https does not wait .*\nTake the certificate's ARN from certificateArn of the aws\.acm\.CertificateValidation origin-valid/s,
    ],
    "a distribution with it": [waiting("cdn", []), "cdn", /distribution cdn does not wait/],
    "records of a certificate, and nothing that waits for it": [
      plus(waiting("https", [], withoutValidation), record),
      "https",
      /of an aws\.acm\.CertificateValidation of origin-certificate/,
    ],
  },
  fine: {
    "the validation's ARN": sound({}),
    "what waits for something that waits for the validation": through,
    "a certificate that is imported": waiting("https", [], {
      "origin-certificate": { certificateBody: "-----BEGIN CERTIFICATE-----" },
    }),
    "a certificate of which `certificate-not-validated` says that it is never issued": waiting(
      "https",
      [],
      { "origin-valid": undefined },
    ),
  },
  unknown: {
    "which certificate it is": waiting("https", [], { https: { certificateArn: unknown } }),
    "whose validation it is": waiting("https", [], { "origin-valid": { certificateArn: unknown } }),
  },
};
