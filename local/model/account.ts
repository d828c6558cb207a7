/**
 * An AWS account in memory. The account does what all resource types have in common; what differs
 * between types is in their rows (`rows/`).
 */
import { LocalResource, Props, Refusal, Subject, UNKNOWN } from "./types";
import { createCandidate, placeholderOutputs } from "./candidate";
import { withoutAbsent } from "./inputs";
import type { CreateArgs } from "./createArgs";
import { RefusalTaint, Unchecked } from "./refusalTaint";
import { callFunction, invoke } from "./functions";
import { createComponent, runToEnd } from "./component";
import { Inventory } from "./inventory";
import { plainOutputs } from "./plain";
import { judgeCreation, updateRefusals } from "./judge";
import { WaitingRefusals } from "./waitingRefusals";
import { AwsRefusal } from "./refusal";
import { components, rows } from "./rows";
import type { ComponentRow } from "./rows/awsx";
import { keepUnknown, withPlaceholderNames } from "./unknownReads";
import { canonicalType } from "../../topology/tokens";

export interface AccountOptions {
  /** Region of resources that do not name one. @default "us-east-1" */
  readonly region?: string;
  /** @default "123456789012" */
  readonly accountId?: string;
  /**
   * Values of what was made elsewhere that only AWS knows, such as the range of a VPC: assumed, so
   * that a deployment has some, or not known. @default "assumed"
   */
  readonly elsewhere?: "assumed" | "unknown";
  /** The seven characters that end an automatic name. @default drawn from the resource's URN */
  readonly suffix?: () => string;
}

export class Account extends Inventory {
  private readonly suffix?: () => string;
  private readonly withoutRow = new Set<string>();
  private readonly unansweredCalls: Subject[] = [];
  private readonly waiting = new WaitingRefusals();
  private readonly taint = new RefusalTaint();

  constructor(options: AccountOptions = {}) {
    const { region = "us-east-1", accountId = "123456789012", elsewhere } = options;
    super(region, accountId, elsewhere === "unknown");
    this.suffix = options.suffix;
  }

  /** Types without a row, whose resources are accepted as declared. */
  get unmodelled(): ReadonlySet<string> {
    return this.withoutRow;
  }

  /** Calls of provider functions that `tryInvoke` could not answer, unknown stacks, and {@link APPLY}. */
  get unanswered(): readonly Subject[] {
    return this.unansweredCalls;
  }

  /** Records a question of the program that the local AWS cannot answer. */
  addUnanswered(subject: Subject): void {
    this.unansweredCalls.push(subject);
  }

  /** Creates a resource. @throws AwsRefusal with everything that AWS would refuse. */
  create(args: CreateArgs): { id: string; outputs: Props } {
    const { name, urn, parent, inputs, position, dependencies, dependsOn, ignoreChanges, protect } =
      args;
    const type = canonicalType(args.type);
    const component = args.remote === false ? undefined : this.componentOf(type);
    if (component) return { id: "", outputs: runToEnd(createComponent(component, args, this)) };
    const row = rows.get(type);
    if (!row) return this.echo(args);
    const generation = this.next(urn);

    const draft = createCandidate(
      row,
      { type, name, urn, inputs, generation, suffix: this.suffix },
      this,
    );
    const { candidate } = draft;
    const { fromInputs, outcome, check } = judgeCreation(row, inputs, draft, this, this.taint);
    const { refusals, notChecked } = outcome;
    const refused = refusals.length > 0;
    const what = `AWS refuses to create ${type} '${name}' (${urn}):`;
    if (refused) this.reject(args, new AwsRefusal(what, refusals), notChecked);
    else if (notChecked.length > 0) args.onVerdict?.({ type, name, urn, position, notChecked });

    const sound = fromInputs.length === 0 && !refused;
    const { id, ...computed } = keepUnknown(
      sound
        ? row.outputs(withPlaceholderNames(candidate), this)
        : placeholderOutputs(row, withPlaceholderNames(candidate), this),
      candidate.inputs,
    );
    const outputs = withoutAbsent({ ...candidate.inputs, ...computed });
    const resource: LocalResource = {
      urn,
      type,
      name,
      parent,
      id,
      inputs,
      outputs,
      position,
      ...(dependencies && { dependencies }),
      ...(dependsOn && { dependsOn }),
      ...(ignoreChanges && { ignoreChanges }),
      ...(protect && { protect }),
      ...(refused && { refused }),
    };
    this.keep(resource);
    if (refused) attempt(() => row.effect?.(resource, this));
    else row.effect?.(resource, this);
    if (refusals.some(({ waits }) => waits))
      this.waiting.add({ urn, check: () => check(id), refusals });
    const named = refusals.map(({ property }) => property);
    this.taint.add(resource, refused ? urn : undefined, named, computed, (text) =>
      this.owner(text),
    );
    return { id, outputs: refused ? outputs : (this.get(type, id)?.outputs ?? outputs) };
  }

  /**
   * The same, where something changes each resource of a component before it is created.
   * @throws AwsRefusal
   */
  async createTransformed(
    args: CreateArgs,
    change: (args: CreateArgs) => Promise<CreateArgs>,
  ): Promise<{ id: string; outputs: Props }> {
    const component = args.remote === false ? undefined : this.componentOf(args.type);
    if (!component) return this.create(args);
    const creation = createComponent(component, args, this);
    let step = creation.next();
    while (step.done !== true) step = creation.next(await change(step.value));
    return { id: "", outputs: step.value };
  }

  /** What makes the resources of a component of this type. */
  componentOf(type: string): ComponentRow | undefined {
    return components.get(type);
  }

  /** Notes the type of a resource that exists, or that Pulumi previews, if no model knows it. */
  accept({ type, name, urn, id, inputs }: LocalResource): void {
    const known = canonicalType(type);
    if (id === "" || rows.has(known)) return;
    if (!plainOutputs({ type: known, name, urn, inputs }, 1, this)) this.withoutRow.add(known);
  }

  /** Hands a refusal to `onVerdict`. @throws AwsRefusal where the caller gave none */
  reject(args: CreateArgs, refusal: AwsRefusal, notChecked: readonly Unchecked[] = []): void {
    const { type, name, urn, position, onVerdict } = args;
    if (!onVerdict) throw refusal;
    if (components.has(type)) this.taint.addMissing(urn);
    onVerdict({ type, name, urn, position, refusal, notChecked });
  }

  /**
   * Refusals that no longer hold, because what was missing was created later, by the URN of the
   * resource. A resource without any other refusal then counts as accepted.
   */
  recheck(): ReadonlyMap<string, readonly Refusal[]> {
    const { gone, accepted } = this.waiting.recheck();
    for (const urn of accepted) {
      const found = this.resources.find((resource) => resource.urn === urn);
      if (!found) continue;
      const { refused, ...resource } = found;
      if (refused === true) this.keep(resource);
    }
    return gone;
  }

  /** Changes a resource in place and returns its outputs. @throws AwsRefusal */
  update(type: string, id: string, inputs: Props): Props {
    const resource = this.get(type, id);
    if (!resource) throw this.notFound(type, id);
    const row = rows.get(type);
    if (!row) {
      const outputs = { ...resource.outputs, ...inputs };
      this.keep({ ...resource, inputs, outputs });
      return outputs;
    }
    const { name, urn } = resource;
    const generation = this.countOf(urn) ?? 1;
    const draft = createCandidate(row, { type, name, urn, inputs, generation, resource }, this);
    const refusals = updateRefusals(row, resource, inputs, draft.candidate, this);
    this.refuse(`AWS refuses to update ${type} '${name}' (${urn}):`, refusals);
    const computed = row.outputs(draft.candidate, this);
    const kept = Object.entries(resource.outputs).filter(([key]) => !(key in resource.inputs));
    const fresh = Object.entries(computed).filter(([key]) => row.recomputed?.includes(key));
    const outputs = withoutAbsent({
      ...Object.fromEntries(kept),
      ...draft.candidate.inputs,
      ...Object.fromEntries(fresh),
    });
    const updated = { ...resource, inputs, outputs };
    this.keep(updated);
    row.effect?.(updated, this);
    row.changed?.(resource, updated, this);
    return this.get(type, id)?.outputs ?? outputs;
  }

  /** Deletes a resource; one that is gone already is no error. @throws AwsRefusal while in use. */
  delete(type: string, id: string): void {
    const resource = this.get(type, id);
    if (!resource) return;
    const what = `AWS refuses to delete ${type} '${resource.name}' (${resource.urn}):`;
    this.refuse(what, rows.get(type)?.inUse?.(resource, this) ?? []);
    this.remove(type, id);
  }

  /** A live resource as AWS would describe it. */
  read(type: string, id: string): { inputs: Props; outputs: Props } | undefined {
    const resource = this.get(type, id);
    return resource && { inputs: resource.inputs, outputs: resource.outputs };
  }

  /** Calls a provider function. @throws AwsRefusal when AWS finds nothing or the function is unknown. */
  invoke(token: string, args: Props): Props {
    return invoke(this, token, args);
  }

  /**
   * Calls a provider function. {@link UNKNOWN} is what the local AWS cannot answer, and what AWS
   * refuses where `onVerdict` takes the refusal.
   */
  tryInvoke(
    token: string,
    args: Props,
    { position, onVerdict }: Pick<CreateArgs, "position" | "onVerdict"> = {},
  ): Props | typeof UNKNOWN {
    try {
      const answer = callFunction(this, canonicalType(token), args);
      if (answer === UNKNOWN) this.addUnanswered({ type: token, ...(position && { position }) });
      return answer;
    } catch (error) {
      if (!(error instanceof AwsRefusal) || !onVerdict) throw error;
      onVerdict({ type: token, position, refusal: error, notChecked: [] });
      this.taint.addMissing(token, { id: args.id });
      return UNKNOWN;
    }
  }

  /** A refusal that left the program without a value, if there was one. */
  get causeOfMissing(): string | undefined {
    return this.taint.causeOfMissing;
  }

  /** Keeps a component's record; it has no id, so its URN tells it apart. */
  keepComponent(resource: LocalResource): void {
    this.keep(resource);
  }

  /** Keeps a component, or a resource of a type without a row, as it was declared. */
  private echo(args: CreateArgs): { id: string; outputs: Props } {
    const { name, urn, parent, inputs, custom, remote, position, dependencies, dependsOn } = args;
    const type = canonicalType(args.type);
    const count = custom === false ? 0 : this.next(urn);
    const plain = plainOutputs({ type, name, urn, inputs }, count, this);
    if ((custom !== false || remote === true) && !plain) this.withoutRow.add(type);
    const placeholder = count === 1 ? name : `${name}-${count}`;
    const { id, ...computed } = plain ?? { id: custom === false ? "" : placeholder };
    const outputs = keepUnknown({ ...inputs, ...computed }, inputs);
    this.keep({
      ...{ urn, type, name, parent, id, inputs, outputs, position },
      ...(remote === true && { remote }),
      ...(dependencies && { dependencies }),
      ...(dependsOn && { dependsOn }),
    });
    return { id, outputs };
  }

  private refuse(what: string, refusals: readonly Refusal[]): void {
    if (refusals.length > 0) throw new AwsRefusal(what, refusals);
  }

  private notFound(type: string, id: string): AwsRefusal {
    const message = `There is no ${type} '${id}' in this account.`;
    return new AwsRefusal(`AWS refuses:`, [{ code: "ResourceNotFound", message }]);
  }
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // An effect may fail for inputs that AWS refuses.
  }
}
