/**
 * An AWS account, in memory: what of AWS the resource types in use need. The account does what every
 * type has in common; what a type has of its own stands in its row (`rows/`).
 */
import { LocalResource, Props, Refusal } from "../types";
import { createCandidate, physicalName } from "./candidate";
import { changedPaths } from "./diff";
import { functionNames, invoke } from "./functions";
import { createComponent } from "./component";
import { at } from "./props";
import { AwsRefusal } from "./refusal";
import { Candidate, regionOf, Row, World } from "./row";
import { components, rows } from "./rows";
import { required } from "./rules";

export interface AccountOptions {
  /** Region of resources that do not name one. @default "us-east-1" */
  readonly region?: string;
  /** @default "123456789012" */
  readonly accountId?: string;
  /** The seven characters that end an automatic name. @default drawn from the resource's URN */
  readonly suffix?: () => string;
}

export interface CreateArgs {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly urn: string;
  readonly parent?: string;
  readonly inputs: Props;
  /** False for components, which have no physical id. @default true */
  readonly custom?: boolean;
}

export class Account implements World {
  readonly region: string;
  readonly accountId: string;
  private readonly suffix?: () => string;
  private readonly live = new Map<string, LocalResource>();
  private readonly outside = new Map<string, LocalResource>();
  private readonly deleted = new Set<string>();
  private readonly counts = new Map<string, number>();
  private readonly withoutRow = new Set<string>();
  private readonly unknown = new Set<string>();

  constructor(options: AccountOptions = {}) {
    this.region = options.region ?? "us-east-1";
    this.accountId = options.accountId ?? "123456789012";
    this.suffix = options.suffix;
  }

  /** Live resources that the program made, oldest first. */
  get resources(): readonly LocalResource[] {
    return [...this.live.values()];
  }

  /** Types without a row: accepted as they are and echoed. */
  get unmodelled(): ReadonlySet<string> {
    return this.withoutRow;
  }

  /** Provider functions that `ask` could not answer. */
  get unknownFunctions(): ReadonlySet<string> {
    return this.unknown;
  }

  /**
   * Refusals that the inputs alone show. Values not known yet are passed over. With the logical
   * `name`, an automatic name that would become too long is refused as well.
   */
  check(type: string, inputs: Props, name?: string): Refusal[] {
    const row = rows.get(type);
    if (!row) return [];
    const full = { ...row.defaults?.(inputs), ...present(inputs) };
    const missing = (row.required ?? []).flatMap((path) => required(path)(inputs));
    const naming = name === undefined ? [] : physicalName(row, name, inputs, "1234567").refusals;
    return [...missing, ...naming, ...(row.rules ?? []).flatMap((rule) => rule(full))];
  }

  /** Creates a resource. @throws AwsRefusal with everything that AWS would refuse. */
  create(args: CreateArgs): { id: string; outputs: Props } {
    const { type, name, urn, parent, inputs } = args;
    const component = components.get(type);
    if (component) return { id: "", outputs: createComponent(component, args, this) };
    const row = rows.get(type);
    if (!row) return this.echo(args);
    const birth = this.next(urn);

    const draft = createCandidate(
      row,
      { type, name, urn, inputs, birth, suffix: this.suffix },
      this,
    );
    this.refuse(`AWS refuses to create ${type} '${name}' (${urn}):`, [
      ...this.check(type, inputs),
      ...draft.refusals,
      ...this.references(row, draft.candidate),
      ...(row.refuse?.(draft.candidate, this) ?? []),
    ]);
    const { id, ...computed } = row.outputs(draft.candidate, this);
    const outputs = present({ ...draft.candidate.inputs, ...computed });
    const resource: LocalResource = { urn, type, name, parent, id, inputs, outputs };
    this.keep(resource);
    row.effect?.(resource, this);
    return { id, outputs: this.get(type, id)?.outputs ?? outputs };
  }

  /** Which property paths differ, and which of them only a replacement can change. */
  diff(
    type: string,
    _id: string,
    olds: Props,
    news: Props,
  ): { changed: string[]; replaces: string[] } {
    const row = rows.get(type);
    const before = { ...row?.defaults?.(olds), ...present(olds) };
    const after = { ...row?.defaults?.(news), ...present(news) };
    const changed = changedPaths(before, after);
    const fixed = row?.replaceOn ?? [];
    const replaces = changed.filter((path) => fixed.some((only) => covers(only, path)));
    for (const path of row?.replaceWhen?.(before, after) ?? []) {
      if (!replaces.includes(path)) replaces.push(path);
    }
    return { changed, replaces };
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
    const birth = this.counts.get(urn) ?? 1;
    const draft = createCandidate(row, { type, name, urn, inputs, birth, resource }, this);
    const { replaces } = this.diff(type, id, resource.inputs, inputs);
    this.refuse(`AWS refuses to update ${type} '${name}' (${urn}):`, [
      ...this.check(type, inputs),
      ...replaces.map((property) => ({
        code: "ValidationError",
        message: `'${property}' can only be set on creation; a change needs a new resource.`,
        property,
      })),
      ...this.references(row, draft.candidate),
      ...(row.refuse?.(draft.candidate, this) ?? []),
      ...(row.refuseUpdate?.(resource, this) ?? []),
    ]);
    const computed = row.outputs(draft.candidate, this);
    const kept = Object.entries(resource.outputs).filter(([key]) => !(key in resource.inputs));
    const fresh = Object.entries(computed).filter(([key]) => row.recomputed?.includes(key));
    const outputs = present({
      ...Object.fromEntries(kept),
      ...draft.candidate.inputs,
      ...Object.fromEntries(fresh),
    });
    const updated = { ...resource, inputs, outputs };
    this.keep(updated);
    row.effect?.(updated, this);
    return this.get(type, id)?.outputs ?? outputs;
  }

  /** Deletes a resource; one that is gone already is no error. @throws AwsRefusal while in use. */
  delete(type: string, id: string): void {
    const resource = this.get(type, id);
    if (!resource) return;
    const what = `AWS refuses to delete ${type} '${resource.name}' (${resource.urn}):`;
    this.refuse(what, rows.get(type)?.inUse?.(resource, this) ?? []);
    this.live.delete(key(type, id));
    this.deleted.add(key(type, id));
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

  /** Calls a provider function; one that is not modelled gives back what it was asked with. */
  ask(token: string, args: Props): Props {
    if (functionNames.includes(token)) return this.invoke(token, args);
    this.unknown.add(token);
    return { ...args, id: token };
  }

  /** States that something exists outside of the program, with what is known about it. */
  adopt(type: string, id: string, outputs: Props = {}): LocalResource {
    const guessed = rows.get(type)?.outside?.outputs(id, this) ?? {};
    const found: LocalResource = {
      ...{ urn: "", type, name: id, id, inputs: {} },
      outputs: { ...guessed, ...outputs },
    };
    this.outside.set(key(type, id), found);
    return found;
  }

  all(type: string): readonly LocalResource[] {
    const ofType = (resource: LocalResource): boolean => resource.type === type;
    return [...this.outside.values(), ...this.live.values()].filter(ofType);
  }

  lookup(type: string, idOrArn: string | undefined): LocalResource | undefined {
    if (idOrArn === undefined) return undefined;
    const found = this.all(type).find((r) => r.id === idOrArn || r.outputs.arn === idOrArn);
    if (found) return found;
    const outside = rows.get(type)?.outside;
    if (this.deleted.has(key(type, idOrArn)) || !outside?.id.test(idOrArn)) return undefined;
    return this.adopt(type, idOrArn);
  }

  next(key: string): number {
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count;
  }

  amend(type: string, id: string, outputs: Props): void {
    for (const map of [this.live, this.outside]) {
      const resource = map.get(key(type, id));
      if (resource)
        map.set(key(type, id), { ...resource, outputs: { ...resource.outputs, ...outputs } });
    }
  }

  /** Keeps a component's record; it has no id, so its URN tells it apart. */
  keepComponent(resource: LocalResource): void {
    this.keep(resource);
  }

  private get(type: string, id: string): LocalResource | undefined {
    return this.live.get(key(type, id));
  }

  private keep(resource: LocalResource): void {
    this.live.set(key(resource.type, resource.id || resource.urn), resource);
  }

  /** Keeps a component, or a resource of a type without a row, as it was declared. */
  private echo(args: CreateArgs): { id: string; outputs: Props } {
    const { type, name, urn, parent, inputs, custom } = args;
    if (custom !== false) this.withoutRow.add(type);
    const count = custom === false ? 0 : this.next(urn);
    const id = custom === false ? "" : count === 1 ? name : `${name}-${count}`;
    const outputs = { ...inputs };
    this.keep({ urn, type, name, parent, id, inputs, outputs });
    return { id, outputs };
  }

  /** Dangling references, and references into another region. */
  private references(row: Row, candidate: Candidate): Refusal[] {
    return (row.references ?? []).flatMap((reference) =>
      at(candidate.inputs, reference.property).flatMap(({ path: property, value }): Refusal[] => {
        if (typeof value !== "string") return [];
        const { code, source } = reference;
        const found = this.lookup(reference.type, value);
        if (!found) return [{ code, message: reference.message(value), property, source }];
        const region = regionOf(found, this);
        if (reference.sameRegion === false || region === candidate.region) return [];
        const elsewhere = `It is in ${region}, and this resource in ${candidate.region}.`;
        return [{ code, message: `${reference.message(value)} ${elsewhere}`, property, source }];
      }),
    );
  }

  private refuse(what: string, refusals: readonly Refusal[]): void {
    if (refusals.length > 0) throw new AwsRefusal(what, refusals);
  }

  private notFound(type: string, id: string): AwsRefusal {
    const message = `There is no ${type} '${id}' in this account.`;
    return new AwsRefusal(`AWS refuses:`, [{ code: "ResourceNotFound", message }]);
  }
}

const key = (type: string, id: string): string => `${type}\n${id}`;

/** `a` covers `a`, `a.b` and `a[0].b`; `*` covers everything but tags. */
function covers(only: string, path: string): boolean {
  const top = path.split(/[.[]/, 1)[0];
  if (only === "*") return top !== "tags" && top !== "tagsAll";
  const generic = path.replace(/\[\d+\]/g, "[]");
  return [path, generic].some(
    (p) => p === only || p.startsWith(`${only}.`) || p.startsWith(`${only}[`),
  );
}

/** A bag without what is absent, so that defaults can be laid under it. */
function present(inputs: Props): Props {
  return Object.fromEntries(
    Object.entries(inputs).filter(([, value]) => value !== undefined && value !== null),
  );
}

export { AwsRefusal, formatRefusal } from "./refusal";
