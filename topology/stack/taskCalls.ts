/** What ECS fetches and opens for a task before its containers start. */
import { block, blocks, text } from "../props";
import type { Props } from "../resource";

/** Something that a task needs before it starts. */
export interface TaskCall {
  /** `pulls nginx:1.27`, `reads the secret TOKEN`. */
  readonly does: string;
  /**
   * Ends of the names of the VPC endpoints that it can take, e.g. `ecr.dkr`. None: it is on the
   * internet.
   */
  readonly endpoints: readonly string[];
}

const ecr = /^\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//;

/** Registries on the internet. Any other may be in the VPC. */
const publicRegistries = [
  ...["docker.io", "index.docker.io", "registry-1.docker.io", "public.ecr.aws", "ghcr.io"],
  ...["quay.io", "gcr.io", "mcr.microsoft.com", "registry.k8s.io", "registry.gitlab.com"],
];

/**
 * The calls of the containers of a task definition; of an image of a registry that is not known to be
 * on the internet there is none.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export function callsOf(containers: readonly Props[]): TaskCall[] {
  const calls = containers.flatMap((container) => [
    ...imageCalls(text(container, "image") ?? ""),
    ...blocks(container, "secrets").flatMap((secret) => secretCalls(secret)),
    ...logCalls(block(container, "logConfiguration") ?? {}),
  ]);
  return [...new Map(calls.map((call) => [call.does, call])).values()];
}

function imageCalls(image: string): TaskCall[] {
  const does = `pull the image ${image}`;
  if (ecr.test(image)) return [{ does, endpoints: ["ecr.api", "ecr.dkr", "s3"] }];
  const [host = "", ...rest] = image.split("/");
  // A name without a registry is Docker Hub's.
  const named = rest.length > 0 && (/[.:]/.test(host) || host === "localhost");
  const onInternet =
    image !== "" && (!named || publicRegistries.includes(host) || host.endsWith("-docker.pkg.dev"));
  return onInternet ? [{ does, endpoints: [] }] : [];
}

function secretCalls(secret: Props): TaskCall[] {
  const [name = "", from = ""] = [text(secret, "name"), text(secret, "valueFrom")];
  const store = from.includes(":secretsmanager:") ? "secretsmanager" : "ssm";
  return from === "" ? [] : [{ does: `read the secret ${name}`, endpoints: [store] }];
}

function logCalls(logs: Props): TaskCall[] {
  return text(logs, "logDriver") === "awslogs"
    ? [{ does: "write to CloudWatch Logs", endpoints: ["logs"] }]
    : [];
}
