/**
 * A certificate authority for this machine only, and certificates for the names on the program's
 * ACM certificates. It is kept in the state folder, so that a browser needs to trust it only once.
 */
import { webcrypto } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { X509Certificate } from "node:crypto";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { createSecureContext, type SecureContext } from "node:tls";
import type * as X509 from "@peculiar/x509";
import { nameConstraints, permits, permitting } from "./nameConstraints";

/** A certificate with its private key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate in both forms that TLS servers accept. */
export interface ServerCertificate extends KeyPair {
  readonly context: SecureContext;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const day = 24 * 60 * 60 * 1000;
/** Browsers refuse leaf certificates that live longer than 398 days. */
const leafDays = 397;
/** Who has taken the CA into a browser does so again after this long. */
const authorityDays = 90;
/** A CA that ends sooner is made anew. */
const daysLeft = 31;
/** Milliseconds after which another process that is creating the CA is assumed to have died. */
const lockMs = 5000;
const clientName = "client";
const authoritySubject = "CN=hopwise local CA, O=hopwise (this machine only)";

/**
 * The library of X.509, loaded only when it has to sign something or to read a revocation list:
 * loading takes a quarter of a second.
 */
export async function library(): Promise<typeof X509> {
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(webcrypto);
  return x509;
}

/** The files of the client certificate of the CA in a file, for `curl --cert` and `--key`. */
export function clientFiles(caFile: string): { readonly cert: string; readonly key: string } {
  const folder = path.dirname(caFile);
  return {
    cert: path.join(folder, `${clientName}.pem`),
    key: path.join(folder, `${clientName}-key.pem`),
  };
}

/** Signs certificates for names, and stores them in a folder. */
export class Authority {
  private readonly signed = new Map<string, Promise<KeyPair>>();

  /** What clients have to trust, PEM. Grows when names come up that the CA was not made for. */
  readonly certificates: string[];
  /** The CA's own, and those that were made for further names; their keys are kept in memory only. */
  private readonly pairs: KeyPair[];

  private constructor(
    private readonly folder: string,
    own: KeyPair,
  ) {
    this.pairs = [own];
    this.certificates = [own.certificate];
  }

  /** The same as one text. */
  get certificate(): string {
    return this.certificates.join("\n");
  }

  /** The file with which a client trusts the CA (`curl --cacert`). */
  get caFile(): string {
    return path.join(this.folder, "ca.pem");
  }

  /**
   * Opens the CA in a folder, or makes one where there is none for these names that is valid for
   * another month. It can certify nothing but them, what is below them, and loopback addresses.
   */
  static async open(folder: string, names: readonly string[]): Promise<Authority> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const deadline = Date.now() + lockMs;
    for (;;) {
      const kept = await read(folder, "ca");
      if (kept && validFor(kept, daysLeft) && mayCertify(kept, names))
        return new Authority(folder, kept);
      // Of two runs that begin at once one makes it, and the other takes it.
      const lock = path.join(folder, "ca.lock");
      const first = await mkdir(lock).then(
        () => true,
        () => Date.now() > deadline,
      );
      if (first) {
        const made = await makeAuthority(names);
        await write(folder, "ca", made);
        await rm(lock, { recursive: true, force: true });
        return new Authority(folder, made);
      }
      await setTimeout(20);
    }
  }

  /** A certificate for DNS names (wildcards as ACM writes them) and IP addresses. */
  certificateFor(names: readonly string[]): Promise<KeyPair> {
    const key = [...new Set(names)].join(",");
    let made = this.signed.get(key);
    if (!made) {
      made = this.leaf(key.split(","));
      this.signed.set(key, made);
    }
    return made;
  }

  /** A certificate with which a client shows who it is; its files are {@link clientFiles}. */
  async clientCertificate(): Promise<KeyPair> {
    const kept = await read(this.folder, clientName);
    const issuer = this.pairs[0];
    if (issuer === undefined) throw new Error("the CA has no certificate");
    if (kept && validFor(kept, 1) && issuedBy(kept, issuer)) return kept;
    const made = await makeLeaf(issuer, []);
    await write(this.folder, clientName, made);
    return made;
  }

  /** The same, ready for a TLS server. */
  async serverCertificate(names: readonly string[]): Promise<ServerCertificate> {
    const pair = await this.certificateFor(names);
    return { ...pair, context: createSecureContext({ cert: pair.certificate, key: pair.key }) };
  }

  private async leaf(names: readonly string[]): Promise<KeyPair> {
    const digest = await webcrypto.subtle.digest("SHA-256", Buffer.from(names.join(",")));
    const file = `leaf-${Buffer.from(digest).toString("hex").slice(0, 16)}`;
    const kept = await read(this.folder, file);
    const issuer = this.pairs.find((pair) => mayCertify(pair, names));
    if (kept && issuer && validFor(kept, 1) && issuedBy(kept, issuer)) return kept;
    const made = await makeLeaf(issuer ?? (await this.further(names)), names);
    await write(this.folder, file, made);
    return made;
  }

  /** Another CA, for names that an edited program has; what has been certified stays as it is. */
  private async further(names: readonly string[]): Promise<KeyPair> {
    const made = await makeAuthority(names);
    this.pairs.push(made);
    this.certificates.push(made.certificate);
    await put(this.caFile, this.certificate);
    return made;
  }
}

async function makeAuthority(names: readonly string[]): Promise<KeyPair> {
  const x509 = await library();
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: authoritySubject,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + authorityDays * day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.Extension(nameConstraints, true, permitting(names)),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await pem(keys.privateKey) };
}

/** @param names those of a server; none: the certificate is a client's */
async function makeLeaf(authority: KeyPair, names: readonly string[]): Promise<KeyPair> {
  const x509 = await library();
  const ofServer = names.length > 0;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const issuer = new x509.X509Certificate(authority.certificate);
  const der = Buffer.from(authority.key.replace(/-----[^-]+-----|\s/g, ""), "base64");
  const signingKey = await webcrypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
  const certificate = await x509.X509CertificateGenerator.create({
    // A common name may have 64 characters at most; the names that count are in the extension.
    subject: [{ CN: [(names[0] ?? "hopwise local client").slice(0, 64)] }],
    issuer: issuer.subject,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Math.min(Date.now() + (leafDays - 1) * day, issuer.notAfter.getTime())),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage[ofServer ? "serverAuth" : "clientAuth"],
      ]),
      ...(ofServer
        ? [
            new x509.SubjectAlternativeNameExtension(
              names.map((value) => ({ type: /^[\d.]+$|:/.test(value) ? "ip" : "dns", value })),
            ),
          ]
        : []),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await pem(keys.privateKey) };
}

async function pem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/(.{64})/g, "$1\n").trim()}\n-----END PRIVATE KEY-----\n`;
}

function validFor(pair: KeyPair, days: number): boolean {
  const certificate = new X509Certificate(pair.certificate);
  return new Date(certificate.validTo).getTime() > Date.now() + days * day;
}

function mayCertify(pair: KeyPair, names: readonly string[]): boolean {
  return permits(new X509Certificate(pair.certificate).raw, names);
}

function issuedBy(pair: KeyPair, authority: KeyPair): boolean {
  return new X509Certificate(pair.certificate).verify(
    new X509Certificate(authority.certificate).publicKey,
  );
}

async function read(folder: string, name: string): Promise<KeyPair | undefined> {
  try {
    const [certificate, key] = await Promise.all([
      readFile(path.join(folder, `${name}.pem`), "utf8"),
      readFile(path.join(folder, `${name}-key.pem`), "utf8"),
    ]);
    // A certificate and key that two runs wrote at once do not match.
    createSecureContext({ cert: certificate, key });
    return { certificate, key };
  } catch {
    return undefined;
  }
}

async function write(folder: string, name: string, pair: KeyPair): Promise<void> {
  await put(path.join(folder, `${name}-key.pem`), pair.key);
  await put(path.join(folder, `${name}.pem`), pair.certificate);
}

async function put(file: string, content: string): Promise<void> {
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, content, { mode: 0o600 });
  await rename(temporary, file);
}
