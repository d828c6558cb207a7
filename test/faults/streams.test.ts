/** gRPC streams that are open for long while their task is replaced. */
import * as grpc from "@grpc/grpc-js";
import { expect } from "chai";
import { setTimeout } from "node:timers/promises";
import { bytes, definition, echoClient, echoServer, type EchoClient } from "../local/grpc-echo";
import { eventually } from "../eventually";
import { endServing, host, serving, type Serving } from "../local/serving";
import { stack } from "../local/stacks/resources";

const port = 18195;
const streams = 8;
const group = "aws:lb/targetGroup:TargetGroup";
const cleanups: (() => unknown)[] = [];

/** A call in both directions that sends a message whenever the one before it came back. */
class Chat {
  echoes = 0;
  ended?: grpc.StatusObject;
  private stopping = false;
  private readonly call;

  constructor({ client }: EchoClient) {
    this.call = client.makeBidiStreamRequest(definition.chat.path, bytes, bytes);
    this.call.on("status", (status: grpc.StatusObject) => (this.ended = status));
    this.call.on("error", () => undefined);
    this.call.on("data", () => {
      this.echoes += 1;
      if (this.stopping) this.call.end();
      else void setTimeout(10).then(() => this.call.write(Buffer.from("again")));
    });
    this.call.write(Buffer.from("first"));
  }

  /** Ends it with the next echo. */
  stop(): void {
    this.stopping = true;
  }
}

describe("streams of a task that is replaced", () => {
  let served: Serving;
  let client: EchoClient;
  let chats: Chat[];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) cleanup();
    await endServing();
  });

  async function start(deregistrationDelay: number): Promise<void> {
    const made = stack({ version: "GRPC", edge: "none", listener: "HTTPS", port, count: 2 });
    const upstream = { host: "127.0.0.1", port: await echoServer(cleanups) };
    served = await serving(made.with(group, "tasks", { deregistrationDelay }), "embedded", {
      upstreams: new Map([["nginx", upstream]]),
    });
    client = echoClient({ port: served.front.port, ca: served.ca }, host, cleanups);
    chats = Array.from({ length: streams }, () => new Chat(client));
    await eventually("all streams are open", () => chats.every((c) => c.echoes > 2));
  }

  it("go on until they end by themselves, while new calls are answered", async () => {
    await start(50);
    let replaced = false;
    const replacing = served.services[0]?.replaceTask().then(() => (replaced = true));
    const before = chats.map((c) => c.echoes);
    await eventually("all go on", () => chats.every((c, i) => c.echoes > (before[i] ?? 0) + 20));
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.unary("unary", "x")));
    expect(answers.map((a) => a.code)).to.deep.equal(answers.map(() => grpc.status.OK));
    expect(replaced, "while its streams go on, the old task stays").to.equal(false);
    for (const chat of chats) chat.stop();
    await replacing;
    await eventually("all have ended", () => chats.every((c) => c.ended));
    expect(chats.map((c) => c.ended?.code)).to.deep.equal(chats.map(() => grpc.status.OK));
  });

  it("are cut off after the deregistration delay, those of the other task not", async () => {
    await start(1);
    await served.services[0]?.replaceTask();
    // Half of the streams were the old task's, by turns.
    const over = (): Chat[] => chats.filter((c) => c.ended);
    await eventually("its streams are cut off", () => over().length >= streams / 2);
    const before = chats.map((c) => c.echoes);
    const cut = over();
    await eventually("the others go on", () =>
      chats.every((c, i) => cut.includes(c) || c.echoes > (before[i] ?? 0) + 20),
    );
    expect(over()).to.have.lengthOf(streams / 2);
    for (const { ended } of cut) expect(ended?.code).not.to.equal(grpc.status.OK);
    const rest = chats.filter((c) => !c.ended);
    for (const chat of rest) chat.stop();
    await eventually("the rest ends", () => rest.every((c) => c.ended));
    expect(rest.map((c) => c.ended?.code)).to.deep.equal(rest.map(() => grpc.status.OK));
  });
});
