/** Certificates, buckets and what watches the account. */
import { token } from "../../../topology/tokens";
import type { LocalResource, Props } from "../../../local/model/types";
import { bagOf, bags, parsed, type Bag } from "../bag";
import { each, ofType, unless, wants, type Control } from "./control";

const sameBucket = (part: Props, bucket: Props): boolean => part.bucket === bucket.bucket;

const statements = (bucket: Props, resources: readonly LocalResource[]): readonly Bag[] =>
  ofType(resources, token.bucketPolicy)
    .filter(({ outputs }) => sameBucket(outputs, bucket))
    .flatMap(({ outputs }) => bags(bagOf(parsed(outputs.policy)).Statement));

const admitsEveryone = ({ Effect, Principal, Condition }: Bag): boolean =>
  Effect === "Allow" &&
  (Principal === "*" || bagOf(Principal).AWS === "*") &&
  Condition === undefined;

const isTlsOnly = ({ Effect, Condition }: Bag): boolean =>
  Effect === "Deny" && String(bagOf(bagOf(Condition).Bool)["aws:SecureTransport"]) === "false";

/** The four switches that keep a bucket private whatever a policy or an ACL says. */
const blocks = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
];

/** A part of the account that each stack may switch on, as seen from what it is to watch. */
const watched = (id: string, title: string, type: string, holds: (outputs: Props) => boolean) =>
  each(token.taskDefinition, id, title, wants(type, "off", holds));

const runtime = ({ name, status }: Props): boolean =>
  name === "RUNTIME_MONITORING" && status === "ENABLED";

export const accountControls: readonly Control[] = [
  each(token.certificate, "ACM.1", "Certificates are renewed in time", ({ validationMethod }) =>
    // ACM renews by itself what is validated by DNS.
    unless(validationMethod === "DNS", "not by ACM"),
  ),
  each(token.certificate, "ACM.2", "RSA keys have 2048 bits or more", ({ keyAlgorithm }) =>
    unless(keyAlgorithm !== "RSA_1024", "1024 bits"),
  ),
  each(token.bucket, "S3.2 S3.3", "Nobody but the account may read or write", (bucket, resources) =>
    unless(!statements(bucket, resources).some(admitsEveryone), "its policy admits everyone"),
  ),
  each(token.bucket, "S3.5", "Requests must use TLS", (bucket, resources) =>
    unless(statements(bucket, resources).some(isTlsOnly), "its policy does not say so"),
  ),
  each(
    token.bucket,
    "S3.8",
    "Public access is blocked",
    wants(
      token.publicAccessBlock,
      "it is not",
      (part, bucket) => sameBucket(part, bucket) && blocks.every((key) => part[key] === true),
    ),
  ),
  each(token.bucket, "S3.9", "Access to it is logged", (bucket) =>
    unless(bagOf(bucket.logging).targetBucket !== undefined, "it is not"),
  ),
  each(
    token.bucket,
    "S3.12",
    "Access is not by ACL",
    wants(
      token.ownershipControls,
      "ACLs are on",
      (part, bucket) =>
        sameBucket(part, bucket) && bagOf(part.rule).objectOwnership === "BucketOwnerEnforced",
    ),
  ),
  each(
    token.bucket,
    "S3.13",
    "It has a lifecycle configuration",
    wants(token.bucketLifecycle, "none", sameBucket),
  ),
  watched("GuardDuty.1", "GuardDuty is on", token.detector, ({ enable }) => enable !== false),
  watched("GuardDuty.11", "Runtime Monitoring is on", token.detectorFeature, runtime),
  watched(
    "GuardDuty.12",
    "Runtime Monitoring covers ECS on Fargate",
    token.detectorFeature,
    (feature) =>
      runtime(feature) &&
      bags(feature.additionalConfigurations).some(
        ({ name, status }) => name === "ECS_FARGATE_AGENT_MANAGEMENT" && status === "ENABLED",
      ),
  ),
  watched("Inspector.2", "Inspector scans images", token.inspector, ({ resourceTypes }) =>
    (resourceTypes as unknown[]).includes("ECR"),
  ),
];
