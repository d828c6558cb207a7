/** Serves the stack `mixed` in any variant, with a real server in the place of its app. */
import { resourcesWith } from "./evaluated";
import type { Kind } from "./nginx-support";
import { serving, type Serving } from "./serving";

/** The only service that is called over gRPC, where the variant is not for gRPC only. */
const services = ["demo.Echo"];

/**
 * @param ports of the app in its task, for ordinary requests and for gRPC; every test file has its
 *   own, so that files can run side by side. `upstream` is the port on which the gRPC server runs
 * @param command replaces the app instead
 * @param settings further ones, by their groups
 */
export async function servingGrpc(
  variant: string,
  kind: Kind,
  ports: { readonly http: number; readonly grpc: number; readonly upstream?: number },
  command?: string,
  settings: Readonly<Record<string, object>> = {},
): Promise<Serving> {
  const app = { image: "r/shop:1", port: ports.http };
  const resources = await resourcesWith("mixed", {
    ...Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [`hopwise:${key}`, JSON.stringify(value)]),
    ),
    "hopwise:variant": variant,
    "hopwise:service": JSON.stringify({ count: 1, app }),
    "hopwise:grpc": JSON.stringify({
      port: ports.grpc,
      ...(variant !== "grpc-via-cloudfront" && { services }),
    }),
  });
  if (command !== undefined)
    return serving(resources, kind, { commands: new Map([["app", command]]) });
  const upstream = { host: "127.0.0.1", port: ports.upstream ?? 0 };
  return serving(resources, kind, { upstreams: new Map([[`app:${ports.grpc}`, upstream]]) });
}
