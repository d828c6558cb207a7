/** Images that programs build with Pulumi's docker providers: not AWS, but what tasks run. */
import { bagAt, textAt, textsAt } from "../props";
import type { ResourceModel } from "../row";
import { token } from "../../../topology/tokens";
import { imageDigest } from "./awsx";

/** docker.Image; see https://www.pulumi.com/registry/packages/docker/api-docs/image/ */
export const dockerImage: ResourceModel = {
  type: token.dockerImage,
  required: ["imageName"],
  replaceOn: ["registry"],
  outputs: ({ inputs }) => {
    const name = textAt(inputs, "imageName") ?? "";
    const context = textAt(bagAt(inputs, "build"), "context") ?? textAt(inputs, "build");
    const digest = `sha256:${imageDigest({ ...inputs, context })}`;
    const repository = name.replace(/:[^/:]*$/, "");
    return {
      id: digest,
      baseImageName: name,
      imageName: name,
      repoDigest: `${repository}@${digest}`,
      region: undefined,
    };
  },
  recomputed: ["repoDigest"],
};

/** docker-build.Image; see https://www.pulumi.com/registry/packages/docker-build/api-docs/image/ */
export const dockerBuildImage: ResourceModel = {
  type: token.dockerBuildImage,
  outputs: ({ inputs }) => {
    const context = textAt(bagAt(inputs, "context"), "location");
    const digest = `sha256:${imageDigest({ ...inputs, context })}`;
    const [tag = "image"] = textsAt(inputs, "tags[]");
    return { id: digest, digest, ref: `${tag}@${digest}`, contextHash: digest, region: undefined };
  },
  recomputed: ["digest", "ref", "contextHash"],
};
