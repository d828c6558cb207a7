/** The local certificate authority: what it may certify, and for how long. */
import { expect } from "chai";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import tls from "node:tls";
import { listenOn } from "../../../local/serve/tasks/listening";
import { Authority } from "../../../local/serve/certificates";

describe("the local certificate authority", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "hopwise-ca-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** What a client that trusts the authority says of a certificate for a name. */
  async function handshake(
    authority: Authority,
    name: string,
    servername: string,
    ca = authority.certificates[0],
  ) {
    const { certificate: cert, key } = await authority.certificateFor([name, "127.0.0.1"]);
    const server = tls.createServer({ cert, key });
    await listenOn(server, 0, "127.0.0.1");
    try {
      return await new Promise<string>((resolve) => {
        const { port } = server.address() as AddressInfo;
        const socket = tls.connect({ port, servername, ca }, () => {
          socket.destroy();
          resolve("trusted");
        });
        socket.on("error", (error: NodeJS.ErrnoException) => {
          resolve(error.code ?? error.message);
        });
      });
    } finally {
      server.close();
    }
  }

  it("is trusted for its names and what is below them, and for no other", async () => {
    const authority = await Authority.open(folder, ["example.com", "*.cloudfront.net", "::1"]);
    expect(await handshake(authority, "example.com", "example.com")).to.equal("trusted");
    expect(await handshake(authority, "*.example.com", "www.example.com")).to.equal("trusted");
    expect(await handshake(authority, "d1.cloudfront.net", "d1.cloudfront.net")).to.equal(
      "trusted",
    );
  });

  it("has another one for what it was not made for, and never certifies that itself", async () => {
    const authority = await Authority.open(folder, ["example.com"]);
    const [first] = authority.certificates;
    await authority.certificateFor(["www.example.com"]);
    expect(authority.certificates).to.deep.equal([first]);
    await authority.certificateFor(["bank.test"]);
    expect(authority.certificates).to.have.length(2);
    expect(await handshake(authority, "bank.test", "bank.test")).to.match(/UNABLE|SELF_SIGNED/);
    expect(readFileSync(authority.caFile, "utf8")).to.equal(authority.certificate);
    expect(readdirSync(folder).filter((file) => /^ca.*key/.test(file))).to.have.length(1);
  });

  it("ends within three months, and no certificate of it later", async () => {
    const authority = await Authority.open(folder, ["example.com"]);
    const { certificate } = await authority.certificateFor(["example.com"]);
    const [own, leaf] = [authority.certificate, certificate].map((pem) =>
      new Date(new X509Certificate(pem).validTo).getTime(),
    );
    const days = ((own ?? 0) - Date.now()) / (24 * 60 * 60 * 1000);
    expect(days).to.be.within(89, 90);
    expect(leaf).to.be.at.most(own ?? 0);
  });

  it("is kept as long as it may certify what is asked for", async () => {
    const made = await Authority.open(folder, ["example.com", "localhost"]);
    const same = await Authority.open(folder, ["*.example.com", "127.0.0.1"]);
    expect(same.certificate).to.equal(made.certificate);
    const other = await Authority.open(folder, ["example.org"]);
    expect(other.certificate).not.to.equal(made.certificate);
    expect(readFileSync(other.caFile, "utf8")).to.equal(other.certificate);
  });
});
