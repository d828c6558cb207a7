/** The task: its size, its ports, its images, its tags. */
import { fargateProblem, nearestFargateSize } from "../../path/fargate";
import { arnRegion, ecrRegion } from "../names";
import { maximumTags } from "../schema";
import type { View } from "../view";
import type { Rule, Surroundings } from "./rule";

const fargateSize: Rule = (view) => {
  const [cpu, memory] = [view.get("service.cpu"), view.get("service.memory")];
  const detail = fargateProblem(cpu, memory);
  if (detail === undefined) return [];
  return [
    {
      key: "service.memory",
      expected: "an amount that Fargate offers with service.cpu",
      detail,
      change: { set: "service.memory", to: String(nearestFargateSize(cpu, memory).memory) },
    },
  ];
};

const clusterRegion: Rule = (view, { region }) => {
  const arn = view.get("service.clusterArn");
  if (arn === undefined || region === undefined || arnRegion(arn) === region) return [];
  return [
    {
      key: "service.clusterArn",
      expected: `a cluster in ${region}, the stack's region (aws:region)`,
      change: { remove: "service.clusterArn" },
    },
  ];
};

/** The image built from nginx/ runs as UID 101. */
const unprivilegedPort: Rule = (view) =>
  view.get("service.image") === undefined && view.get("service.port") < 1024
    ? [
        {
          key: "service.port",
          expected: "1024 or higher: nginx runs without privileges in the image built here",
          change: { remove: "service.port" },
        },
      ]
    : [];

/** Containers of a task share one network interface. */
const portsDiffer: Rule = (view) =>
  view.get("service.app.port") === view.get("service.port")
    ? [
        {
          key: "service.app.port",
          expected: "another port than service.port: both containers listen in the same task",
          change: {
            set: "service.app.port",
            to: view.get("service.port") === 3000 ? "3001" : "3000",
          },
        },
      ]
    : [];

/**
 * VPC endpoints lead to AWS's own services in the stack's region, and to nothing else.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
const imagesWithinReach: Rule = (view, surroundings) => {
  if (view.get("network.egress") !== "endpoints" || view.given("network.vpcId")) return [];
  return (["service.image", "service.app.image"] as const)
    .filter((name) => !withinReach(view, name, surroundings))
    .map((name) => ({
      key: name,
      expected:
        "an image in a private ECR registry of the stack's region: with network.egress endpoints the tasks reach no other",
      change: { set: "network.egress", to: "nat-single" },
    }));
};

function withinReach(
  view: View,
  name: "service.image" | "service.app.image",
  { region }: Surroundings,
): boolean {
  const image = view.get(name);
  if (image === undefined) return true;
  const found = ecrRegion(image);
  return found !== undefined && (region === undefined || found === region);
}

const tagsFit: Rule = (view) =>
  Object.keys(view.get("tags")).length > maximumTags
    ? [
        {
          key: "tags",
          expected: `at most ${maximumTags} tags: AWS takes 50 a resource, and some are set by the components`,
          change: { remove: "tags" },
        },
      ]
    : [];

/** In the order they are listed. */
export const serviceRules: readonly Rule[] = [
  fargateSize,
  clusterRegion,
  unprivilegedPort,
  portsDiffer,
  imagesWithinReach,
  tagsFit,
];
