/** gRPC in tests: a real server that echoes in every way there is, and a real client of it. */
import * as grpc from "@grpc/grpc-js";

/** Messages are bytes: what they mean is nobody's business here. */
export const bytes = (value: Buffer): Buffer => value;
const method = (path: string, requestStream: boolean, responseStream: boolean) => ({
  path: `/demo.Echo/${path}`,
  requestStream,
  responseStream,
  requestSerialize: bytes,
  requestDeserialize: bytes,
  responseSerialize: bytes,
  responseDeserialize: bytes,
});
export const definition = {
  unary: method("unary", false, false),
  collect: method("collect", true, false),
  spread: method("spread", false, true),
  chat: method("chat", true, true),
  refuse: method("refuse", false, false),
  wait: method("wait", false, false),
};

/** What an app may look for a caller's address in; `unary` answers with them as trailers, `x-seen-*`. */
const addressHeaders = ["x-forwarded-for", "x-real-ip", "forwarded", "x-forwarded-host"];

/** How many calls of `wait` came to servers, and how many of them they saw given up. */
export const waitingCalls = { started: 0, cancelled: 0 };

const service: grpc.UntypedServiceImplementation = {
  unary: (call: grpc.ServerUnaryCall<Buffer, Buffer>, done: grpc.sendUnaryData<Buffer>) => {
    const trailers = new grpc.Metadata();
    trailers.set("x-after", "all");
    for (const name of addressHeaders)
      for (const value of call.metadata.get(name)) trailers.add(`x-seen-${name}`, String(value));
    done(null, call.request, trailers);
  },
  collect: (call: grpc.ServerReadableStream<Buffer, Buffer>, done: grpc.sendUnaryData<Buffer>) => {
    const all: Buffer[] = [];
    call.on("data", (part: Buffer) => all.push(part));
    call.on("end", () => {
      done(null, Buffer.concat(all));
    });
  },
  spread: (call: grpc.ServerWritableStream<Buffer, Buffer>) => {
    for (const byte of call.request) call.write(Buffer.from([byte]));
    call.end();
  },
  chat: (call: grpc.ServerDuplexStream<Buffer, Buffer>) => {
    call.on("data", (part: Buffer) => call.write(part));
    call.on("end", () => {
      call.end();
    });
  },
  refuse: (_call: unknown, done: grpc.sendUnaryData<Buffer>) => {
    done({ code: grpc.status.NOT_FOUND, details: "no such thing" });
  },
  wait: (call: grpc.ServerUnaryCall<Buffer, Buffer>) => {
    waitingCalls.started += 1;
    call.on("cancelled", () => (waitingCalls.cancelled += 1));
  },
};

/** gRPC's own health check, of a server that is well: a message of 2 bytes, `status: SERVING`. */
const health = {
  Check: {
    ...method("", false, false),
    path: "/grpc.health.v1.Health/Check",
  },
};

/** Starts a server on a free port of loopback, without TLS, that is well; `cleanups` learn how it ends. */
export async function echoServer(cleanups: (() => unknown)[]): Promise<number> {
  const own = new grpc.Server();
  own.addService(definition, service);
  own.addService(health, {
    Check: (_call: unknown, done: grpc.sendUnaryData<Buffer>) => {
      done(null, Buffer.from([8, 1]));
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    own.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  cleanups.push(() => {
    own.forceShutdown();
  });
  return port;
}

/** See {@link echoClient}. */
export interface EchoClient {
  readonly unary: (
    path: keyof typeof definition,
    text: string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Ended>;
  readonly client: grpc.Client;
}

/** How a call ended. */
interface Ended {
  readonly text?: string;
  readonly code: grpc.status;
  readonly details: string;
  readonly trailers: grpc.Metadata;
}

/** A server with TLS: its port, the CA of its certificate, and what the client shows it. */
interface EchoEndpoint {
  readonly port: number;
  readonly ca: string;
  readonly shown?: { readonly cert: string; readonly key: string };
}

/** A client of a port that has a certificate of the local CA for `name`. */
export function echoClient(
  { port, ca, shown }: EchoEndpoint,
  name: string,
  cleanups: (() => unknown)[],
): EchoClient {
  const pem = [ca, shown?.key, shown?.cert].map((text) => (text ? Buffer.from(text) : null));
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createSsl(...pem), {
    "grpc.ssl_target_name_override": name,
    "grpc.default_authority": name,
  });
  cleanups.push(() => {
    client.close();
  });
  return {
    client,
    unary: (path, text, headers = {}) =>
      new Promise((resolve) => {
        let answer: Buffer | undefined;
        const metadata = new grpc.Metadata();
        for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
        const call = client.makeUnaryRequest(
          definition[path].path,
          bytes,
          bytes,
          Buffer.from(text),
          metadata,
          (_error, value) => (answer = value),
        );
        call.on("status", ({ code, details, metadata: trailers }) => {
          setImmediate(() => {
            resolve({ text: answer?.toString(), code, details, trailers });
          });
        });
      }),
  };
}

/** What comes of a text that the server sends back in parts. */
export async function spread(client: grpc.Client, text: string): Promise<string[]> {
  const { path } = definition.spread;
  const stream = client.makeServerStreamRequest(path, bytes, bytes, Buffer.from(text));
  const parts: string[] = [];
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part.toString());
  return parts;
}

/** The answers to texts. Each text is sent after the answer to the one before it. */
export async function chat(client: grpc.Client, ...texts: string[]): Promise<string[]> {
  const stream = client.makeBidiStreamRequest(definition.chat.path, bytes, bytes);
  const answers: string[] = [];
  for (const text of texts) {
    const answer = new Promise<Buffer>((resolve) => stream.once("data", resolve));
    stream.write(Buffer.from(text));
    answers.push((await answer).toString());
  }
  stream.end();
  await new Promise((resolve) => stream.on("end", resolve));
  return answers;
}
