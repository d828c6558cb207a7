/** https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html and ecr-controls.html */
import { token } from "../../../topology/tokens";
import { bagOf, bags, parsed, type Bag } from "../bag";
import type { Props } from "../../../local/model/types";
import { each, unless, wants, type Control } from "./control";

const containers = (task: Props): readonly Bag[] => bags(parsed(task.containerDefinitions));

/** A control on every container of a task definition. */
const container = (id: string, title: string, holds: (container: Bag) => boolean): Control =>
  each(token.taskDefinition, id, title, (task) => {
    const wrong = containers(task).filter((one) => !holds(one));
    return unless(wrong.length === 0, wrong.map(({ name }) => String(name)).join(", "));
  });

/** ECS.8 looks for these names. */
const secretNames = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA"];

const publicAddress = (service: Props): boolean =>
  bagOf(service.networkConfiguration).assignPublicIp === true;

export const taskControls: readonly Control[] = [
  each(token.service, "ECS.2", "Services give tasks no public address", (service) =>
    unless(!publicAddress(service), "they have one"),
  ),
  each(token.taskDefinition, "ECS.3", "No process namespace of the host", ({ pidMode }) =>
    unless(pidMode !== "host", "pidMode host"),
  ),
  container("ECS.4", "Containers are not privileged", ({ privileged }) => privileged !== true),
  container(
    "ECS.5",
    "Root file systems are read-only",
    ({ readonlyRootFilesystem }) => readonlyRootFilesystem === true,
  ),
  container("ECS.8", "No secret in the environment", ({ environment }) =>
    bags(environment).every(({ name }) => !secretNames.includes(String(name))),
  ),
  container(
    "ECS.9",
    "Containers have a log configuration",
    ({ logConfiguration }) => bagOf(logConfiguration).logDriver !== undefined,
  ),
  each(token.service, "ECS.10", "The latest Fargate platform", ({ platformVersion }) =>
    unless([undefined, "LATEST", "1.4.0"].includes(platformVersion as undefined), "an old one"),
  ),
  each(token.cluster, "ECS.12", "Container Insights is on", ({ settings }) =>
    unless(
      bags(settings).some(
        ({ name, value }) =>
          name === "containerInsights" && ["enabled", "enhanced"].includes(String(value)),
      ),
      "it is off",
    ),
  ),
  container(
    "ECS.20",
    "Containers name a user that is not root (Linux)",
    ({ user }) => !["undefined", "", "0", "root", "0:0"].includes(String(user)),
  ),
  each(
    token.repository,
    "ECR.1",
    "Images are scanned when pushed",
    ({ imageScanningConfiguration }) =>
      unless(bagOf(imageScanningConfiguration).scanOnPush === true, "they are not"),
  ),
  each(token.repository, "ECR.2", "Tags are immutable", ({ imageTagMutability }) =>
    unless(String(imageTagMutability).startsWith("IMMUTABLE"), "a tag can be moved"),
  ),
  each(
    token.repository,
    "ECR.3",
    "Repositories have a lifecycle policy",
    wants(token.lifecyclePolicy, "none", ({ repository }, { name }) => repository === name),
  ),
];
