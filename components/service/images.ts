/** Images from outside of the program. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { hasNginx } from "../../path/appSocket";
import { parameterOf } from "../../path/taskDefinitions";
import type { AppArgs } from "./appArgs";
import type { SidecarArgs } from "./sidecars";

/** An image, read from Systems Manager if it is the name of a parameter there. */
function givenImage(image: pulumi.Input<string>, parent: pulumi.Resource): pulumi.Input<string> {
  const name = typeof image === "string" ? parameterOf(image) : undefined;
  if (name === undefined) return image;
  // `value` would make a secret of all that it is a part of, and an image is none.
  return aws.ssm.getParameterOutput({ name, withDecryption: false }, { parent }).insecureValue;
}

/** The containers of a service, each with its image. */
interface Containers {
  image?: pulumi.Input<string>;
  app?: AppArgs;
  sidecars?: Record<string, SidecarArgs>;
}

type Imaged = Pick<Containers, "image" | "app">;

/** The same arguments, with the images that parameters hold. */
export function withGivenImages<Args extends Containers>(
  args: Args,
  parent: pulumi.Resource,
): Args {
  const given = <One extends { image: pulumi.Input<string> }>(one: One): One => ({
    ...one,
    image: givenImage(one.image, parent),
  });
  const { image, app, sidecars } = args;
  return {
    ...args,
    image: image === undefined ? undefined : givenImage(image, parent),
    app: app && given(app),
    sidecars:
      sidecars &&
      Object.fromEntries(Object.entries(sidecars).map(([name, one]) => [name, given(one)])),
  };
}

/**
 * Asks for nginx's image where nginx runs.
 *
 * @throws RunError naming every service that has none
 */
export function requireImages(
  name: string,
  { service, services = {} }: Readonly<{ service?: Imaged; services?: Record<string, Imaged> }>,
): void {
  const all = [
    ...(service ? [["service", service] as const] : []),
    ...Object.entries(services).map(([key, one]) => [`services.${key}`, one] as const),
  ];
  const missing = all
    .filter(([, { image, app }]) => image === undefined && hasNginx(app))
    .map(([at]) => `${at}.image`);
  if (missing.length === 0) return;
  throw new pulumi.RunError(
    `"${name}" lacks nginx's image (${missing.join(", ")}). Give imageUri of a NginxImage, or the ` +
      `image of the app in app.image with app.behindNginx: false, which leaves nginx out.`,
  );
}
