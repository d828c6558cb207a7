/** Services as they are deployed: with their images and stored secrets. */
import type * as pulumi from "@pulumi/pulumi";
import { NginxImage } from "../components";
import type { Settings } from "../config";
import { hasNginx } from "../path/appSocket";

type Service = Settings["services"][string] | Settings["service"];

export type Deployed = ReturnType<typeof deployed>;

/** The image that services run where they name none: built and pushed when the first one needs it. */
export function ownImage(name: string, settings: Settings): () => pulumi.Output<string> {
  const { service, tags, deletionProtection } = settings;
  const { architecture } = service;
  let image: NginxImage | undefined;
  return () => {
    image ??= new NginxImage(name, {
      ...{ architecture, tags, deletionProtection },
      forceDelete: !deletionProtection,
    });
    return image.imageUri;
  };
}

/** `services` of the settings as they are deployed. */
export function deployedServices(settings: Settings, image: () => pulumi.Output<string>) {
  return mapValues(settings.services, (one) => deployed(one, settings, "services", image));
}

/** A service of the settings as it is deployed. */
export function deployed<One extends Service>(
  one: One,
  { service, secrets }: Settings,
  key: "service" | "services",
  image: () => pulumi.Output<string>,
) {
  const { app, sidecars } = one;
  // Pulumi says of a whole group only that it is secret.
  const secret = secrets.includes(key);
  return {
    ...one,
    architecture: service.architecture,
    image: hasNginx(app) ? (one.image ?? image()) : app?.image,
    app: app && storeSecrets(app, secret),
    sidecars: mapValues(sidecars, (sidecar) => storeSecrets(sidecar, secret)),
  };
}

/** Environment variables, in plain text or stored in a secret. */
interface Variables {
  readonly environment?: Record<string, string>;
  readonly secretEnvironment?: Record<string, string>;
}

/** An environment that the stack keeps secret is kept in AWS as a secret too. */
function storeSecrets<Container extends { environment: Record<string, string> }>(
  container: Container,
  secret: boolean,
): Omit<Container, "environment"> & Variables {
  const { environment, ...rest } = container;
  return secret && Object.keys(environment).length > 0
    ? { ...rest, environment: undefined, secretEnvironment: environment }
    : { ...rest, environment, secretEnvironment: undefined };
}

/** The same names, each with another value. */
function mapValues<In, Out>(values: Readonly<Record<string, In>>, to: (value: In) => Out) {
  const entries = Object.entries(values).map(([name, value]) => [name, to(value)] as const);
  return Object.fromEntries(entries) as Record<string, Out>;
}
