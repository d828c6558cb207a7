/** More services on the load balancer, each with some of the requests. */
import * as z from "zod";
import { defaults } from "../../path/defaults";
import { abouts } from "../about";
import { booleanValue, enumValue, integerValue, patternValue, shapes } from "../values";
import { deployment } from "./deployment";
import { method } from "./grpc";
import { service } from "./service";

/** A list of patterns of requests. */
export const patternList = (values: string, allowed: string, example: string) =>
  z.array(patternValue(/^\S{1,128}$/, { values, allowed, example })).min(1);

/** A service of the list: what a service has, and which requests it gets. */
const entry = service.omit({ clusterArn: true, architecture: true }).extend({
  paths: patternList("path pattern", "a path pattern that starts with a slash", "/api/*")
    .optional()
    .register(abouts, {
      means:
        "Paths of the requests that the service gets: `*` is any text, `?` one character. Default: any path",
    }),
  hosts: patternList("host name", "a host name", "api.example.com").optional().register(abouts, {
    means:
      "Names that viewers call for it, in the zone of `domain`; they are added to certificates and records. Default: any name",
  }),
  protocol: enumValue(["http1", "http2", "grpc"], {
    synonyms: { http1: ["http", "http1.1", "h1", "websocket"], http2: ["h2"], grpc: ["GRPC"] },
  })
    .optional()
    .register(abouts, {
      means:
        "What the load balancer speaks to the tasks; a protocol that cannot work on the path is refused. Default: that of `service`",
    }),
  grpcHealthCheckPath: method().default(defaults.grpc.healthCheckPath).register(abouts, {
    means: "Method of the health check, with `protocol: grpc`",
  }),
  signIn: booleanValue().optional().register(abouts, {
    means:
      "True for users to sign in first, as `signIn` says. Has to be set where `signIn.paths` has paths of the service. Default: they need not",
  }),
  // The listener for tests leads to the tasks of `service`.
  deployment: deployment.omit({ testPort: true, testCidrs: true }).prefault({}),
  priority: integerValue(1, 49_998, 100).optional().register(abouts, {
    means:
      "Priority of its first listener rule; lower values are evaluated first. Default: from its patterns, longer ones before shorter ones",
  }),
});

/** `hopwise:services`, by name. */
export const services = z
  .record(
    patternValue(/^[a-z][a-z0-9-]*$/, {
      values: "name",
      allowed: "small letters, digits and hyphens, a letter first",
    }),
    entry,
  )
  .register(shapes, {
    type: "object",
    values: "names, each with the keys of a service",
    allowed: "names, each with keys of a service, such as paths and app",
  })
  .default({})
  .register(abouts, {
    example: { api: { paths: ["/api/*"] } },
    means:
      "More services on the same load balancer and cluster, by name. Each gets the requests of its paths and hosts, and `service` all others ([docs/services.md](services.md))",
  });
