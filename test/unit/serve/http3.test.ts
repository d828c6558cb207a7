import { expect } from "chai";
import { Socket } from "node:net";
import type { Connection, Request } from "../../../local/serve/http/acceptor";
import { Http3Arrivals } from "../../../local/serve/http3/arrivals";
import { caddyConfig } from "../../../local/serve/http3/config";
import { findCaddy } from "../../../local/serve/http3/find";

const connection: Connection = {
  address: "127.0.0.1",
  port: 1,
  socket: new Socket(),
  since: 0,
  requests: 0,
  bytesSettled: 0,
};

function request(...rawHeaders: string[]): Request {
  const headers: Record<string, string> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    headers[(rawHeaders[i] ?? "").toLowerCase()] = rawHeaders[i + 1] ?? "";
  }
  return { rawHeaders, headers } as unknown as Request;
}

describe("requests that came over HTTP/3", () => {
  const arrivals = new Http3Arrivals();
  const sent = `${arrivals.secret} 192.0.2.7 4711 TLS_AES_128_GCM_SHA256 true www.example.com`;

  it("have the viewer's connection and headers again", () => {
    const came = request(
      ...["Host", "www.example.com", "Via", "3.0 Caddy", "X-Forwarded-For", "127.0.0.1"],
      ...["X-Forwarded-Proto", "https", "X-Hopwise-Http3-Viewer", sent],
      ...["X-Hopwise-Http3-Via", "1.1 proxy", "X-Hopwise-Http3-Forwarded-For", ""],
    );
    const viewers = arrivals.accept(came, connection);
    expect(viewers).to.deep.include({ address: "192.0.2.7", port: 4711 });
    expect(viewers?.secure).to.deep.equal({
      cipher: "TLS_AES_128_GCM_SHA256",
      version: "TLSv1.3",
      resumed: true,
      servername: "www.example.com",
    });
    expect(came.rawHeaders).to.deep.equal(["Host", "www.example.com", "Via", "1.1 proxy"]);
    expect(Object.keys(came.headers)).to.deep.equal(["host"]);
    expect(arrivals.hook(came, connection)).to.deep.include({ protocol: "HTTP/3" });
  });

  for (const [what, value] of [
    ["nothing", undefined],
    ["another secret", sent.replace(/^\S+/, "x".repeat(32))],
    ["another run's", sent.replace(/^\S+/, new Http3Arrivals().secret)],
    ["the secret alone", arrivals.secret],
  ] as const) {
    it(`are not believed with ${what}`, () => {
      const came = request(...(value === undefined ? [] : ["X-Hopwise-Http3-Viewer", value]));
      expect(arrivals.accept(came, connection)).to.equal(undefined);
      expect(arrivals.hook(came, connection)).to.equal(undefined);
    });
  }
});

describe("Caddy", () => {
  it("is configured for HTTP/3 only, and for the edge only", () => {
    const certificates = [{ certificate: "PEM", key: "KEY" }];
    const config = caddyConfig({
      address: "127.0.0.1",
      port: 8443,
      edgePort: 999,
      secret: "s3",
      certificates,
      storageDir: "/state",
    });
    const { admin, apps, storage } = JSON.parse(config) as {
      admin: object;
      storage: object;
      apps: { http: { servers: { edge: object } }; tls: object };
    };
    expect(admin).to.include({ disabled: true });
    expect(storage).to.include({ root: "/state" });
    const { edge } = apps.http.servers;
    expect(edge).to.deep.include({ listen: ["127.0.0.1:8443"], protocols: ["h3"] });
    expect(JSON.stringify(edge))
      .to.contain('"dial":"127.0.0.1:999"')
      .and.contain("s3 {http.request");
    expect(apps.tls).to.deep.equal({ certificates: { load_pem: certificates } });
  });

  it("is looked for where HOPWISE_CADDY says, which must be one", async () => {
    const failure: unknown = await findCaddy({ HOPWISE_CADDY: "/bin/true" }).catch(
      (error: unknown) => error,
    );
    expect((failure as Error).message).to.match(/^HOPWISE_CADDY=\/bin\/true: is no Caddy .* 2\.11/);
  });
});
