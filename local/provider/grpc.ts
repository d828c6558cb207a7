/** A gRPC service in Node. */
import * as grpc from "@grpc/grpc-js";

/** The engine sends whole programs and states in one message; gRPC's own limit is 4 MiB. */
const OPTIONS: grpc.ServerOptions = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

/** A service that listens on loopback. */
export interface Listening {
  readonly port: number;
  /** Ends every connection and frees the port. */
  close(): void;
}

/** A method: takes the request, returns the response; what it throws becomes the call's error. */
export function unary<Request, Response>(
  answer: (
    request: Request,
    call: grpc.ServerUnaryCall<Request, Response>,
  ) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => answer(call.request, call))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          const details = error instanceof Error ? error.message : String(error);
          callback({ code: grpc.status.UNKNOWN, details });
        },
      );
  };
}

/** Serves on 127.0.0.1, on a port that is free. */
export async function listenGrpc(
  services: readonly (readonly [grpc.ServiceDefinition, grpc.UntypedServiceImplementation])[],
): Promise<Listening> {
  const server = new grpc.Server(OPTIONS);
  for (const [definition, implementation] of services)
    server.addService(definition, implementation);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, actual) => {
      if (error) reject(error);
      else resolve(actual);
    });
  });
  return {
    port: bound,
    close: () => {
      server.forceShutdown();
    },
  };
}
