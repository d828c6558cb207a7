/** Certificates and the hosted zone. */
import { certificateCovers } from "../../path/certificates";
import { arnRegion } from "../names";
import { defaultZoneName, hasEveryCertificate } from "../settings";
import { anotherOrNone, type SettingsRule } from "./rule";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html#https-requirements-aws-region */
const edgeCertificateRegion: SettingsRule = (view) => {
  const arn = view.get("domain.edgeCertificateArn");
  if (arn === undefined || arnRegion(arn) === "us-east-1") return [];
  return [
    {
      key: "domain.edgeCertificateArn",
      expected: "a certificate in us-east-1, the only region CloudFront takes them from",
      change: anotherOrNone("domain.edgeCertificateArn"),
    },
  ];
};

const loadBalancerCertificateRegion: SettingsRule = (view, { region }) => {
  const arn = view.get("domain.loadBalancerCertificateArn");
  if (arn === undefined || region === undefined || arnRegion(arn) === region) return [];
  return [
    {
      key: "domain.loadBalancerCertificateArn",
      expected: `a certificate in ${region}, the stack's region (aws:region)`,
      change: anotherOrNone("domain.loadBalancerCertificateArn"),
    },
  ];
};

const oneZone: SettingsRule = (view) =>
  view.get("domain.zoneId") !== undefined && view.get("domain.zoneName") !== undefined
    ? [
        {
          key: "domain.zoneName",
          expected: "nothing if domain.zoneId is set: only one of them can name the zone",
          change: { either: [{ remove: "domain.zoneName" }, { remove: "domain.zoneId" }] },
        },
      ]
    : [];

const nameWithinZone: SettingsRule = (view) => {
  const [name, zone] = [view.get("domain.name"), view.get("domain.zoneName")];
  if (name === undefined || zone === undefined) return [];
  if (name === zone || name.endsWith(`.${zone}`)) return [];
  return [
    {
      key: "domain.zoneName",
      expected: "the zone that domain.name belongs to: the name itself or an ending of it",
      change: { set: "domain.zoneName", to: defaultZoneName(name) },
    },
  ];
};

/** "the first domain name can't exceed 64 octets": https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const nameFitsCertificate: SettingsRule = (view) => {
  const name = view.get("domain.name");
  if (name === undefined || name.length <= 64) return [];
  const certificates = {
    edgeCertificateArn: view.get("domain.edgeCertificateArn"),
    loadBalancerCertificateArn: view.get("domain.loadBalancerCertificateArn"),
  };
  if (hasEveryCertificate(certificates, view.get("variant"))) return [];
  return [
    {
      key: "domain.name",
      expected: "at most 64 characters, since ACM makes no certificate for a longer name",
      change: { set: "domain.name", to: "<value>" },
    },
  ];
};

const names = [
  ["domain.edgeCertificateNames", "domain.edgeCertificateArn"],
  ["domain.loadBalancerCertificateNames", "domain.loadBalancerCertificateArn"],
] as const;

/** Viewers use domain.name for the first hop; behind CloudFront the path's rules decide. */
const namesCoverDomain: SettingsRule = (view) => {
  const name = view.get("domain.name");
  const [key, arn] = names[view.row.edge ? 0 : 1];
  const given = view.get(key);
  if (name === undefined || given === undefined || view.get(arn) === undefined) return [];
  if (certificateCovers(given, name)) return [];
  return [
    {
      key,
      expected:
        "the names of a certificate for domain.name, which viewers call: every browser refuses one without it",
      // Without one, one is made with the names it needs.
      change: {
        either: [{ set: arn, to: "<value>" }, { all: [{ remove: arn }, { remove: key }] }],
      },
    },
  ];
};

/** In the order they are listed. */
export const domainRules: readonly SettingsRule[] = [
  edgeCertificateRegion,
  loadBalancerCertificateRegion,
  oneZone,
  nameWithinZone,
  nameFitsCertificate,
  namesCoverDomain,
];
