import * as path from "node:path";
import type * as Awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { defaults } from "../../path/defaults";
import { awsxEcr } from "../shared/awsx";
import { protectedChild } from "../shared/protection";
import { passableTags } from "../shared/tags";

/** CPU architecture of Fargate tasks. */
export type Architecture = "x86_64" | "arm64";

export interface NginxImageArgs {
  /** Architecture to build for, the same as the tasks'. @default "x86_64" */
  architecture?: Architecture;
  /** Folder with the Dockerfile. @default hopwise's own nginx folder */
  context?: string;
  /** True to delete the repository with the images in it. @default false */
  forceDelete?: boolean;
  /** True: Pulumi refuses to delete the repository. @default false */
  deletionProtection?: boolean;
  /** Tags for the repository. */
  tags?: Record<string, pulumi.Input<string>>;
}

/** Builds that are kept, to roll back to. */
const keptBuilds = 10;

/**
 * Images that ECR stores of one build: an index, which has the tag, and without one the image and
 * its provenance, which BuildKit adds by default. AWS does not say whether a lifecycle policy counts
 * those that an index refers to; where it does not, more builds are kept.
 * https://docs.docker.com/build/metadata/attestations/attestation-storage/
 */
const imagesPerBuild = 3;

const platforms: Record<Architecture, string> = { x86_64: "linux/amd64", arm64: "linux/arm64" };

/** The nginx image, built by Docker and pushed to its own ECR repository. */
export class NginxImage extends pulumi.ComponentResource {
  /** Image by digest, for a task definition. */
  public readonly imageUri: pulumi.Output<string>;
  public readonly repository: Awsx.ecr.Repository;

  constructor(name: string, args: NginxImageArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:NginxImage", name, {}, opts);
    const parent = { parent: this };
    const { Repository, Image } = awsxEcr();
    this.repository = new Repository(
      name,
      {
        forceDelete: args.forceDelete,
        imageScanningConfiguration: { scanOnPush: true },
        lifecyclePolicy: {
          rules: [
            {
              description: `Keep the newest ${keptBuilds} builds, to roll back to`,
              tagStatus: "any",
              maximumNumberOfImages: keptBuilds * imagesPerBuild,
            },
          ],
        },
        tags: passableTags(args.tags),
      },
      protectedChild(this, args.deletionProtection),
    );
    this.imageUri = new Image(
      name,
      {
        repositoryUrl: this.repository.url,
        context: args.context ?? ownContext(),
        platform: platforms[args.architecture ?? defaults.service.architecture],
      },
      parent,
    ).imageUri;
    this.registerOutputs({ imageUri: this.imageUri });
  }
}

/**
 * The folder relative to the program: an absolute path would be in the stack's state, so that a
 * checkout on another machine would show a change.
 */
function ownContext(): string {
  return path.relative(process.cwd(), path.join(__dirname, "../../nginx")) || ".";
}
