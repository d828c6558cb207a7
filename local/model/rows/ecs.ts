/** aws.ecs.Cluster and aws.ecs.TaskDefinition; services are in `ecsService.ts`. */
import { arn } from "../ids";
import { ResourceModel } from "../row";
import { notePushed } from "./ecr";
import { definedContainers } from "./ecsContainers";
import { taskRules } from "./ecsTaskRules";
import { allValuesAt, textAt } from "../props";
import { matchesPattern, oneOf, when } from "../rules";
import { token } from "../../../topology/tokens";

const api = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";

/** Where a cluster says how commands in its containers are encrypted and logged. */
const exec = "configuration.executeCommandConfiguration";

export const cluster: ResourceModel = {
  type: token.cluster,
  autoName: { property: "name", maxLength: 255 },
  rules: [
    matchesPattern(
      "name",
      /^[A-Za-z0-9_-]{1,255}$/,
      "made of letters, digits, hyphens and underscores",
      {
        code: "InvalidParameterException",
        source: `${api}/API_CreateCluster.html`,
      },
    ),
    oneOf(`${exec}.logging`, ["NONE", "DEFAULT", "OVERRIDE"], {
      code: "InvalidParameterException",
      source: `${api}/API_ExecuteCommandConfiguration.html`,
    }),
    when(
      (inputs) =>
        textAt(inputs, `${exec}.logging`) === "OVERRIDE" &&
        allValuesAt(inputs, `${exec}.logConfiguration`)[0]?.value === undefined,
      `${exec}.logConfiguration`,
      {
        code: "InvalidParameterException",
        say: "With the logging OVERRIDE a logConfiguration must be provided.",
        source: `${api}/API_ExecuteCommandConfiguration.html`,
      },
    ),
  ],
  replaceOn: ["name", "region"],
  outputs: (candidate, account) => {
    const id = arn(
      "ecs",
      candidate.region,
      account.accountId,
      `cluster/${String(candidate.inputs.name)}`,
    );
    return { id, arn: id };
  },
  inUse: (resource, account) => {
    const held = account
      .all(token.service)
      .some((s) => [resource.id, resource.outputs.name].includes(s.outputs.cluster));
    if (!held) return [];
    return [
      {
        code: "ClusterContainsServicesException",
        message: "The Cluster cannot be deleted while Services are active.",
        source: `${api}/API_DeleteCluster.html`,
      },
    ];
  },
  outside: {
    id: /^(arn:aws[\w-]*:ecs:[a-z0-9-]+:\d{12}:cluster\/)?[A-Za-z0-9_-]{1,255}$/,
    outputs: (id, account) => {
      const name = id.split("/").pop() ?? id;
      const own = arn("ecs", account.region, account.accountId, `cluster/${name}`);
      return id.startsWith("arn:")
        ? { arn: id, name, region: id.split(":")[3] }
        : { arn: own, name };
    },
  },
};

export const taskDefinition: ResourceModel = {
  type: token.taskDefinition,
  required: ["family", "containerDefinitions"],
  defaults: () => ({ skipDestroy: false, trackLatest: false }),
  rules: taskRules,
  references: ["executionRoleArn", "taskRoleArn"].map((property) => ({
    property,
    type: token.role,
    code: "ClientException",
    sameRegion: false,
    message: (id: string) => `Role is not valid: ${id}`,
  })),
  replaceOn: [
    "family",
    "containerDefinitions",
    "cpu",
    "memory",
    "networkMode",
    "executionRoleArn",
    "taskRoleArn",
    "requiresCompatibilities",
    "runtimePlatform",
    "volumes",
    "ephemeralStorage",
    "ipcMode",
    "pidMode",
    "placementConstraints",
    "proxyConfiguration",
    "enableFaultInjection",
    "region",
  ],
  outputs: (candidate, account) => {
    const family = String(candidate.inputs.family);
    const revision = account.next(`${candidate.region}/${family}`);
    const base = arn("ecs", candidate.region, account.accountId, `task-definition/${family}`);
    // The provider's id is the family, which all revisions share; here each needs a different one.
    const id = `${base}:${revision}`;
    return { id, arn: id, arnWithoutRevision: base, revision };
  },
  effect: ({ outputs }, account) => {
    for (const container of definedContainers(outputs)) {
      const image = textAt(container, "image");
      if (image !== undefined) notePushed(account, image);
    }
  },
  outside: {
    id: /^(arn:aws[\w-]*:ecs:[a-z0-9-]+:\d{12}:task-definition\/)?[A-Za-z0-9_-]+(:\d+)?$/,
    outputs: (id) => (id.startsWith("arn:") ? { arn: id, region: id.split(":")[3] } : {}),
  },
};
