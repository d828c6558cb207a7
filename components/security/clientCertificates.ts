/** Client certificates (mutual TLS): what is asked of viewers, and the trust store it is verified with. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ClientCertificateMode } from "../../path/clientCertificates";
import { defaults } from "../../path/defaults";
import { keepPrivate } from "../shared/privateBucket";
import { withName } from "../shared/tags";

/** What is asked of clients in the TLS handshake, and with which trust store. */
export interface TrustedCertificatesArgs {
  /**
   * `required`: a certificate that is trusted. `optional`, at CloudFront only: if a client shows one,
   * it has to be trusted. `passthrough`, at a load balancer only: nothing is verified, and the tasks
   * get what the client shows. @default "required"
   */
  mode?: ClientCertificateMode;
  /**
   * A trust store that exists: the ARN of a load balancer's, the id of CloudFront's. Not with
   * `passthrough`. @default none
   */
  trustStore?: pulumi.Input<string>;
  /** True to accept certificates that have expired. @default false */
  ignoreExpiry?: boolean;
  /** True to send clients the names of the CAs, so that they find the right certificate. @default false */
  advertiseCaNames?: boolean;
}

/** Client certificates of a path's viewers. */
export interface ClientCertificatesArgs extends TrustedCertificatesArgs {
  /**
   * PEM file with the certificates of the CAs that are trusted, from the program's own folder, for a
   * trust store of its own; in place of `trustStore`. @default none
   */
  caFile?: string;
  /**
   * PEM files with a revocation list of these CAs each, from the program's own folder: certificates in
   * them are refused. With `caFile`, at a load balancer only. @default none
   */
  crlFiles?: string[];
}

export interface ClientTrustArgs {
  /** PEM file with the certificates of the CAs that are trusted, from the program's own folder. */
  caFile: string;
  /** What verifies with it. @default "load-balancer" */
  usedBy?: "load-balancer" | "cloudfront";
  /**
   * PEM files with a revocation list each, from the program's own folder; not for CloudFront, which
   * reads none. @default none
   */
  crlFiles?: string[];
  /** Tags for the bucket and the trust store. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** A trust store with the certificates of CAs, and the bucket from which AWS reads them. */
export class ClientTrust extends pulumi.ComponentResource {
  public readonly bucket: aws.s3.Bucket;
  public readonly bundle: aws.s3.BucketObjectv2;
  /** The trust store, as a listener (its ARN) or a distribution (its id) names it. */
  public readonly trustStore: pulumi.Output<string>;
  /** In the order of `crlFiles`. */
  public readonly revocations: aws.lb.TrustStoreRevocation[];

  /** @throws Error if a file is missing */
  constructor(name: string, args: ClientTrustArgs, opts?: pulumi.ComponentResourceOptions) {
    const content = fs.readFileSync(args.caFile, "utf8");
    const lists = (args.crlFiles ?? []).map((file) => ({
      name: revocationName(name, file),
      content: fs.readFileSync(file, "utf8"),
    }));
    super("hopwise:index:ClientTrust", name, {}, opts);
    const parent = { parent: this };
    const own = `${name}-client-ca`;
    const tags = withName(own, args.tags);
    this.bucket = new aws.s3.Bucket(own, { forceDestroy: true, tags }, parent);
    const bucket = this.bucket.id;
    const settings = keepPrivate(own, bucket, "BucketOwnerEnforced", parent);
    // AWS reads a file once: a changed one is a new object, which the trust store is changed to.
    const upload = (objectName: string, kind: string, text: string) =>
      new aws.s3.BucketObjectv2(
        objectName,
        {
          ...{ bucket, key: `${kind}-${digestOf(text)}.pem`, content: text },
          contentType: "application/x-pem-file",
          serverSideEncryption: "AES256",
        },
        { parent: this, dependsOn: [settings.encryption, settings.versioning] },
      );
    this.bundle = upload(own, "ca", content);
    const { key } = this.bundle;
    const { region } = this.bucket;
    if (args.usedBy === "cloudfront") {
      this.revocations = [];
      this.trustStore = new aws.cloudfront.TrustStore(
        own,
        {
          caCertificatesBundleSource: {
            caCertificatesBundleS3Location: { bucket, key, region },
          },
          tags,
        },
        parent,
      ).id;
    } else {
      const store = new aws.lb.TrustStore(
        own,
        { caCertificatesBundleS3Bucket: bucket, caCertificatesBundleS3Key: key, tags },
        parent,
      );
      this.revocations = lists.map(
        (list) =>
          new aws.lb.TrustStoreRevocation(
            list.name,
            {
              ...{ trustStoreArn: store.arn, revocationsS3Bucket: bucket },
              revocationsS3Key: upload(list.name, "crl", list.content).key,
            },
            parent,
          ),
      );
      // A listener begins to verify after the lists are there. Their URNs are known in a preview.
      const there = this.revocations.map(({ urn }) => urn);
      this.trustStore = pulumi.all([store.arn, ...there]).apply(([arn = ""]) => arn);
    }
    this.registerOutputs({ trustStore: this.trustStore });
  }
}

/** Of a revocation list, after its file. */
export const revocationName = (name: string, file: string): string =>
  `${name}-crl-${path.parse(file).name.replace(/[^A-Za-z0-9]+/g, "-")}`;

const digestOf = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 16);

/**
 * A listener's arguments. `off` is written out: for the provider an absent block means "no change",
 * and the listener would go on asking.
 */
export function mutualAuthentication(
  args: TrustedCertificatesArgs | undefined,
): aws.types.input.lb.ListenerMutualAuthentication {
  if (args === undefined) return { mode: "off" };
  const mode = args.mode ?? defaults.clientCertificates.mode;
  if (mode === "passthrough") return { mode };
  return {
    mode: "verify",
    trustStoreArn: args.trustStore,
    ignoreClientCertificateExpiry: args.ignoreExpiry ?? defaults.clientCertificates.ignoreExpiry,
    advertiseTrustStoreCaNames: advertises(args) ? "on" : "off",
  };
}

/** A distribution's arguments. */
export function viewerMtlsConfig(
  args: TrustedCertificatesArgs | undefined,
): aws.types.input.cloudfront.DistributionViewerMtlsConfig | undefined {
  if (args?.trustStore === undefined) return undefined;
  return {
    mode: args.mode ?? defaults.clientCertificates.mode,
    trustStoreConfig: {
      trustStoreId: args.trustStore,
      ignoreCertificateExpiry: args.ignoreExpiry ?? defaults.clientCertificates.ignoreExpiry,
      advertiseTrustStoreCaNames: advertises(args),
    },
  };
}

const advertises = ({ advertiseCaNames }: TrustedCertificatesArgs): boolean =>
  advertiseCaNames ?? defaults.clientCertificates.advertiseCaNames;
