import { sound, type Case, unknown } from "../caseParts";
import { arn, resource, soundProgram } from "../program";
import { FromUnknown } from "../support";

export const cases: Case = {
  broken: {
    "by its ARN": [
      sound({
        cdn: {
          viewerCertificate: { acmCertificateArn: arn.origin, sslSupportMethod: "sni-only" },
        },
      }),
      "origin-certificate",
      /in eu-west-1.*us-east-1/s,
    ],
    "of another program": [
      sound({
        cdn: {
          viewerCertificate: {
            acmCertificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/given",
          },
        },
      }),
      "cdn",
      /ap-northeast-1/,
    ],
    "before it has an ARN, through its validation": [
      () => {
        const certificate = resource("aws:acm/certificate:Certificate", "new", {
          domainName: "www.example.com",
        });
        const validation = resource(
          "aws:acm/certificateValidation:CertificateValidation",
          "new-valid",
          { certificateArn: new FromUnknown(certificate) },
        );
        return [
          ...soundProgram({
            cdn: { viewerCertificate: { acmCertificateArn: new FromUnknown(validation) } },
          }),
          certificate,
          validation,
        ];
      },
      "new",
      /in eu-west-1/,
    ],
  },
  fine: {
    "us-east-1": sound({}),
    "us-east-1, before it has an ARN": () => {
      const certificate = resource("aws:acm/certificate:Certificate", "new", {
        domainName: "www.example.com",
        region: "us-east-1",
      });
      return [
        ...soundProgram({
          cdn: { viewerCertificate: { acmCertificateArn: new FromUnknown(certificate) } },
        }),
        certificate,
      ];
    },
    "CloudFront's own": sound({
      cdn: { viewerCertificate: { cloudfrontDefaultCertificate: true } },
    }),
  },
  unknown: {
    "the certificate": sound({ cdn: { viewerCertificate: { acmCertificateArn: unknown } } }),
  },
};
