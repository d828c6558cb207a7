/** What the SDK sends to its mock monitor, as far as it is read here. */
import type * as pulumi from "@pulumi/pulumi";
import type { Props } from "../model/types";
import type { Transformable, TransformableCall } from "./transforms";

export interface MockMonitor {
  readonly mocks: pulumi.runtime.Mocks;
  readonly resources: Map<string, { urn: string; id: string; state: Props }>;
  newUrn: (this: MockMonitor, parent: string, type: string, name: string) => string;
  invoke: Ask<TransformableCall>;
  registerResource: Ask<RegisterRequest>;
  readResource: Ask<ReadRequest>;
}

type Ask<R> = (this: MockMonitor, request: R, callback: (error: unknown) => void) => Promise<void>;

export interface AnyRequest {
  getParent(): string;
  getType(): string;
  getName(): string;
  getDependenciesList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getSourceposition(): SourcePosition | undefined;
}

interface SourcePosition {
  getUri(): string;
  getLine(): number;
  getColumn(): number;
}

export interface RegisterRequest extends AnyRequest {
  getRemote(): boolean;
  getCustom(): boolean;
  getObject(): { toJavaScript(): Props } | undefined;
  setObject(value: unknown): void;
  getTransformsList?: Transformable["getTransformsList"];
  getPropertydependenciesMap(): ProtobufMap<{ getUrnsList(): string[] }>;
  getProvidersMap(): ProtobufMap<string>;
  getIgnorechangesList?(): string[];
  getProtect?(): boolean;
}

interface ProtobufMap<T> {
  entries(): { next(): IteratorResult<[string, T]> };
}

interface ReadRequest extends AnyRequest {
  getProperties(): { toJavaScript(): Props } | undefined;
}

/** URNs of the resources that each property comes from. */
export function dependenciesOf(
  request: Partial<RegisterRequest>,
): Record<string, readonly string[]> {
  const entries = entriesOf(request.getPropertydependenciesMap?.());
  const lists = entries.map(([key, urns]) => [key, urns.getUrnsList()] as const);
  return Object.fromEntries(lists.filter(([, urns]) => urns.length > 0));
}

/** The entries of a map of the protocol, which has no common iterator. */
export function entriesOf<T>(map: ProtobufMap<T> | undefined): [string, T][] {
  const found: [string, T][] = [];
  const entries = map?.entries();
  for (let next = entries?.next(); next && next.done !== true; next = entries?.next())
    found.push(next.value);
  return found;
}
