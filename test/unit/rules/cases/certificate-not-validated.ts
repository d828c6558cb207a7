import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

const valid = { "origin-valid": undefined };
const option = { resourceRecordName: "_abc.example.com.", resourceRecordType: "CNAME" };
const record = (name: unknown) =>
  resource("aws:route53/record:Record", "validation", { name, type: "CNAME", ttl: 60 });
const pending = (more = {}) =>
  sound({ ...valid, "origin-certificate": { domainValidationOptions: [option], ...more } });

export const cases: Case = {
  broken: {
    "before it is made": [sound(valid), "origin-certificate", /unless the record is kept else/],
    "no record of its own": [
      plus(pending(), record("_xyz.example.com")),
      "origin-certificate",
      /makes no validation record/,
    ],
  },
  fine: {
    "a validation": sound({}),
    "one that is issued": pending({ status: "ISSUED" }),
    "a record": plus(pending(), record("_abc.example.com")),
    "an imported one": pending({ certificateBody: "-----BEGIN CERTIFICATE-----" }),
    "one of a private authority": pending({ certificateAuthorityArn: "arn:authority" }),
    "by e-mail": pending({ validationMethod: "EMAIL" }),
  },
  unknown: {
    "which records there are": plus(pending(), record(unknown)),
    "whose validation it is": sound({ "origin-valid": { certificateArn: unknown } }),
  },
};
