import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { defaults } from "../../path/defaults";

/** Name of the header that CloudFront adds and the load balancer's rule asks for. */
export const secretHeaderName = "X-Hopwise-Origin-Secret";

/** Which values of the secret header are in use. With two at once, a rotation causes no 403. */
export interface OriginSecretArgs {
  /** Version of the value that CloudFront sends; one of `accept`. @default 1 */
  send?: number;
  /** Versions that the load balancer forwards, three at most. @default [1] */
  accept?: number[];
}

/** The problems of the versions; empty if there are none. */
export function originSecretProblems(args: OriginSecretArgs | undefined): string[] {
  const { send, accept } = versions(args);
  return [
    ...(accept.length >= 1 && accept.length <= 3
      ? []
      : [`origin.secret.accept lists ${accept.length} versions: list one to three.`]),
    ...(accept.includes(send)
      ? []
      : [
          `origin.secret.send is ${send}, which origin.secret.accept (${accept.join(", ")}) does ` +
            `not list: every request would get 403. Add ${send} to origin.secret.accept first.`,
        ]),
  ];
}

/**
 * The values of the header that CloudFront adds and the load balancer requires, one per version. A
 * version keeps its value while it is listed; after that the value is deleted.
 */
export class OriginSecret extends pulumi.ComponentResource {
  /** The value that CloudFront sends. A secret. */
  public readonly sent: pulumi.Output<string>;
  /** The values that the load balancer forwards. Secrets. */
  public readonly accepted: pulumi.Output<string>[];

  constructor(name: string, args: OriginSecretArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:OriginSecret", name, {}, opts);
    const { send, accept } = versions(args);
    const values = new Map(
      accept.map((version) => [
        version,
        pulumi.secret(
          new random.RandomPassword(
            `${name}-origin-secret-${version}`,
            // Letters and digits: `*` and `?` would be wildcards in the listener's rule.
            { length: 48, special: false },
            { parent: this },
          ).result,
        ),
      ]),
    );
    const sent = values.get(send);
    if (sent === undefined) {
      throw new pulumi.ResourceError(originSecretProblems(args).join("\n"), this, true);
    }
    this.sent = sent;
    this.accepted = [...values.values()];
    this.registerOutputs({});
  }
}

function versions(args: OriginSecretArgs | undefined) {
  return {
    send: args?.send ?? defaults.origin.secret.send,
    accept: [...new Set<number>(args?.accept ?? defaults.origin.secret.accept)],
  };
}
