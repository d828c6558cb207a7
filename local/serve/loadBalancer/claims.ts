/**
 * The claims of a user, signed for the targets.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding
 */
import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Authentication } from "../../../topology/types";
import type { Header } from "../http/headers";
import type { Session } from "./signInSession";

/** Headers with a user's claims, whatever a client claims. */
export const claimHeaders = [
  "x-amzn-oidc-accesstoken",
  "x-amzn-oidc-identity",
  "x-amzn-oidc-data",
] as const;

/** AWS does not document how long a signature is valid: long enough for a request. */
const validSeconds = 120;

const encoded = (text: string | Buffer): string => {
  const plain = Buffer.from(text).toString("base64url");
  // "Includes padding characters at the end."
  return plain.padEnd(Math.ceil(plain.length / 4) * 4, "=");
};

/** Signs claims with a key of its own, while this process runs. */
export class ClaimSigner {
  private readonly keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  private readonly kid = randomUUID();

  /**
   * @param folder where the public key is written, under its id. On AWS it is at
   *   `https://public-keys.auth.elb.REGION.amazonaws.com/KEY-ID`
   */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    const pem = this.keys.publicKey.export({ type: "spki", format: "pem" });
    writeFileSync(path.join(folder, this.kid), pem);
  }

  /** The headers for a target. */
  headers(
    { issuer, clientId }: Authentication,
    { accessToken, claims }: Session,
    signer: string,
    now: number,
  ): Header[] {
    const exp = Math.floor(now / 1000) + validSeconds;
    const head = {
      typ: "JWT",
      kid: this.kid,
      alg: "ES256",
      iss: issuer,
      client: clientId,
      signer,
      exp,
    };
    const text = [head, { ...claims, exp, iss: issuer }]
      .map((part) => encoded(JSON.stringify(part)))
      .join(".");
    const key = { key: this.keys.privateKey, dsaEncoding: "ieee-p1363" as const };
    const data = `${text}.${encoded(sign("sha256", Buffer.from(text), key))}`;
    return [
      ["x-amzn-oidc-accesstoken", accessToken],
      ["x-amzn-oidc-identity", String(claims.sub)],
      ["x-amzn-oidc-data", data],
    ];
  }
}
