/** Client certificates at a load balancer and at CloudFront: which connections are accepted, and the headers that targets get. */
import { createHash, X509Certificate } from "node:crypto";
import http2 from "node:http2";
import https from "node:https";
import tls from "node:tls";
import * as grpc from "@grpc/grpc-js";
import { expect } from "chai";
import { edgeCertificateHeaders } from "../../path/clientCertificates";
import type { Props } from "../../topology/resource";
import type { ListenerCertificateCheck } from "../../topology/types";
import { type Stack } from "./stacks/resources";
import { type Client, type ClientAuthority, clientAuthority } from "./client-authority";
import { echoClient, echoServer } from "./grpc-echo";
import { endEdges, edgeOver, TestOrigin } from "./edge-support";
import {
  answering,
  type Bench,
  bench,
  benchAuthority,
  endBenches,
  fields,
} from "./load-balancer-support";

const headerNames = {
  "": "X-Amzn-Mtls-Clientcert",
  SerialNumber: "X-Amzn-Mtls-Clientcert-Serial-Number",
  Issuer: "X-Amzn-Mtls-Clientcert-Issuer",
  Subject: "X-Amzn-Mtls-Clientcert-Subject",
  Validity: "X-Amzn-Mtls-Clientcert-Validity",
  Leaf: "X-Amzn-Mtls-Clientcert-Leaf",
};

/** What a target was told, without the rest of a request's headers. */
const told = (headers: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /^x-amzn-mtls|^x-own/.test(name)));

interface Asked {
  readonly port: number;
  readonly ca: string;
  /** A name on the certificate. @default that of the load balancer's */
  readonly name?: string;
}
const connection = ({ port, ca, name = "www.example.com" }: Asked, client?: Client) => ({
  ...{ host: "127.0.0.1", port, servername: name, ca, ...client },
});

/** The body of the answer; rejects where the connection ends without one. */
function ask(at: Asked, client?: Client, headers = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = https.get(
      {
        ...connection(at, client),
        agent: false,
        headers: { host: at.name ?? "www.example.com", ...headers },
      },
      (response) => {
        let body = "";
        response.on("data", (chunk) => (body += String(chunk)));
        response.on("end", () => {
          resolve(body);
        });
      },
    );
    request.on("error", reject);
  });
}
const letIn = (at: Asked, client?: Client): Promise<boolean> =>
  ask(at, client).then(
    () => true,
    () => false,
  );

describe("client certificates at a load balancer", () => {
  let own: ClientAuthority;
  let other: ClientAuthority;
  before(async () => {
    [own, other] = await Promise.all([clientAuthority("own"), clientAuthority("other")]);
  });
  afterEach(endBenches);

  const check = (change: Partial<ListenerCertificateCheck> = {}): ListenerCertificateCheck => ({
    ...{ mode: "required", ignoreExpiry: false, headerNames },
    bundle: { key: "ca.pem", headers: [], content: own.certificate },
    ...change,
  });
  const open = async (change: Partial<ListenerCertificateCheck> = {}): Promise<Bench> => {
    const lb = await bench({ tls: true, listener: { clientCertificates: check(change) } });
    await lb.add(answering(({ headers }) => JSON.stringify(told(headers))));
    return lb;
  };

  it("lets in those with a trusted certificate only", async () => {
    const lb = await open();
    expect(await letIn(lb, await own.client())).to.equal(true);
    expect(await letIn(lb)).to.equal(false);
    expect(await letIn(lb, await other.client())).to.equal(false);
    expect(await letIn(lb, await own.client({ days: -1 }))).to.equal(false);
    expect(await letIn(lb, await own.client({ usage: "1.3.6.1.5.5.7.3.1" }))).to.equal(false);
    expect(lb.requests()).to.have.length(1);
    expect(lb.events.flatMap((e) => (e.kind === "trouble" ? e.message : []))).to.deep.equal([
      "ended a connection: it shows no client certificate",
      "ended a connection: no trusted CA signed its client certificate",
      "ended a connection: its client certificate has expired",
      "ended a connection: its certificate is not one for clients",
    ]);
  });

  it("trusts the certificate that this machine makes for trying", async () => {
    const { certificate: cert, key } = await (await benchAuthority()).clientCertificate();
    expect(await letIn(await open(), { cert, key })).to.equal(true);
  });

  it("accepts expired certificates with ignoreExpiry, and only of trusted CAs", async () => {
    const lb = await open({ ignoreExpiry: true });
    expect(await letIn(lb, await own.client({ days: -1 }))).to.equal(true);
    expect(await letIn(lb, await other.client({ days: -1 }))).to.equal(false);
  });

  it("tells targets whose certificate it is, whatever the client claims", async () => {
    const client = await own.client();
    const body = await ask(await open(), client, {
      "x-amzn-mtls-clientcert-subject": "CN=admin",
      "x-amzn-mtls-clientcert": "forged",
    });
    const { "x-amzn-mtls-clientcert-leaf": leaf, ...rest } = JSON.parse(body) as Record<
      string,
      string
    >;
    const { validFrom, validTo } = new X509Certificate(client.cert);
    const time = (text: string): string => new Date(text).toISOString().replace(".000", "");
    expect(rest).to.deep.equal({
      "x-amzn-mtls-clientcert-serial-number": "03A5B1",
      "x-amzn-mtls-clientcert-issuer": "CN=own,O=Example,C=US",
      "x-amzn-mtls-clientcert-subject": "CN=till 7,O=Example,ST=Washington,C=US",
      "x-amzn-mtls-clientcert-validity": `NotBefore=${time(validFrom)};NotAfter=${time(validTo)}`,
    });
    expect(leaf).to.match(/^-----BEGIN%20CERTIFICATE-----%0A[\w+/=]+%0A/);
    expect(new X509Certificate(decodeURIComponent(leaf ?? "")).subject).to.contain("CN=till 7");
  });

  it("turns revoked certificates away, by the lists of trusted CAs only", async () => {
    const stored = (content: string) => ({ key: "revoked.pem", headers: [], content });
    const lists = [await own.revoking("03a5b1", "00c0ffee"), await other.revoking("0badcafe")];
    const lb = await open({ revocationLists: lists.map(stored) });
    for (const [serialNumber, is] of [
      ["03a5b1", false],
      ["c0ffee", false],
      ["03a5b2", true],
      ["0badcafe", true],
    ] as const)
      expect(await letIn(lb, await own.client({ serialNumber })), serialNumber).to.equal(is);
    expect(lb.events.flatMap((e) => (e.kind === "trouble" ? e.message : []))).to.deep.equal(
      Array(2).fill("ended a connection: its client certificate is revoked"),
    );
    const late = await open({ ignoreExpiry: true, revocationLists: lists.map(stored) });
    expect(await letIn(late, await own.client({ days: -1 }))).to.equal(false);
    expect(await letIn(late, await own.client({ days: -1, serialNumber: "07" }))).to.equal(true);
  });

  it("refuses to begin with what is no revocation list, as AWS does", async () => {
    const revocationLists = [{ key: "revoked.pem", headers: [], content: own.certificate }];
    const error = await open({ revocationLists }).then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    expect(error?.message).to.match(/revoked\.pem: it has no PEM revocation list/);
  });

  it("passes unverified certificates on with passthrough", async () => {
    const lb = await open({ mode: "passthrough" });
    const chain = JSON.parse(await ask(lb, await other.client())) as Record<string, string>;
    expect(Object.keys(chain)).to.deep.equal(["x-amzn-mtls-clientcert"]);
    expect(chain["x-amzn-mtls-clientcert"]).to.match(/^-----BEGIN%20CERTIFICATE-----%0A/);
    expect(await ask(lb, undefined, { "x-amzn-mtls-clientcert": "forged" })).to.equal("{}");
  });

  it("uses the header names of the listener", async () => {
    const lb = await open({ headerNames: { ...headerNames, Subject: "X-Own-Subject" } });
    const seen = JSON.parse(await ask(lb, await own.client())) as Record<string, string>;
    expect(seen).to.include({ "x-own-subject": "CN=till 7,O=Example,ST=Washington,C=US" });
    expect(seen).not.to.have.property("x-amzn-mtls-clientcert-subject");
  });

  it("takes HTTP/2 as well", async () => {
    const lb = await open();
    const shown = await own.client();
    const client = http2.connect("https://www.example.com", {
      createConnection: () => tls.connect({ ...connection(lb, shown), ALPNProtocols: ["h2"] }),
    });
    const stream = client.request({ ":path": "/" });
    const status = await new Promise((resolve, reject) => {
      stream.on("response", (headers) => {
        resolve(headers[":status"]);
      });
      stream.on("error", reject);
    });
    client.close();
    expect(status).to.equal(200);
  });

  it("takes gRPC as well", async () => {
    const ends: (() => unknown)[] = [];
    try {
      const clientCertificates = check();
      const group = { protocolVersion: "GRPC" } as const;
      const lb = await bench({ tls: true, listener: { clientCertificates }, group });
      await lb.add(await echoServer(ends));
      const called = async (shown?: Client) =>
        (await echoClient({ ...lb, shown }, "www.example.com", ends).unary("unary", "hello")).code;
      expect(await called(await own.client())).to.equal(grpc.status.OK);
      expect(await called()).to.equal(grpc.status.UNAVAILABLE);
    } finally {
      for (const end of ends) end();
    }
  });

  it("names the client, or why it is turned away, in the connection log", async () => {
    const connectionLogs = { bucket: "logs", prefix: "" };
    const content = await own.revoking("0f");
    const clientCertificates = check({
      revocationLists: [{ key: "revoked.pem", headers: [], content }],
    });
    const lb = await bench({
      ...{ tls: true, listener: { clientCertificates }, loadBalancer: { connectionLogs } },
    });
    await lb.add(answering(() => "ok"));
    await letIn(lb, await own.client());
    await letIn(lb, await own.client({ days: -1 }));
    await letIn(lb, await other.client());
    await letIn(lb);
    await letIn(lb, await own.client({ serialNumber: "0f" }));
    const lines = (await lb.log("conn_log_")).map(fields);
    const subject = '"CN=till 7,O=Example,ST=Washington,C=US"';
    expect(lines.map((line) => [line[7], line[9], line[10]])).to.deep.equal([
      [subject, "03A5B1", "Success"],
      [subject, "03A5B1", "Failed:ClientCertExpired"],
      [subject, "03A5B1", "Failed:ClientCertUntrusted"],
      ['"-"', "-", "Failed:UnmappedConnectionError"],
      [subject, "0F", "Failed:ClientCertCrlHit"],
    ]);
  });
});

describe("client certificates at CloudFront", () => {
  let own: ClientAuthority;
  before(async () => {
    own = await clientAuthority("own");
  });
  afterEach(endEdges);

  const asking = (mode: string) => ({
    distribution: {
      viewerMtlsConfig: { mode, trustStoreConfig: { trustStoreId: "ts_1" } },
    },
    more: (stack: Stack) => {
      const at = { bucket: "clients", key: "ca.pem" };
      stack.add("aws:s3/bucketObjectv2:BucketObjectv2", "ca", { ...at, content: own.certificate });
      const from = { caCertificatesBundleS3Location: { ...at, region: "eu-west-1" } };
      const inputs = { caCertificatesBundleSource: from };
      stack.add("aws:cloudfront/trustStore:TrustStore", "clients", inputs, {}, "ts_1");
      const policy = "aws:cloudfront/originRequestPolicy:OriginRequestPolicy";
      const headers = { items: [...edgeCertificateHeaders] };
      const headerBehavior = "allViewerAndWhitelistCloudFront";
      stack.add(policy, "own", { headersConfig: { headerBehavior, headers } }, {}, "certificates");
    },
  });
  const open = async (mode: string, behaviour: Props = {}) => {
    const origin = new TestOrigin(({ headers }, response) => response.end(JSON.stringify(headers)));
    const { distribution, more } = asking(mode);
    const edge = await edgeOver({ a: origin }, { distribution, behaviour, more });
    return { ...edge, name: "d111111abcdef8.cloudfront.net" };
  };

  it("required: those without a trusted one get no answer", async () => {
    const edge = await open("required");
    expect(await letIn(edge, await own.client())).to.equal(true);
    expect(await letIn(edge)).to.equal(false);
    expect(await letIn(edge, await (await clientAuthority("other")).client())).to.equal(false);
  });

  it("optional: those without one are let in, those with a wrong one not", async () => {
    const edge = await open("optional");
    expect(await letIn(edge)).to.equal(true);
    expect(await letIn(edge, await own.client())).to.equal(true);
    expect(await letIn(edge, await (await clientAuthority("other")).client())).to.equal(false);
  });

  it("tells origins whose certificate it is where the policy names the headers, whatever the viewer claims", async () => {
    const named = { originRequestPolicyId: "certificates" };
    const client = await own.client();
    const forged = {
      "cloudfront-viewer-cert-subject": "CN=admin",
      "cloudfront-viewer-cert-x": "y",
    };
    const seen = async (mode: string, behaviour: Props, shown?: Client) => {
      const body = await ask(await open(mode, behaviour), shown, forged);
      return Object.fromEntries(
        Object.entries(JSON.parse(body) as Record<string, string>).flatMap(([name, value]) =>
          name.startsWith("cloudfront-viewer-cert") ? [[name.slice(23), value]] : [],
        ),
      );
    };
    const { raw, validFrom, validTo } = new X509Certificate(client.cert);
    const time = (text: string): string => new Date(text).toISOString().replace(".000", "");
    const { pem = "", ...others } = await seen("required", named, client);
    expect(others).to.deep.equal({
      ...{ present: "1", "serial-number": "03:a5:b1" },
      issuer: "CN=own,O=Example,C=US",
      subject: "CN=till 7,O=Example,ST=Washington,C=US",
      sha256: createHash("sha256").update(raw).digest("hex"),
      validity: `NotBefore=${time(validFrom)};NotAfter=${time(validTo)}`,
    });
    expect(new X509Certificate(decodeURIComponent(pem)).raw).to.deep.equal(raw);
    expect(await seen("optional", named)).to.deep.equal({ present: "0" });
    expect(await seen("required", {}, client)).to.deep.equal({});
  });

  it("asks, and stops asking, while it runs", async () => {
    const edge = await open("required");
    await edge.declare({});
    expect(await letIn(edge)).to.equal(true);
    await edge.declare(asking("required"));
    expect(await letIn(edge)).to.equal(false);
    expect(await letIn(edge, await own.client())).to.equal(true);
  });
});
