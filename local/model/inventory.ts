/** What there is in an account: resources that the program made, and what is assumed to exist. */
import type { AccountView } from "./row";
import { rows } from "./rows";
import { type LocalResource, type Props, UNKNOWN } from "./types";

export class Inventory implements AccountView {
  private readonly live = new Map<string, LocalResource>();
  private readonly outside = new Map<string, LocalResource>();
  private readonly deleted = new Set<string>();
  private readonly counts = new Map<string, number>();

  constructor(
    /** Region of resources that do not name one. */
    readonly region: string,
    readonly accountId: string,
    /** True: values that only AWS knows, of what was made elsewhere, are not assumed. */
    private readonly assumesNothing = false,
  ) {}

  /** Live resources that the program made, oldest first. */
  get resources(): readonly LocalResource[] {
    return [...this.live.values()];
  }

  /** What the program names and does not make: it is assumed to exist. */
  get assumed(): readonly LocalResource[] {
    return [...this.outside.values()];
  }

  /** States that something exists outside of the program, with what is known about it. */
  adopt(type: string, id: string, outputs: Props = {}, name = id): LocalResource {
    const { outside } = rows.get(type) ?? {};
    const unknown = this.assumesNothing ? (outside?.assumed ?? []) : [];
    const found: LocalResource = {
      urn: "",
      type,
      name,
      id,
      inputs: {},
      outputs: {
        ...outside?.outputs(id, this),
        ...Object.fromEntries(unknown.map((property) => [property, UNKNOWN])),
        ...outputs,
      },
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
    const form = rows.get(type)?.outside?.id;
    if (this.deleted.has(key(type, idOrArn)) || form?.test(idOrArn) === false) return undefined;
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

  amendInputs(type: string, id: string, inputs: Props): void {
    const resource = this.live.get(key(type, id));
    if (!resource) return;
    this.live.set(key(type, id), {
      ...resource,
      inputs: { ...resource.inputs, ...inputs },
      outputs: { ...resource.outputs, ...inputs },
    });
  }

  /** What {@link next} has counted to. */
  protected countOf(key: string): number | undefined {
    return this.counts.get(key);
  }

  protected owner(idOrArn: string): LocalResource | undefined {
    const known = [...this.outside.values(), ...this.live.values()];
    return known.find(({ id, outputs }) => id === idOrArn || outputs.arn === idOrArn);
  }

  protected get(type: string, id: string): LocalResource | undefined {
    return this.live.get(key(type, id));
  }

  protected keep(resource: LocalResource): void {
    const { type, id, urn, refused } = resource;
    const holder = this.get(type, id || urn);
    // A name that is taken may be why: what was there first keeps the id.
    const second = refused === true && holder !== undefined && holder.urn !== urn;
    this.live.set(key(type, second ? urn : id || urn), resource);
  }

  protected remove(type: string, id: string): void {
    this.live.delete(key(type, id));
    this.deleted.add(key(type, id));
  }
}

const key = (type: string, id: string): string => `${type}\n${id}`;
