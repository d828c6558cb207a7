/** The task: its size, its ports, its images, its tags. */
import { defaults } from "../../path/defaults";
import { fargateProblem, fargateSizes, nearestFargateSize, tmpLimit } from "../../path/fargate";
import { checkTimesProblem } from "../../path/healthChecks";
import { parseCidr, resized } from "../../path/networks";
import { keysThatDifferInCase } from "../../path/tags";
import {
  environmentList,
  kibibytesOf,
  kibibytesText,
  largestTaskDefinition,
  repeatedVariables,
} from "../../path/taskDefinitions";
import { roomForTasks as addressesForTasks, vpcSize } from "../../path/vpcs";
import { arnRegion, ecrRegion, sentenceList } from "../names";
import { maximumTags } from "../schema";
import type { View } from "../view";
import { adopts } from "./network";
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

const tmpFits: SettingsRule = (view) => {
  const [tmp, memory] = [view.get("service.tmpMiB"), view.get("service.memory")];
  const containers = view.given("service.app") ? 2 : 1;
  const most = tmpLimit(tmp, { containers, memory });
  if (most === undefined) return [];
  return [
    {
      key: "service.tmpMiB",
      expected:
        "no more than half of service.memory for all containers: /tmp is kept in memory, and the processes need the rest",
      detail: `at most ${most} for each of ${containers} containers: /tmp is kept in memory, and half of ${memory} MiB (service.memory) stays for the processes`,
      change: {
        either: [
          { set: "service.tmpMiB", to: String(most) },
          { set: "service.memory", to: "<value>" },
        ],
      },
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

/** Containers of a task share one network interface. */
const portsDiffer: SettingsRule = (view) =>
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
const imagesWithinReach: SettingsRule = (view, surroundings) => {
  if (view.get("network.egress") !== "endpoints" || view.given("network.vpcId")) return [];
  return (["service.image", "service.app.image"] as const)
    .filter((name) => !withinReach(view, name, surroundings))
    .map((name) => ({
      key: name,
      expected:
        "an image in a private ECR registry of the stack's region: with network.egress endpoints the tasks reach no other",
      change: {
        either: [
          { set: name, to: "<value>" },
          { set: "network.egress", to: "nat-single" },
        ],
      },
    }));
};

function withinReach(
  view: View,
  name: "service.image" | "service.app.image",
  { region }: RuleContext,
): boolean {
  const image = view.get(name);
  if (image === undefined) return true;
  const found = ecrRegion(image);
  return found !== undefined && (region === undefined || found === region);
}

/**
 * Each task has a network interface, which takes an address of its subnet.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
 */
const roomForTasks: SettingsRule = (view) => {
  if (adopts(view)) return [];
  const [cidr, zones] = [view.get("network.cidr"), view.get("network.availabilityZones")];
  const room = addressesForTasks(cidr, zones) ?? Infinity;
  const count = view.get("service.count");
  if (room === 0 || count <= room) return [];
  const expected =
    "no more tasks than the subnets of network.cidr have addresses for; each task takes one";
  return [
    {
      key: "service.count",
      expected,
      detail: `at most ${room}: ${zones} subnets of ${cidr} have no more addresses for tasks, and each task takes one`,
      change: {
        either: [
          { set: "network.cidr", to: cidrFor(count, cidr, zones) },
          { set: "service.count", to: String(room) },
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

/** Everything else in a task definition only makes it larger. */
const environmentFits: SettingsRule = (view) => {
  const environment = view.get("service.app.environment") ?? {};
  const size = kibibytesOf(environmentList(environment));
  if (size <= largestTaskDefinition) return [];
  const expected = `less than ${largestTaskDefinition} KiB of environment: AWS takes no larger task definition`;
  return [
    {
      key: "service.app.environment",
      expected,
      detail: `${expected}, and this is ${kibibytesText(size)} KiB`,
      change: {
        write:
          "move large values into the image or into a file that the app fetches (Amazon S3, Systems Manager)",
      },
    },
  ];
};

const checkEnds: SettingsRule = (view) => {
  const interval = view.get("service.app.healthCheck.interval");
  const timeout = view.get("service.app.healthCheck.timeout");
  const why = checkTimesProblem({ interval, timeout });
  if (why === undefined) return [];
  return [
    {
      key: "service.app.healthCheck.timeout",
      expected: "less than service.app.healthCheck.interval: a check ends before the next begins",
      detail: why,
      change: {
        either: [
          { set: "service.app.healthCheck.timeout", to: "<value>" },
          { set: "service.app.healthCheck.interval", to: "<value>" },
        ],
      },
    },
  ];
};

/** ECS refuses a name that is both. */
const variablesDiffer: SettingsRule = (view) =>
  repeatedVariables(view.get("service.app.environment"), view.get("service.app.secrets")).map(
    (entry) => ({
      key: "service.app.secrets",
      entry,
      expected: "a name that service.app.environment has not: a variable has one value",
      change: {
        either: [
          { remove: "service.app.environment", entry },
          { remove: "service.app.secrets", entry },
        ],
      },
    }),
  );

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
  tmpFits,
  clusterRegion,
  unprivilegedPort,
  portsDiffer,
  imagesWithinReach,
  roomForTasks,
  environmentFits,
  variablesDiffer,
  checkEnds,
  tagsFit,
  tagsDiffer,
];
