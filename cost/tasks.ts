/** What the tasks of services cost. Pure. */
import { fargateProviders } from "../path/spot";
import { extremes, onDemandOf, tasksOf } from "../topology/scaling";
import { token } from "../topology/tokens";
import type { CostItem, Priced } from "./monthly";
import type { Prices } from "./prices";

/** AWS sets the price of Fargate Spot, and changes it: https://aws.amazon.com/fargate/pricing/ */
export function usesSpot({ type, inputs }: Priced): boolean {
  return (
    type === token.service &&
    list(inputs.capacityProviderStrategies).some(
      (part) => (part as { capacityProvider?: unknown }).capacityProvider === fargateProviders.spot,
    )
  );
}

/** True for tasks whose size is unknown, or that run on the account's own EC2 instances. */
export function isUnpricedService(resource: Priced, all: readonly Priced[]): boolean {
  return resource.type === token.service && taskSize(resource, all) === undefined;
}

/** True for a part of a capacity provider strategy that is Fargate's. */
function isFargate(part: unknown): boolean {
  const { capacityProvider } = part as { capacityProvider?: unknown };
  return Object.values(fargateProviders).some((name) => name === capacityProvider);
}

/** Size of a service's tasks on Fargate; undefined where it is unknown. */
function taskSize(service: Priced, all: readonly Priced[]) {
  const { launchType, capacityProviderStrategies: providers, taskDefinition } = service.inputs;
  const task = all.find(
    (r) =>
      r.type === token.taskDefinition &&
      taskDefinition !== undefined &&
      [r.outputs.arn, r.outputs.id].includes(taskDefinition),
  );
  const [cpu, memory] = [Number(task?.inputs.cpu), Number(task?.inputs.memory)];
  const onInstances =
    launchType === "EC2" || launchType === "EXTERNAL" || !list(providers).every(isFargate);
  if (onInstances || !Number.isFinite(cpu) || !Number.isFinite(memory)) return undefined;
  const platform = task?.inputs.runtimePlatform as { cpuArchitecture?: string } | undefined;
  const architecture = platform?.cpuArchitecture === "ARM64" ? "ARM64" : "X86_64";
  return { cpu, memory, architecture } as const;
}

/** The lines of a service's tasks, from their fewest to their most. */
export function taskItems(
  service: Priced,
  all: readonly Priced[],
  prices: Prices,
  hourly: (what: string, quantity: number, price: number) => CostItem[],
): CostItem[] {
  const size = taskSize(service, all);
  const number = tasksOf(service, (type) => all.filter((one) => one.type === type));
  if (size === undefined || number === undefined) return [];
  const network = service.inputs.networkConfiguration as { assignPublicIp?: boolean } | undefined;
  const { min, max } = extremes(number);
  const demand = { min: onDemandOf(min, number), max: onDemandOf(max, number) };
  const addresses = network?.assignPublicIp === true ? { min, max } : { min: 0, max: 0 };
  const between = (what: string, count: typeof demand, each: number, price: number): CostItem[] =>
    hourly(what, count.max * each, price).map((most) =>
      count.min === count.max
        ? most
        : {
            ...{ resource: most.resource, what, quantity: count.min * each, most },
            dollars: (most.dollars * count.min) / count.max,
          },
    );
  const { cpu, memory, architecture } = size;
  return [
    ...between("Fargate vCPU", demand, cpu / 1024, prices.vcpuHour[architecture]),
    ...between("Fargate GB", demand, memory / 1024, prices.gigabyteHour[architecture]),
    ...between("public IPv4 address of a task", addresses, 1, prices.publicIpv4Hour),
  ];
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
