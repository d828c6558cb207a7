/** A CA of clients, as a program would upload it, and the certificates that it signs. */
import { webcrypto } from "node:crypto";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const day = 24 * 60 * 60 * 1000;

/** A client's certificate and key, PEM. */
export interface Client {
  readonly cert: string;
  readonly key: string;
}

export interface ClientAuthority {
  /** PEM, as in a bundle of a trust store. */
  readonly certificate: string;
  /** A client; by default one whose certificate is valid. */
  client(change?: {
    readonly days?: number;
    readonly usage?: string;
    readonly serialNumber?: string;
  }): Promise<Client>;
  /** A list of certificates that it revoked, PEM. */
  revoking(...serialNumbers: string[]): Promise<string>;
}

const generated = () => webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

export async function clientAuthority(name: string): Promise<ClientAuthority> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await generated();
  const notBefore = new Date(Date.now() - 30 * day);
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    name: `C=US, O=Example, CN=${name}`,
    ...{ notBefore, notAfter: new Date(Date.now() + 30 * day) },
    ...{ signingAlgorithm: algorithm, keys },
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  });
  return {
    certificate: own.toString("pem"),
    revoking: async (...serialNumbers) => {
      const list = await x509.X509CrlGenerator.create({
        issuer: own.subject,
        ...{ thisUpdate: notBefore, nextUpdate: new Date(Date.now() - day) },
        entries: serialNumbers.map((serialNumber) => ({ serialNumber })),
        ...{ signingAlgorithm: algorithm, signingKey: keys.privateKey },
      });
      // The library writes its own name of a list, and OpenSSL and AWS this one.
      return x509.PemConverter.encode(list.rawData, "X509 CRL");
    },
    client: async ({
      days = 1,
      usage = x509.ExtendedKeyUsage.clientAuth,
      serialNumber = "03a5b1",
    } = {}) => {
      const { publicKey, privateKey } = await generated();
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber,
        subject: "C=US, ST=Washington, O=Example, CN=till 7",
        issuer: own.subject,
        ...{ notBefore, notAfter: new Date(Date.now() + days * day) },
        ...{ signingAlgorithm: algorithm, publicKey, signingKey: keys.privateKey },
        extensions: [new x509.ExtendedKeyUsageExtension([usage])],
      });
      const der = await webcrypto.subtle.exportKey("pkcs8", privateKey);
      return {
        cert: certificate.toString("pem"),
        key: x509.PemConverter.encode(der, x509.PemConverter.PrivateKeyTag),
      };
    },
  };
}
