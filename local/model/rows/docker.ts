/** Images that programs build with Pulumi's docker providers: not AWS, but what tasks run. */
import { bag, text, texts } from "../props";
import type { Row } from "../row";
import { token } from "../../../topology/tokens";
import { imageDigest } from "./awsx";

/** docker.Image; see https://www.pulumi.com/registry/packages/docker/api-docs/image/ */
export const dockerImage: Row = {
  type: token.dockerImage,
  required: ["imageName"],
  replaceOn: ["registry"],
  outputs: ({ inputs }) => {
    const name = text(inputs, "imageName") ?? "";
    const context = text(bag(inputs, "build"), "context") ?? text(inputs, "build");
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
export const dockerBuildImage: Row = {
  type: token.dockerBuildImage,
  outputs: ({ inputs }) => {
    const context = text(bag(inputs, "context"), "location");
    const digest = `sha256:${imageDigest({ ...inputs, context })}`;
    const [tag = "image"] = texts(inputs, "tags[]");
    return { id: digest, digest, ref: `${tag}@${digest}`, contextHash: digest, region: undefined };
  },
  recomputed: ["digest", "ref", "contextHash"],
};
