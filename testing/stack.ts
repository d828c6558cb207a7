/** The kit's stack: what is known of an evaluated program, without its secrets. */
import { peerLabel } from "../cli/plan/openings";
import { propertiesWithoutSecrets, withoutSecrets } from "../cli/plan/secrets";
import type { Plan } from "../cli/plan/types";
import { containerPorts } from "../topology/stack/direct";
import { NotKnown } from "../topology/stack/unknown";
import { token } from "../topology/tokens";
import { answerIn, statusOf } from "./answer";
import { snapshotOf } from "./snapshot";
import type { ContainerAccess, Refusal, Resource, Stack, StackFinding, StackPath } from "./types";
import { type View } from "./view";

export function testedStack(view: View, serve: Stack["serve"]): Stack {
  const { plan, evaluation } = view;
  const resources = resourcesOf(view);
  const paths = plan.paths.map(pathOf);
  const findings = findingsOf(plan);
  return {
    ...{ project: plan.project, stack: plan.stack, verdict: plan.verdict, complete: plan.complete },
    ...{ resources, findings, paths, assumed: plan.assumed },
    outputs: propertiesWithoutSecrets(evaluation.outputs, evaluation.secrets),
    refusals: refusalsOf(plan),
    containers: withoutSecrets(containersOf(view), evaluation.secrets),
    resource: (name, type) => resourceNamed(resources, name, type),
    answer: (url, options) => answerIn(view, url, options),
    snapshot: () => snapshotOf(paths, findings),
    serve,
  };
}

/** Those that findings explain, and the others. */
export function refusalsOf({ findings, refusals }: Plan): Refusal[] {
  const explained = findings.flatMap(({ refused, resource }) =>
    refused ? [{ ...refused, ...(resource && { resource }) }] : [],
  );
  return [...explained, ...refusals];
}

export function findingsOf({ findings }: Plan): StackFinding[] {
  return findings.map(
    ({ code, severity, access, message, change, source, resource, paths }): StackFinding => ({
      ...{ code, severity, message, change, source, paths },
      ...(access && { access }),
      ...(resource && { resource }),
    }),
  );
}

function resourcesOf({ evaluation }: View): Resource[] {
  const { resources, secrets, secretsOf } = evaluation;
  return resources.map(({ urn, type, name, parent, id, inputs, outputs, position }) => {
    const shown = <T>(bag: T): T => propertiesWithoutSecrets(bag, secrets, secretsOf?.get(urn));
    return {
      ...{ urn, type, name, id, inputs: shown(inputs), outputs: shown(outputs) },
      ...(parent !== undefined && { parent }),
      ...(position && { position }),
    };
  });
}

function resourceNamed(resources: readonly Resource[], name: string, type?: string): Resource {
  const named = resources.filter((one) => one.name === name);
  const found = named.filter(
    (one) => type === undefined || one.type === type || one.type.endsWith(`:${type}`),
  );
  const [first, second] = found;
  if (first && second === undefined) return first;
  const list = (all: readonly Resource[]) => all.map((one) => one.type).join(", ");
  if (first) throw new Error(`Several resources are called ${name}: ${list(found)}. Add the type.`);
  const others = named.length === 0 ? "" : ` There is ${list(named)}.`;
  throw new Error(`No resource ${[type, name].filter(Boolean).join(" ")}.${others}`);
}

function pathOf({ title, hops, requests, unknown }: Plan["paths"][number]): StackPath {
  return {
    title,
    hops,
    requests: requests.map((request) => ({
      ...{ title: request.title, kind: request.kind, protocol: request.protocol },
      ...{ status: statusOf(request), why: request.why },
    })),
    ...(unknown && { unknown }),
  };
}

function containersOf({ stack, names }: View): ContainerAccess[] {
  const lists = stack.prefixLists ?? new Map<string, 4 | 6>();
  return stack.of(token.service).flatMap((service): ContainerAccess[] => {
    const { name } = service;
    const ports = whereKnown(() => containerPorts(stack, service));
    if (ports === undefined) return [{ service: name }];
    return ports.map(({ container, port, isPublic, admitted }) => ({
      ...{ service: name, container, port },
      ...(admitted?.unknown === undefined &&
        admitted && {
          who: [...new Set(admitted.peers.map((peer) => peerLabel(peer, lists, names).who))],
        }),
      ...(isPublic !== undefined && { publicAddress: isPublic }),
    }));
  });
}

function whereKnown<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotKnown) return undefined;
    throw error;
  }
}
