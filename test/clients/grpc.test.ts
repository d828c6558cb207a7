/** Many gRPC calls at once, of every kind, through CloudFront, load balancer and nginx: none is lost. */
import * as grpc from "@grpc/grpc-js";
import { expect } from "chai";
import { describeWith } from "../parts";
import { bytes, definition, echoClient, echoServer } from "../local/grpc-echo";
import { endServing } from "../local/serving";
import { servingGrpc } from "../local/grpc-stack";

/** HOPWISE_GRPC_CALLS asks for another number. */
const calls = Number(process.env.HOPWISE_GRPC_CALLS ?? 1000);
const atOnce = 64;
const ports = { http: 18201, grpc: 18202 };
const cleanups: (() => unknown)[] = [];

/** Ways to call, each with what comes back for a text. */
const ways: ((client: grpc.Client, text: string) => Promise<string>)[] = [
  unary,
  collect,
  spread,
  chat,
];

function unary(client: grpc.Client, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { path } = definition.unary;
    client.makeUnaryRequest(path, bytes, bytes, Buffer.from(text), (error, value) => {
      if (error) reject(error);
      else resolve(String(value));
    });
  });
}

function collect(client: grpc.Client, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { path } = definition.collect;
    const stream = client.makeClientStreamRequest(path, bytes, bytes, (error, value) => {
      if (error) reject(error);
      else resolve(String(value));
    });
    for (const part of text) stream.write(Buffer.from(part));
    stream.end();
  });
}

function spread(client: grpc.Client, text: string): Promise<string> {
  const { path } = definition.spread;
  return textOf(client.makeServerStreamRequest(path, bytes, bytes, Buffer.from(text)));
}

function chat(client: grpc.Client, text: string): Promise<string> {
  const stream = client.makeBidiStreamRequest(definition.chat.path, bytes, bytes);
  const got = textOf(stream);
  for (const part of text) stream.write(Buffer.from(part));
  stream.end();
  return got;
}

/** Everything that a stream brings, once its status is OK. */
async function textOf(stream: AsyncIterable<unknown> & grpc.Call): Promise<string> {
  const parts: string[] = [];
  const ended = new Promise<grpc.StatusObject>((resolve) => stream.on("status", resolve));
  for await (const part of stream) parts.push(String(part));
  const { code, details } = await ended;
  if (code !== grpc.status.OK) throw new Error(`${code} ${details}`);
  return parts.join("");
}

describeWith("nginx", `${calls} gRPC calls`, () => {
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) cleanup();
    await endServing();
  });

  for (const variant of ["grpc-via-cloudfront", "h1-via-cloudfront", "h2-direct"] as const) {
    it(`on ${variant}: each comes back with its own answer`, async () => {
      const upstream = await echoServer(cleanups);
      const served = await servingGrpc(variant, "nginx", { ...ports, upstream });
      const { client } = echoClient(
        { port: served.front.port, ca: served.ca },
        served.front.host,
        cleanups,
      );
      const wrong: string[] = [];
      let [next, answered] = [0, 0];
      const caller = async (): Promise<void> => {
        while (next < calls) {
          const n = next++;
          const text = `call ${n}`;
          await ways[n % ways.length]?.(client, text).then(
            (got) => {
              answered += 1;
              if (got !== text) wrong.push(`${text}: ${got}`);
            },
            (error: unknown) => wrong.push(`${text}: ${String(error)}`),
          );
        }
      };
      await Promise.all(Array.from({ length: atOnce }, caller));
      expect([wrong, answered]).to.deep.equal([[], calls]);
    });
  }
});
