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
import type { DeclaredResource, Props } from "./resource";
import { token } from "./tokens";
import type { ClientCertificateCheck, ListenerCertificateCheck, StoredObject } from "./types";

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
  const revocationLists = store === undefined ? [] : listsOf(store, arn, inventory, findings);
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
    ...(revocationLists.length > 0 && { revocationLists }),
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

/** The lists of a trust store, as far as the program uploads them. */
function listsOf(
  store: DeclaredResource,
  arn: string | undefined,
  inventory: ResourceIndex,
  findings: TopologyIssues,
): StoredObject[] {
  const lists = inventory
    .of(token.trustStoreRevocation)
    .map(merged)
    .filter((list) => text(list, "trustStoreArn") === arn)
    .map((list) =>
      storedObject(inventory, text(list, "revocationsS3Bucket"), text(list, "revocationsS3Key")),
    );
  const known = lists.filter((list) => list !== undefined);
  if (known.length < lists.length)
    findings.note(
      `Revocation lists of the trust store ${store.name} that the program does not upload are not applied here.`,
    );
  return known;
}

function bundleOf(
  inventory: ResourceIndex,
  bucket: string | undefined,
  key: string | undefined,
): Pick<ClientCertificateCheck, "bundle"> {
  const bundle = storedObject(inventory, bucket, key);
  return bundle === undefined ? {} : { bundle };
}
