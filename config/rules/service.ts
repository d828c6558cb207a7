/** The task: its size, its ports, its images, its tags. */
import { defaults } from "../../path/defaults";
import { fargateProblem, fargateSizes, nearestFargateSize } from "../../path/fargate";
import { parseCidr, resized } from "../../path/networks";
import { mostTasks } from "../../path/scaling";
import { parameterOf } from "../../path/taskDefinitions";
import { keysThatDifferInCase } from "../../path/tags";
import { roomForTasks as addressesForTasks, vpcSize } from "../../path/vpcs";
import { arnRegion, ecrRegion, sentenceList } from "../names";
import { maximumTags } from "../schema";
import { adopts, zoneCount } from "./network";
import { scalingOf } from "./scaling";
import { anotherOrNone, type SettingsChange, type SettingsRule, type RuleContext } from "./rule";

const fargateSize: SettingsRule = (view) => {
  const [cpu, memory] = [view.get("service.cpu"), view.get("service.memory")];
  const detail = fargateProblem(cpu, memory);
  if (detail === undefined) return [];
  const fit: SettingsChange = {
    set: "service.memory",
    to: String(nearestFargateSize(cpu, memory).memory),
  };
  // Where only the memory was chosen, the choice stays.
  const size = fargateSizes.find((one) => one.memory.includes(memory));
  const cpuFor: SettingsChange | undefined = size && { set: "service.cpu", to: String(size.cpu) };
  return [
    {
      key: "service.memory",
      expected: "an amount that Fargate offers with service.cpu",
      detail,
      change: view.given("service.cpu") || cpuFor === undefined ? fit : { either: [cpuFor, fit] },
    },
  ];
};

const clusterRegion: SettingsRule = (view, { region }) => {
  const arn = view.get("service.clusterArn");
  if (arn === undefined || region === undefined || arnRegion(arn) === region) return [];
  return [
    {
      key: "service.clusterArn",
      expected: `a cluster in ${region}, the stack's region (aws:region)`,
      change: anotherOrNone("service.clusterArn"),
    },
  ];
};

/** The image built from nginx/ runs as UID 101. */
const unprivilegedPort: SettingsRule = (view) =>
  view.get("service.image") === undefined && view.get("service.port") < 1024
    ? [
        {
          key: "service.port",
          expected: "1024 or higher: nginx runs without privileges in the image built here",
          change: { set: "service.port", to: String(defaults.service.port) },
        },
      ]
    : [];

type ImageChange = Extract<SettingsChange, { readonly set: unknown }>;

/**
 * VPC endpoints lead to AWS's own services in the stack's region, and to nothing else.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
const imagesWithinReach: SettingsRule = (view, surroundings) => {
  if (view.get("network.egress") !== "endpoints" || view.given("network.vpcId")) return [];
  const sidecars = Object.entries(view.get("service.sidecars"));
  const images: [ImageChange, string | undefined][] = [
    [{ set: "service.image", to: "<value>" }, view.get("service.image")],
    [{ set: "service.app.image", to: "<value>" }, view.get("service.app.image")],
    ...sidecars.map(([entry, { image }]): [ImageChange, string] => [
      { set: "service.sidecars", entry, of: "image", to: "<value>" },
      image,
    ]),
  ];
  return images
    .filter(([, image]) => !withinReach(image, surroundings))
    .map(([another]) => ({
      key: another.set,
      entry: another.entry,
      expected:
        "an image in a private ECR registry of the stack's region: with network.egress endpoints the tasks reach no other",
      change: { either: [another, { set: "network.egress", to: "nat-single" }] },
    }));
};

function withinReach(image: string | undefined, { region }: RuleContext): boolean {
  if (image === undefined || parameterOf(image) !== undefined) return true;
  const found = ecrRegion(image);
  return found !== undefined && (region === undefined || found === region);
}

/**
 * Each task has a network interface, which takes an address of its subnet.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
 */
const roomForTasks: SettingsRule = (view) => {
  if (adopts(view)) return [];
  const [cidr, zones] = [view.get("network.cidr"), zoneCount(view)];
  const room = addressesForTasks(cidr, zones) ?? Infinity;
  const scaling = scalingOf(view);
  const key =
    scaling === undefined
      ? "service.count"
      : scaling.max > room
        ? "service.scaling.max"
        : "service.scaling.schedules";
  const count = scaling === undefined ? view.get("service.count") : mostTasks(scaling);
  if (room === 0 || count <= room) return [];
  const expected =
    "no more tasks than the subnets of network.cidr have addresses for; each task takes one";
  return [
    {
      key,
      expected,
      detail: `at most ${room}: ${zones} subnets of ${cidr} have no more addresses for tasks, and each task takes one`,
      change: {
        either: [
          { set: "network.cidr", to: cidrFor(count, cidr, zones) },
          key === "service.scaling.schedules"
            ? { write: `set max of the schedules to ${room} or less` }
            : { set: key, to: String(room) },
        ],
      },
    },
  ];
};

/** The smallest larger range that has room; the largest where none has. */
function cidrFor(count: number, cidr: string, zones: number): string {
  const longest = (parseCidr(cidr)?.prefix ?? vpcSize.largest) - 1;
  for (let prefix = longest; prefix > vpcSize.largest; prefix -= 1)
    if ((addressesForTasks(`0.0.0.0/${prefix}`, zones) ?? 0) >= count) return resized(cidr, prefix);
  return resized(cidr, vpcSize.largest);
}

const tagsFit: SettingsRule = (view) => {
  const count = Object.keys(view.get("tags")).length;
  if (count <= maximumTags) return [];
  return [
    {
      key: "tags",
      expected: `at most ${maximumTags} tags: AWS takes 50 a resource, and some are set by the components`,
      change: { write: `remove ${count - maximumTags} of the ${count} tags in the stack file` },
    },
  ];
};

/** Every stack has IAM roles, and gives them its tags. */
const tagsDiffer: SettingsRule = (view) =>
  keysThatDifferInCase(Object.keys(view.get("tags"))).map((keys) => ({
    key: "tags",
    entry: keys.at(-1),
    expected: "keys that differ in more than case: IAM takes such keys of a role for one",
    detail: `only one of ${sentenceList(keys)}: IAM takes keys of a role that differ in case for one`,
    change: { either: keys.map((entry) => ({ remove: "tags", entry })) },
  }));

/** In the order they are listed. */
export const serviceRules: readonly SettingsRule[] = [
  fargateSize,
  clusterRegion,
  unprivilegedPort,
  imagesWithinReach,
  roomForTasks,
  tagsFit,
  tagsDiffer,
];
