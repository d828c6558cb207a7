/** Client certificates (mutual TLS) of listeners and distributions, with what the program says of their trust stores. */
import { storedObject } from "./buckets";
import {
  type ResourceIndex,
  type TopologyIssues,
  allowedOrFirst,
  block,
  boolean,
  merged,
  text,
} from "./props";
import { type Props } from "./resource";
import { token } from "./tokens";
import type { ClientCertificateCheck, ListenerCertificateCheck } from "./types";

/** The headers with which a load balancer says what a client showed, by their listener attribute. */
const headers = {
  "": "X-Amzn-Mtls-Clientcert",
  SerialNumber: "X-Amzn-Mtls-Clientcert-Serial-Number",
  Issuer: "X-Amzn-Mtls-Clientcert-Issuer",
  Subject: "X-Amzn-Mtls-Clientcert-Subject",
  Validity: "X-Amzn-Mtls-Clientcert-Validity",
  Leaf: "X-Amzn-Mtls-Clientcert-Leaf",
} as const;

/** What a listener asks clients for; undefined where it asks for nothing. */
export function readListenerCheck(
  listener: Props,
  inventory: ResourceIndex,
  findings: TopologyIssues,
): ListenerCertificateCheck | undefined {
  const props = block(listener, "mutualAuthentication") ?? {};
  const mode = text(props, "mode");
  if (mode !== "verify" && mode !== "passthrough") return undefined;
  const store = inventory.find(token.trustStore, text(props, "trustStoreArn"));
  const from = store && merged(store);
  const arn = from && text(from, "arn");
  const revoked = inventory
    .of(token.trustStoreRevocation)
    .some((list) => text(merged(list), "trustStoreArn") === arn);
  if (store && revoked)
    findings.note(`The revocation lists of the trust store ${store.name} are not applied here.`);
  const bucket = from && text(from, "caCertificatesBundleS3Bucket");
  const key = from && text(from, "caCertificatesBundleS3Key");
  const names = Object.entries(headers).map(([part, usual]) => {
    const name = text(listener, `routingHttpRequestXAmznMtlsClientcert${part}HeaderName`) ?? "";
    return [part, name === "" ? usual : name] as const;
  });
  return {
    mode: mode === "verify" ? "required" : "passthrough",
    ignoreExpiry: boolean(props, "ignoreClientCertificateExpiry") ?? false,
    ...bundleOf(inventory, bucket, key),
    headerNames: Object.fromEntries(names) as ListenerCertificateCheck["headerNames"],
  };
}

/** What a distribution asks viewers for; undefined where it asks for nothing. */
export function readViewerCheck(
  distribution: Props,
  inventory: ResourceIndex,
): ClientCertificateCheck | undefined {
  const props = block(distribution, "viewerMtlsConfig");
  if (props === undefined) return undefined;
  const config = block(props, "trustStoreConfig") ?? {};
  const store = inventory.find(token.edgeTrustStore, text(config, "trustStoreId"));
  const source = block((store && merged(store)) ?? {}, "caCertificatesBundleSource") ?? {};
  const from = block(source, "caCertificatesBundleS3Location") ?? {};
  return {
    mode: allowedOrFirst(text(props, "mode"), ["required", "optional", "passthrough"]),
    ignoreExpiry: boolean(config, "ignoreCertificateExpiry") ?? false,
    ...bundleOf(inventory, text(from, "bucket"), text(from, "key")),
  };
}

function bundleOf(
  inventory: ResourceIndex,
  bucket: string | undefined,
  key: string | undefined,
): Pick<ClientCertificateCheck, "bundle"> {
  const bundle = storedObject(inventory, bucket, key);
  return bundle === undefined ? {} : { bundle };
}
