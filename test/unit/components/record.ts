/** One recorder for the component tests: builds components on the local AWS and hands back what they made. */
import * as pulumi from "@pulumi/pulumi";
import { Account, mocksFor } from "../../../local/model";
import { cheapTraces } from "../../../local/program/traces";
import type { LocalResource, Props } from "../../../local/model/types";
import type { PlacementArgs, ServiceArgs } from "../../../components";
import { prefixListNames } from "../../../path/cloudfront";

/** What a program made, by type and name. */
export class Recording {
  constructor(
    readonly resources: readonly LocalResource[],
    /** Inputs as they were sent, with Pulumi's marks of secrets. */
    readonly sent: readonly Props[],
    /** What the program printed; without an engine Pulumi logs to the console. */
    readonly logs: readonly string[],
  ) {}

  /** Resources whose type ends so, e.g. `TargetGroup`. */
  all(type: string): LocalResource[] {
    return this.resources.filter((r) => r.type.endsWith(`:${type}`));
  }

  /** The only resource of that type. */
  one(type: string): LocalResource {
    const found = this.all(type);
    const [first] = found;
    if (first === undefined || found.length > 1) {
      const names = found.map((r) => r.name).join(", ");
      throw new Error(`expected one ${type}, found ${found.length}: ${names}`);
    }
    return first;
  }

  /** The resource of that type and logical name. */
  named(type: string, name: string): LocalResource {
    const found = this.all(type).find((r) => r.name === name);
    if (found === undefined) {
      const names = this.all(type).map((r) => r.name);
      throw new Error(`no ${type} ${name}; there are ${names.join(", ")}`);
    }
    return found;
  }

  /** `type name parentType` of everything, sorted: what a rename would change. */
  get tree(): string[] {
    const typeOf = (urn: string | undefined) => urn?.split("::")[2]?.split("$").pop() ?? "-";
    return this.resources.map((r) => `${r.type} ${r.name} ${typeOf(r.parent)}`).sort();
  }

  /** The containers of the task definition. */
  get containers(): Props[] {
    const { containerDefinitions } = this.one("TaskDefinition").inputs;
    return JSON.parse(containerDefinitions as string) as Props[];
  }

  /** Environment of a container, as a map. */
  environment(container: string): Record<string, string> {
    const found = this.containers.find((c) => c.name === container);
    const entries = (found?.environment ?? []) as { name: string; value: string }[];
    return Object.fromEntries(entries.map(({ name, value }) => [name, value]));
  }
}

/** Builds what `program` says on a fresh local AWS account and waits until all of it is there. */
export async function record(
  program: () => unknown,
  account: Account = new Account(),
): Promise<Recording> {
  const sent: Props[] = [];
  let refuse: (error: Error) => void = () => undefined;
  // A refused registration never ends: without this a test would wait for its timeout.
  const refusal = new Promise<never>((_, reject) => (refuse = reject));
  refusal.catch(() => undefined);
  const mocks = mocksFor(account, { onRefusal: refuse });
  const create = mocks.newResource.bind(mocks);
  mocks.newResource = (args) => {
    sent.push(args.inputs as Props);
    return create(args);
  };
  await pulumi.runtime.setMocks(mocks, "hopwise", "test", false);
  const logs: string[] = [];
  const restore = captureConsole(logs);
  try {
    await cheapTraces(async () => {
      program();
      await Promise.race([pulumi.runtime.disconnect(), refusal]);
    });
  } finally {
    restore();
  }
  return new Recording(account.resources, sent, logs);
}

/** True for what JSON tells apart from every other value. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "function";
  const prototype: unknown = Object.getPrototypeOf(value);
  const known = prototype === Object.prototype || prototype === Array.prototype;
  return known && Object.values(value).every(isPlain);
}

const recordings = new Map<string, Promise<Recording>>();

/**
 * What a component named `web` makes by itself. Equal arguments share one recording, which is not
 * to be changed.
 * @param region the account's
 */
export function recorded<Args>(
  Component: new (name: string, args: Args) => unknown,
  args: Args,
  region?: string,
): Promise<Recording> {
  const make = () => record(() => new Component("web", args), new Account({ region }));
  if (!isPlain(args)) return make();
  const key = `${Component.name} ${region ?? ""} ${JSON.stringify(args)}`;
  const recording = recordings.get(key) ?? make();
  recordings.set(key, recording);
  return recording;
}

/** Sends what is printed to `lines` until the returned function is called. */
function captureConsole(lines: string[]): () => void {
  const { log, warn } = console;
  console.log = console.warn = (line: unknown) => lines.push(String(line));
  return () => Object.assign(console, { log, warn });
}

/** An existing VPC, as a program would hand it over. */
export const placement: PlacementArgs = {
  vpcId: "vpc-0123456789abcdef0",
  vpcCidr: "10.0.0.0/16",
  loadBalancerSubnetIds: ["subnet-0aaaaaaaaaaaaaaa0", "subnet-0aaaaaaaaaaaaaaa1"],
  taskSubnetIds: ["subnet-0bbbbbbbbbbbbbbb0", "subnet-0bbbbbbbbbbbbbbb1"],
};

export const service: ServiceArgs = {
  image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/web@sha256:" + "0".repeat(64),
};

/** The name that viewers call, in a zone of Route 53. */
export const domain = { name: "app.example.com", zoneName: "example.com" };

/**
 * Every rule as one line, `group direction protocol port from|to peer`, sorted: two lists are
 * equal only if nothing is open that should not be.
 */
export function rulesOf(made: Recording): string[] {
  const groups = new Map(made.all("SecurityGroup").map((g) => [g.id, g.name]));
  const nameOf = (id: unknown) => groups.get(String(id)) ?? String(id);
  const describe = (direction: "ingress" | "egress") => (rule: LocalResource) => {
    const { inputs } = rule;
    const ports =
      inputs.fromPort === inputs.toPort
        ? String(inputs.fromPort)
        : `${String(inputs.fromPort)}-${String(inputs.toPort)}`;
    const peers = [
      ...(inputs.cidrIpv4 === undefined ? [] : [inputs.cidrIpv4 as string]),
      ...(inputs.cidrIpv6 === undefined ? [] : [inputs.cidrIpv6 as string]),
      ...(inputs.prefixListId === undefined ? [] : [`list ${prefixListName(inputs.prefixListId)}`]),
      ...(inputs.referencedSecurityGroupId === undefined
        ? []
        : [`group ${nameOf(inputs.referencedSecurityGroupId)}`]),
    ];
    const preposition = direction === "ingress" ? "from" : "to";
    return `${nameOf(inputs.securityGroupId)} ${direction} ${String(inputs.ipProtocol)} ${ports} ${preposition} ${peers.join(" and ")}`;
  };
  return [
    ...made.all("SecurityGroupIngressRule").map(describe("ingress")),
    ...made.all("SecurityGroupEgressRule").map(describe("egress")),
  ].sort();
}

/** The name of one of CloudFront's lists by its id in the local account; any other id as it is. */
function prefixListName(id: unknown): string {
  const known = Object.values(prefixListNames).find(
    (name) =>
      new Account().invoke("aws:ec2/getManagedPrefixList:getManagedPrefixList", { name }).id === id,
  );
  return known ?? String(id);
}

/** The value that AWS made for the secret header. */
export function secretOf(made: Recording): string {
  return String(made.one("RandomPassword").outputs.result);
}

/** Key and value by which Pulumi marks a secret on the wire. */
const signatureKey = "4dabf18193072939515e22adb298388d";

/** Every place in what the program sent where the text stands outside of a secret. */
export function plainPlaces(made: Recording, text: string): string[] {
  const search = (value: unknown, path: string): string[] => {
    if (typeof value === "string") return value.includes(text) ? [path] : [];
    if (typeof value !== "object" || value === null) return [];
    if (signatureKey in value) return [];
    return Object.entries(value).flatMap(([key, inner]) => search(inner, `${path}.${key}`));
  };
  return made.sent.flatMap((inputs, index) => search(inputs, `registration ${index}`));
}
