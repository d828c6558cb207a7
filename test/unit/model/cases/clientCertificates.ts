/** Client certificates: trust stores, and the listeners and distributions that name them. */
import { token } from "../../../../topology/tokens";
import { forbid, make, type Scene } from "../scene";
import type { Case } from "./case";

const verify = (s: Scene, change: object = {}) => ({
  mutualAuthentication: { mode: "verify", trustStoreArn: s.ids.trustStore, ...change },
});
const asking = (change: object = {}) => ({
  httpVersion: "http2",
  viewerMtlsConfig: { mode: "required", trustStoreConfig: { trustStoreId: "ts_1", ...change } },
});

/** Another listener that verifies, at the scene's load balancer. */
const another = (s: Scene, port: number): void => {
  make(s.account, token.listener, `verifying-${port}`, {
    ...s.valid(token.listener),
    ...{ port, defaultActions: [forbid], ...verify(s) },
  });
};

export const clientCertificates: readonly Case[] = [
  {
    what: "a mode that there is not",
    type: token.listener,
    wrong: () => ({ mutualAuthentication: { mode: "required" } }),
    code: "ValidationError",
    says: /'required' is none of off, passthrough, verify/,
  },
  {
    what: "client certificates over HTTP",
    type: token.listener,
    wrong: () => ({
      ...{ protocol: "HTTP", certificateArn: undefined, sslPolicy: undefined },
      mutualAuthentication: { mode: "passthrough" },
    }),
    code: "ValidationError",
    says: /needs an HTTPS listener/,
  },
  {
    what: "verifying without a trust store",
    type: token.listener,
    wrong: (s) => verify(s, { trustStoreArn: undefined }),
    code: "ValidationError",
    says: /trust store must be specified/,
  },
  {
    what: "a trust store that nothing is verified with",
    type: token.listener,
    wrong: (s) => verify(s, { mode: "passthrough" }),
    code: "ValidationError",
    says: /for the mode verify only/,
  },
  {
    what: "a trust store of another region",
    type: token.listener,
    wrong: (s) => {
      const inputs = { ...s.valid(token.trustStore), name: "far", region: "us-west-2" };
      return verify(s, { trustStoreArn: make(s.account, token.trustStore, "far", inputs).id });
    },
    code: "TrustStoreNotFound",
  },
  {
    what: "a third listener that verifies",
    type: token.listener,
    wrong: (s) => {
      for (const port of [9443, 9444]) another(s, port);
      return verify(s);
    },
    code: "InvalidConfigurationRequest",
    says: /at most 2 listeners/,
  },
  {
    what: "a name that another trust store has",
    type: token.trustStore,
    wrong: (s) => ({
      name: s.account.read(token.trustStore, s.ids.trustStore ?? "")?.outputs.name,
    }),
    code: "DuplicateTrustStoreName",
  },
  {
    what: "a trust store's name with a hyphen at its end",
    type: token.trustStore,
    wrong: () => ({ name: "clients-" }),
    code: "ValidationError",
    says: /32 letters/,
  },
  {
    what: "a bundle in a bucket that is not there",
    type: token.trustStore,
    wrong: () => ({ caCertificatesBundleS3Bucket: "no" }),
    code: "S3BucketNotFound",
  },
  {
    what: "revocations of a trust store that is not there",
    type: token.trustStoreRevocation,
    wrong: () => ({ trustStoreArn: "no" }),
    code: "TrustStoreNotFound",
  },
  {
    what: "a bundle in no region",
    type: token.edgeTrustStore,
    wrong: () => ({
      "caCertificatesBundleSource.caCertificatesBundleS3Location.region": "Ireland",
    }),
    code: "InvalidArgument",
  },
  {
    what: "viewers' certificates with HTTP/3",
    type: token.distribution,
    wrong: () => ({ ...asking(), httpVersion: "http2and3" }),
    code: "InvalidArgument",
    says: /not supported with HTTP\/3/,
  },
  {
    what: "viewers' certificates without TLS",
    type: token.distribution,
    wrong: () => ({ ...asking(), "defaultCacheBehavior.viewerProtocolPolicy": "allow-all" }),
    code: "InvalidArgument",
    says: /every behavior is redirect-to-https or https-only/,
  },
  {
    what: "viewers' certificates without a trust store",
    type: token.distribution,
    wrong: () => ({ httpVersion: "http2", viewerMtlsConfig: { mode: "optional" } }),
    code: "InvalidArgument",
    says: /needs a trust store/,
  },
  {
    what: "a mode for viewers that there is not",
    type: token.distribution,
    wrong: () => ({ ...asking(), "viewerMtlsConfig.mode": "verify" }),
    code: "InvalidArgument",
  },
];
