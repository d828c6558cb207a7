/** What the programs by rule are put together from. */
import type { PathSpec } from "../../../path/types";
import type { DeclaredResource, Props } from "../../../topology/resource";
import {
  containers,
  directProgram,
  ids,
  origin,
  other,
  resource,
  soundProgram,
  vpcOriginProgram,
} from "./program";
import { FromUnknown } from "./support";

type Program = () => DeclaredResource[];

/** What a rule is to say of which program. */
export interface Case {
  /** Programs that break the rule: which resource is to blame, and what is said of it. */
  readonly broken: Readonly<Record<string, readonly [Program, on: string, says: RegExp]>>;
  /** Programs that do not break it. */
  readonly fine: Readonly<Record<string, Program>>;
  /**
   * The fine program that shows how to fix the first broken one, in docs/findings; `sound`: one in
   * which everything is as it should be. @default that one, but where it only lacks resources, the
   * closest fine one
   */
  readonly fix?: string;
  /** Programs of which nobody can tell yet. */
  readonly unknown: Readonly<Record<string, Program>>;
  /** Paths that break it before there are resources, where no program's path can show it. */
  readonly planned?: Readonly<Record<string, readonly [PathSpec, says: RegExp]>>;
}

export const unknown = new FromUnknown(other);
const distribution = (changes: Props): Props => ({ cdn: changes });
export const viaOrigin = (custom: Props, others?: Props): Props =>
  distribution({ origins: [origin(custom, others)] });
/** CloudFront asks the origin for HTTP/2; other settings of the origin, and of the distribution. */
export const http2Origin = (custom: Props = {}, cdn: Props = {}): Props =>
  distribution({ origins: [origin({ originHttpVersion: "http2", ...custom })], ...cdn });
export const grpc = { grpcConfig: { enabled: true } };
export const grpcGroup = { protocolVersion: "GRPC", healthCheck: { matcher: "0-99" } };
export const http = { protocol: "HTTP", port: 80, certificateArn: undefined, sslPolicy: undefined };
export const rule = (name: string, inputs: Props): DeclaredResource =>
  resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name, {
    ...{ securityGroupId: ids.albGroup, ipProtocol: "tcp", fromPort: 443, toPort: 443 },
    ...inputs,
  });
export const sound =
  (changes: Props): Program =>
  () =>
    soundProgram(changes as never);
export const vpc =
  (changes: Props): Program =>
  () =>
    vpcOriginProgram(changes as never);
export const direct =
  (changes: Props): Program =>
  () =>
    directProgram(changes as never);
export const plus =
  (program: Program, ...more: DeclaredResource[]): Program =>
  () => [...program(), ...more];
export const definitions = (
  environment: Readonly<Record<string, string>>,
  port?: number,
): Props => ({
  containerDefinitions: containers(environment, port),
});
export const unknownDefinitions = { definition: { containerDefinitions: unknown } };
export const trust = (statement: Props): Props => ({
  execution: {
    assumeRolePolicy: JSON.stringify({
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", ...statement }],
    }),
  },
});
