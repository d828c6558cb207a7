/** Pulumi's mocks, answered by the local account: no CLI and no engine needed. */
import { createRequire } from "node:module";
import type * as pulumi from "@pulumi/pulumi";
import type { Account } from "../model/account";
import { inRegion } from "../model/component";
import { AwsRefusal, OnVerdict, ResourceVerdict } from "../model/refusal";
import { callSite, childrenOf, offer, prepareMonitor, registrationOf, STACK } from "./mockMonitor";
import { positionOf, type SourcePlace } from "./traces";
import { answerOf, unknownAnswer } from "./unknownAnswer";
import { LocalResource, Position, Props, Subject, UNKNOWN } from "../model/types";
import {
  asSecret,
  holdsSecret,
  plain,
  textsIn,
  toSdkValue,
  UNKNOWN_ON_THE_WIRE,
} from "./wireValues";

/** What happens while resources are registered, and what is known of other stacks. */
export interface MockEvents {
  /** Called for every resource and component that the program made. */
  onResource?(resource: LocalResource): void;
  /** Called for every refusal that the program sees as a failed registration. */
  onRefusal?(refusal: AwsRefusal): void;
  /**
   * Takes what AWS refuses; the program goes on as if AWS had accepted it.
   * @default registrations that AWS refuses fail
   */
  onVerdict?: OnVerdict;
  /** Called for every text that a resource of the program holds as a secret. */
  onSecret?(value: string, urn: string): void;
  /** Folder of the program, which positions are relative to. @default no positions */
  readonly folder?: string;
  /** Outputs of stacks that the program refers to, by the name it refers to them with. */
  readonly stackOutputs?: ReadonlyMap<string, Props>;
  /** True: outputs of other stacks are unknown. @default a reference to one fails */
  readonly unknownStacks?: boolean;
}

export const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/**
 * Mocks for `pulumi.runtime.setMocks`. A refusal fails the registration with an error that names the
 * resource and everything AWS would refuse about it.
 *
 * @param moduleFile file whose `@pulumi/pulumi` the program uses. @default hopwise's own
 */
export function mocksFor(
  account: Account,
  events: MockEvents = {},
  moduleFile: string = __filename,
): pulumi.runtime.Mocks {
  prepareMonitor(moduleFile);
  const load = createRequire(moduleFile);
  const reported = new Set<string>();
  const offered = new Set<string>();
  const mocks: pulumi.runtime.Mocks = {
    newResource(args) {
      const { type, name } = args;
      const registration = registrationOf(mocks, type, name);
      const { urn, parent, secretOutputs, propertyDependencies } = registration;
      if (type === STACK) return { id: "", state: {} };
      const given = plain(registration.sent ?? args.inputs) as Props;
      // Before anything can be refused: a refusal's message may quote an input.
      for (const text of registration.secrets) events.onSecret?.(text, urn);
      if (type === STACK_REFERENCE) {
        const about = { type, name, urn, position: placed(registration.place, events) };
        return stackReference(
          typeof given.name === "string" ? given.name : name,
          events,
          about,
          account,
        );
      }
      const inputs = inRegion(regionOfProvider(account, args.provider), type, given);
      const position =
        placed(registration.place, events) ??
        account.resources.find((resource) => resource.urn === parent)?.position;
      if (registration.read) return read(account, type, args.id ?? "", inputs);
      const custom = args.custom !== false;
      const asked = {
        ...{ type, name, urn, parent, inputs, custom, position },
        remote: registration.remote,
        region: regionOfProvider(account, registration.providers.aws),
        dependencies: propertyDependencies,
        dependsOn: registration.dependencies,
        ignoreChanges: registration.ignoreChanges,
        protect: registration.protect,
        onVerdict: events.onVerdict,
      };
      const answer = ({ id, outputs }: { id: string; outputs: Props }) => {
        const made = account.resources.filter((r) => !reported.has(r.urn));
        for (const resource of made) {
          reported.add(resource.urn);
          events.onResource?.(resource);
        }
        for (const child of offer(
          mocks,
          made.filter((resource) => resource.urn !== urn),
          load,
        ))
          offered.add(child);
        const refers = (of: string): boolean => offered.has(of);
        const secret = (key: string): boolean =>
          secretOutputs.includes(key) || holdsSecret((args.inputs as Props)[key]);
        for (const text of secretOutputs.flatMap((key) => textsIn(outputs[key]))) {
          events.onSecret?.(text, urn);
        }
        const state = Object.entries(outputs).map(([key, value]) =>
          secret(key)
            ? [key, asSecret(toSdkValue(value, refers))]
            : [key, toSdkValue(value, refers)],
        );
        // Of what no model knows the id is not known either; a provider's is part of references to it.
        const known = !account.unmodelled.has(type) || type.startsWith("pulumi:");
        return { id: known ? id : "", state: Object.fromEntries(state) as Props };
      };
      const change = childrenOf(mocks, urn);
      if (change && registration.remote && account.componentOf(type))
        return account.createTransformed(asked, change).then(answer);
      return answer(refusable(events, () => account.create(asked)));
    },
    call({ token, inputs, provider }) {
      const region = regionOfProvider(account, provider);
      const args = inRegion(region, token, plain(inputs) as Props);
      const position = placed(callSite(), events);
      const onVerdict =
        events.onVerdict &&
        ((verdict: ResourceVerdict) => events.onVerdict?.({ ...verdict, position }));
      const answer = refusable(events, () =>
        account.tryInvoke(token, args, { position, onVerdict }),
      );
      return answer === UNKNOWN ? unknownAnswer(token, args) : answerOf(answer);
    },
  };
  return mocks;
}

function placed(place: SourcePlace | undefined, { folder }: MockEvents): Position | undefined {
  return place && folder !== undefined ? positionOf(place, folder) : undefined;
}

function refusable<T>(events: MockEvents, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof AwsRefusal) events.onRefusal?.(error);
    throw error;
  }
}

/** Region of a provider of the program's, by the reference to it. */
function regionOfProvider(account: Account, reference: string | undefined): string | undefined {
  const region = account.resources.find(
    (r) => r.type === "pulumi:providers:aws" && reference?.startsWith(`${r.urn}::`) === true,
  )?.inputs.region;
  return typeof region === "string" ? region : undefined;
}

/** Something that the program reads by id: its own, or one that is taken to exist. */
function read(account: Account, type: string, id: string, inputs: Props) {
  // Nobody knows which one it is: several can be read by an id that is not known.
  if (plain(id) === UNKNOWN) return { id, state: inputs };
  const found = account.lookup(type, id) ?? account.adopt(type, id);
  return { id, state: { ...inputs, ...found.outputs } };
}

/** @throws AwsRefusal for a stack whose outputs are not known: no value can replace them */
function stackReference(name: string, events: MockEvents, about: Subject, account: Account) {
  const outputs = events.stackOutputs?.get(name);
  if (outputs) return { id: name, state: { name, outputs, secretOutputNames: [] } };
  if (events.unknownStacks === true) {
    account.addUnanswered({ ...about, name });
    const unknown = UNKNOWN_ON_THE_WIRE;
    return { id: name, state: { name, outputs: unknown, secretOutputNames: unknown } };
  }
  const refusal = new AwsRefusal(`The program reads the outputs of another stack, '${name}':`, [
    {
      code: "StackNotKnown",
      message:
        "Nothing but that stack's own backend knows them. " +
        `Run: pulumi stack output --json --stack ${name} > outputs.json, ` +
        `and add: --stack-outputs ${name}=outputs.json`,
    },
  ]);
  events.onVerdict?.({ ...about, refusal, notChecked: [] });
  events.onRefusal?.(refusal);
  throw refusal;
}
