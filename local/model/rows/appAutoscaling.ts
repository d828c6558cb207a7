/** aws.appautoscaling.Target, and what its policies and scheduled actions have in common */
import { arn, uuid } from "../ids";
import { numberAt, textAt } from "../props";
import { AccountView, Candidate, ResourceModel } from "../row";
import { InputRule, oneOf, range, when } from "../rules";
import { Refusal } from "../types";
import { isAbout } from "../../../topology/scaling";
import { token } from "../../../topology/tokens";

export const scalingApi = "https://docs.aws.amazon.com/autoscaling/application/APIReference";
const targetPage = `${scalingApi}/API_RegisterScalableTarget.html`;
const code = "ValidationException";

/** What can be scaled, by namespace: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
const dimensions: Readonly<Record<string, readonly string[]>> = {
  ecs: ["service:DesiredCount"],
  ec2: ["spot-fleet-request:TargetCapacity"],
  elasticmapreduce: ["instancegroup:InstanceCount"],
  appstream: ["fleet:DesiredCapacity"],
  dynamodb: ["table", "index"].flatMap((of) => [
    `${of}:ReadCapacityUnits`,
    `${of}:WriteCapacityUnits`,
  ]),
  rds: ["cluster:ReadReplicaCount"],
  sagemaker: [
    ...["variant:DesiredInstanceCount", "variant:DesiredProvisionedConcurrency"],
    "inference-component:DesiredCopyCount",
  ],
  "custom-resource": ["ResourceType:Property"],
  comprehend: [
    "document-classifier-endpoint:DesiredInferenceUnits",
    "entity-recognizer-endpoint:DesiredInferenceUnits",
  ],
  lambda: ["function:ProvisionedConcurrency"],
  cassandra: ["table:ReadCapacityUnits", "table:WriteCapacityUnits"],
  kafka: ["broker-storage:VolumeSize"],
  elasticache: [
    ...["cache-cluster:Nodes", "replication-group:NodeGroups", "replication-group:Replicas"],
  ],
  neptune: ["cluster:ReadReplicaCount"],
  workspaces: ["workspacespool:DesiredUserSessions"],
};

/** What names a scalable target. */
export const identified = ["serviceNamespace", "resourceId", "scalableDimension"];

/** What a target, policy or action says of what is scaled. */
export function scaled(page: string): InputRule[] {
  return [
    oneOf("serviceNamespace", Object.keys(dimensions), { code, source: page }),
    when(
      (inputs) => {
        const namespace = textAt(inputs, "serviceNamespace") ?? "";
        const dimension = textAt(inputs, "scalableDimension");
        const known = dimensions[namespace];
        if (known === undefined || dimension === undefined) return false;
        return !known.some((one) => `${namespace}:${one}` === dimension);
      },
      "scalableDimension",
      {
        code,
        source: page,
        say: "Unsupported service namespace, resource type or scalable dimension",
      },
    ),
    when(
      (inputs) => {
        const id = textAt(inputs, "resourceId");
        const ecs = textAt(inputs, "serviceNamespace") === "ecs" && id !== undefined;
        return ecs && !/^service\/[^/]+\/[^/]+$/.test(id);
      },
      "resourceId",
      {
        ...{ code, source: page },
        say: "The resource id of an ECS service is service/CLUSTER/SERVICE, with the names of both.",
      },
    ),
  ];
}

/** Both numbers, none below zero, and in order. */
export function capacity(min: string, max: string, page: string): InputRule[] {
  const says = { code, source: page };
  return [
    ...[min, max].map((path) => range(path, 0, 2_147_483_647, says)),
    when(
      (inputs) => {
        const [least, most] = [numberAt(inputs, min), numberAt(inputs, max)];
        return least !== undefined && most !== undefined && least > most;
      },
      max,
      { ...says, say: "Maximum capacity cannot be less than minimum capacity" },
    ),
  ];
}

/** A policy or action of a service that this program makes, and that nothing has registered. */
export function unregistered(
  candidate: Candidate,
  account: AccountView,
  source: string,
): Refusal[] {
  const [namespace, id, dimension] = identified.map((key) => textAt(candidate.inputs, key) ?? "");
  const registered = account
    .all(token.scalableTarget)
    .some(({ outputs }) => outputs.resourceId === id && outputs.scalableDimension === dimension);
  const scaling = { inputs: candidate.inputs, outputs: {} };
  // A service of another stack may have its target there.
  const isOurs = account.all(token.service).some((one) => one.urn !== "" && isAbout(scaling, one));
  if (registered || !isOurs) return [];
  return [
    {
      code: "ObjectNotFoundException",
      message: `No scalable target registered for service namespace: ${namespace ?? ""}, resource ID: ${id ?? ""}, scalable dimension: ${dimension ?? ""}`,
      property: "resourceId",
      source,
      waits: true,
    },
  ];
}

/** What only a new resource changes. */
export const madeWith = ["resourceId", "scalableDimension", "serviceNamespace", "region"];

export const scalableTarget: ResourceModel = {
  type: token.scalableTarget,
  required: [...identified, "minCapacity", "maxCapacity"],
  rules: [...scaled(targetPage), ...capacity("minCapacity", "maxCapacity", targetPage)],
  replaceOn: madeWith,
  outputs: ({ inputs, region, urn }, account) => {
    const id = String(inputs.resourceId);
    const suffix = uuid(urn).replaceAll("-", "");
    const namespace = String(inputs.serviceNamespace);
    const role =
      "ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService";
    return {
      id,
      arn: arn("application-autoscaling", region, account.accountId, `scalable-target/${suffix}`),
      ...(namespace === "ecs" && {
        roleArn: arn("iam", "", account.accountId, `role/aws-service-role/${role}`),
      }),
    };
  },
};
