/** Images from outside of the program. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AppArgs } from "./appArgs";
import type { SidecarArgs } from "./sidecars";
import { parameterOf } from "../../path/taskDefinitions";

/** An image, read from Systems Manager if it is the name of a parameter there. */
function givenImage(image: pulumi.Input<string>, parent: pulumi.Resource): pulumi.Input<string> {
  const name = typeof image === "string" ? parameterOf(image) : undefined;
  if (name === undefined) return image;
  // `value` would make a secret of all that it is a part of, and an image is none.
  return aws.ssm.getParameterOutput({ name, withDecryption: false }, { parent }).insecureValue;
}

/** The containers of a service, each with its image. */
interface Containers {
  image: pulumi.Input<string>;
  app?: AppArgs;
  sidecars?: Record<string, SidecarArgs>;
}

/** The same arguments, with the images that parameters hold. */
export function withGivenImages<Args extends Containers>(
  args: Args,
  parent: pulumi.Resource,
): Args {
  const given = <One extends { image: pulumi.Input<string> }>(one: One): One => ({
    ...one,
    image: givenImage(one.image, parent),
  });
  const { app, sidecars } = args;
  return {
    ...given(args),
    app: app && given(app),
    sidecars:
      sidecars &&
      Object.fromEntries(Object.entries(sidecars).map(([name, one]) => [name, given(one)])),
  };
}
