/**
 * The engine's side of a program's run, reduced to what evaluation needs: every registration is
 * answered at once, as in a preview (inputs come back, what AWS computes stays unknown).
 */
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { listenGrpc, unary } from "../local/provider/grpc";
import { fromStruct, toStruct } from "../local/provider/values";
import type { Props } from "../local/model/types";

export interface Monitor {
  readonly address: string;
  /** `type name` of the registrations so far, components and the stack included. */
  readonly resources: readonly string[];
  /** When the last one arrived, on `performance.now()`'s clock. */
  readonly lastRegistration: number;
  /** Warnings and errors of the program. */
  readonly messages: readonly string[];
  close(): void;
}

/**
 * @param invoke answers the program's provider functions
 * @param onShutdown called when the program has nothing left to do, before its process ends
 */
export async function startMonitor(
  invoke: (token: string, args: Props) => Props,
  onShutdown: () => void,
): Promise<Monitor> {
  const seen = { resources: [] as string[], lastRegistration: 0, messages: [] as string[] };
  let root = "";

  const monitor = {
    supportsFeature: unary(() => new resource.SupportsFeatureResponse().setHassupport(true)),
    registerPackage: unary(() => new resource.RegisterPackageResponse().setRef("package")),
    registerResource: unary((request: resource.RegisterResourceRequest) => {
      seen.resources.push(`${request.getType()} ${request.getName()}`);
      seen.lastRegistration = performance.now();
      const urn = `urn:pulumi:stack::project::${request.getType()}::${request.getName()}`;
      return new resource.RegisterResourceResponse().setUrn(urn).setObject(request.getObject());
    }),
    registerResourceOutputs: unary(() => new Empty()),
    invoke: unary((request: resource.ResourceInvokeRequest) => {
      const result = invoke(request.getTok(), fromStruct(request.getArgs()));
      return new provider.InvokeResponse().setReturn(toStruct(result));
    }),
    registerStackTransform: unary(() => new Empty()),
    registerStackInvokeTransform: unary(() => new Empty()),
    signalAndWaitForShutdown: unary(() => {
      onShutdown();
      return new Empty();
    }),
  };
  const host = {
    log: unary((request: engine.LogRequest) => {
      if (request.getSeverity() >= engine.LogSeverity.WARNING)
        seen.messages.push(request.getMessage());
      return new Empty();
    }),
    getRootResource: unary(() => new engine.GetRootResourceResponse().setUrn(root)),
    setRootResource: unary((request: engine.SetRootResourceRequest) => {
      root = request.getUrn();
      return new engine.SetRootResourceResponse();
    }),
    startDebugging: unary(() => new Empty()),
  };
  const server = await listenGrpc([
    [ResourceMonitorService, monitor],
    [EngineService, host],
  ]);
  return Object.assign(seen, {
    address: `127.0.0.1:${server.port}`,
    close: () => {
      server.close();
    },
  });
}
