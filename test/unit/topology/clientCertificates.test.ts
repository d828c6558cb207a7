/** What a listener asks clients for, read of a program's resources. */
import { expect } from "chai";
import { readTopology } from "../../../topology";
import { arn, directProgram, resource } from "../rules/program";

const store =
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/20cfe21448b66314";
const at = { bucket: "clients", key: "ca.pem" };

const readOf = (mutualAuthentication: object, more: object = {}) => {
  const topology = readTopology([
    ...directProgram({ https: { mutualAuthentication, ...more } }),
    resource(
      "aws:lb/trustStore:TrustStore",
      "clients",
      { caCertificatesBundleS3Bucket: at.bucket, caCertificatesBundleS3Key: at.key },
      { arn: store },
    ),
    resource("aws:s3/bucketObjectv2:BucketObjectv2", "ca", { ...at, content: "PEM" }),
    resource("aws:s3/bucketObjectv2:BucketObjectv2", "old", { ...at, key: "old.pem", content: "" }),
    resource("aws:lb/trustStoreRevocation:TrustStoreRevocation", "revoked", {
      ...{ trustStoreArn: store, revocationsS3Bucket: at.bucket, revocationsS3Key: "crl.pem" },
    }),
    resource("aws:lb/trustStoreRevocation:TrustStoreRevocation", "ours", {
      ...{ trustStoreArn: store, revocationsS3Bucket: at.bucket, revocationsS3Key: "ours.pem" },
    }),
    resource("aws:s3/bucketObjectv2:BucketObjectv2", "ours", {
      ...{ bucket: at.bucket, key: "ours.pem", content: "CRL" },
    }),
  ]);
  const listener = topology.loadBalancers
    .flatMap(({ listeners }) => listeners)
    .find((one) => one.arn === arn.https);
  return { check: listener?.clientCertificates, notes: topology.notes.join("\n") };
};

describe("client certificates of a listener", () => {
  it("are not asked for without mutualAuthentication, or with off", () => {
    expect(readOf({ mode: "off" }).check).to.equal(undefined);
    expect(readOf({ mode: "off" }).notes).not.to.contain("evocation");
  });

  it("are verified with what the program uploads for the trust store", () => {
    const { check, notes } = readOf({
      ...{ mode: "verify", trustStoreArn: store, ignoreClientCertificateExpiry: true },
    });
    expect(check).to.deep.include({ mode: "required", ignoreExpiry: true });
    expect(check?.bundle).to.include({ key: "ca.pem", content: "PEM" });
    expect(check?.revocationLists?.map(({ key, content }) => [key, content])).to.deep.equal([
      ["ours.pem", "CRL"],
    ]);
    expect(notes).to.contain(
      "Revocation lists of the trust store clients that the program does not upload are not applied",
    );
  });

  it("are verified with a trust store that is made elsewhere", () => {
    const { check } = readOf({ mode: "verify", trustStoreArn: `${store}0` });
    expect(check).to.include({ mode: "required" }).and.not.to.have.property("bundle");
  });

  it("are passed on, under the listener's own names", () => {
    const { check } = readOf(
      { mode: "passthrough" },
      { routingHttpRequestXAmznMtlsClientcertHeaderName: "X-Client" },
    );
    expect(check?.mode).to.equal("passthrough");
    expect(check?.headerNames).to.include({ "": "X-Client", Leaf: "X-Amzn-Mtls-Clientcert-Leaf" });
  });
});
