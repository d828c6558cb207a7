/** The engine's provider protocol, implemented by the local account. */
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Account, AwsRefusal, changeRefusals, checkInputs, diffInputs } from "../model";
import type { Props, Refusal } from "../model/types";
import type { Calls, Operation } from "./calls";
import { unary } from "./grpc";
import { fromStruct, toStruct } from "./values";

/** The part of the protocol that custom resources and functions need; components are awsx.ts's. */
export type CustomResourceService = Omit<
  IResourceProviderServer,
  "parameterize" | "call" | "construct" | "list" | "getMapping" | "getMappings"
>;

/**
 * One service for every package whose types the account models (aws, random ...).
 *
 * It does not ask for secrets to be marked: the engine then sends plain values and marks again, in
 * what comes back, every output whose input was secret (`annotateSecrets` in the engine's
 * provider_plugin.go). Outputs that are secret by nature (RandomPassword.result) are named by the
 * SDK's `additionalSecretOutputs`.
 */
export function customResources(
  account: Account,
  calls: Calls,
  version: string,
): CustomResourceService {
  /** A call that reaches the account: it is recorded, and can be made to fail. */
  const reach = <T>(
    operation: Operation,
    request: { getUrn(): string; getId?(): string },
    action: (resource: Identity) => T,
    idOf?: (result: T) => string,
  ): T => {
    const resource = identity(request.getUrn());
    const { type, name } = resource;
    const id = request.getId?.() ?? "";
    return calls.run({ operation, type, name, id }, () => action(resource), idOf ?? (() => id));
  };

  return {
    handshake: unary(() => new wire.ProviderHandshakeResponse()),
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
    getSchema: unary(() => new wire.GetSchemaResponse().setSchema("{}")),
    checkConfig: unary((request: wire.CheckRequest) =>
      new wire.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: unary(() => new wire.DiffResponse().setChanges(NO_CHANGES)),
    configure: unary((request: wire.ConfigureRequest) => {
      refuseOtherRegion(fromStruct(request.getArgs()), account.region);
      return new wire.ConfigureResponse().setSupportspreview(true);
    }),

    invoke: unary((request: wire.InvokeRequest) => {
      const result = account.invoke(request.getTok(), fromStruct(request.getArgs()));
      return new wire.InvokeResponse().setReturn(toStruct(result));
    }),

    check: unary((request: wire.CheckRequest) => {
      const { type, name } = identity(request.getUrn());
      const refusals = checkInputs(type, fromStruct(request.getNews()), name);
      return new wire.CheckResponse()
        .setInputs(request.getNews())
        .setFailuresList(refusals.map((refusal) => failure(name, refusal)));
    }),

    diff: unary((request: wire.DiffRequest) => {
      const { type } = identity(request.getUrn());
      const olds = fromStruct(request.getOldInputs());
      const news = ignoring(request.getIgnorechangesList(), olds, fromStruct(request.getNews()));
      const refusals = changeRefusals(type, olds, news);
      if (refusals.length > 0)
        throw new AwsRefusal(`The provider refuses to change ${type}:`, refusals);
      return diffResponse(diffInputs(type, olds, news), olds, news);
    }),

    create: unary((request: wire.CreateRequest) => {
      const inputs = fromStruct(request.getProperties());
      // A preview leaves out what AWS computes, so that it is unknown to the program.
      if (request.getPreview()) return new wire.CreateResponse().setProperties(toStruct(inputs));
      const urn = request.getUrn();
      const create = ({ type, name }: Identity) => account.create({ type, name, urn, inputs });
      const { id, outputs } = reach("create", request, create, (made) => made.id);
      return new wire.CreateResponse().setId(id).setProperties(toStruct({ ...outputs, id }));
    }),

    read: unary((request: wire.ReadRequest) => {
      const id = request.getId();
      const found = reach("read", request, ({ type }) => account.read(type, id));
      // No id: the resource no longer exists.
      if (!found) return new wire.ReadResponse();
      const response = new wire.ReadResponse().setId(id);
      return response
        .setInputs(toStruct(found.inputs))
        .setProperties(toStruct({ ...found.outputs, id }));
    }),

    update: unary((request: wire.UpdateRequest) => {
      const id = request.getId();
      const olds = fromStruct(request.getOldInputs());
      const news = ignoring(request.getIgnorechangesList(), olds, fromStruct(request.getNews()));
      const planned = { ...fromStruct(request.getOlds()), ...news, id };
      if (request.getPreview()) return new wire.UpdateResponse().setProperties(toStruct(planned));
      const outputs = reach("update", request, ({ type }) => account.update(type, id, news));
      return new wire.UpdateResponse().setProperties(toStruct({ ...outputs, id }));
    }),

    delete: unary((request: wire.DeleteRequest) => {
      reach("delete", request, ({ type }) => {
        account.delete(type, request.getId());
      });
      return new Empty();
    }),
  };
}

const NO_CHANGES = wire.DiffResponse.DiffChanges.DIFF_NONE;
const SOME_CHANGES = wire.DiffResponse.DiffChanges.DIFF_SOME;

interface Identity {
  readonly type: string;
  readonly name: string;
}

/** `urn:pulumi:stack::project::parentType$type::name` */
function identity(urn: string): Identity {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

/** The engine attaches every provider of a package to this one process, which has one region. */
function refuseOtherRegion(settings: Props, region: string): void {
  const asked = settings.region;
  if (typeof asked !== "string" || asked === region) return;
  throw new Error(
    `This local account is in ${region}, and the provider asks for ${asked}: start the local ` +
      `account in ${asked}, or set \`region\` on the resources that live elsewhere.`,
  );
}

/** The text names the property, as with AWS's own provider; the engine would cut its path. */
function failure(name: string, { code, message, property, source }: Refusal): wire.CheckFailure {
  const where = property === undefined ? "" : ` Examine values at '${name}.${property}'.`;
  const page = source === undefined ? "" : ` ${source}`;
  return new wire.CheckFailure().setReason(`${code}: ${message}${where}${page}`);
}

/**
 * `ignoreChanges`: top-level properties keep their old value. The engine has done the nested ones.
 */
function ignoring(ignored: readonly string[], olds: Props, news: Props): Props {
  const kept = ignored.filter((key) => key in olds).map((key) => [key, olds[key]]);
  return { ...news, ...(Object.fromEntries(kept) as Props) };
}

function diffResponse(
  { changed, replaces }: { changed: string[]; replaces: string[] },
  olds: Props,
  news: Props,
): wire.DiffResponse {
  const response = new wire.DiffResponse()
    .setChanges(changed.length + replaces.length > 0 ? SOME_CHANGES : NO_CHANGES)
    .setDiffsList([...new Set(changed.map(topLevel))])
    .setReplacesList([...new Set(replaces.map(topLevel))])
    .setHasdetaileddiff(true);
  for (const path of new Set([...changed, ...replaces])) {
    const kind = kindOf(topLevel(path), replaces.includes(path), olds, news);
    response.getDetaileddiffMap().set(path, new wire.PropertyDiff().setKind(kind));
  }
  return response;
}

function kindOf(key: string, replaces: boolean, olds: Props, news: Props): wire.PropertyDiff.Kind {
  const { Kind } = wire.PropertyDiff;
  if (!(key in olds)) return replaces ? Kind.ADD_REPLACE : Kind.ADD;
  if (!(key in news)) return replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
  return replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}

const topLevel = (path: string): string => path.split(/[.[]/, 1)[0] ?? path;
