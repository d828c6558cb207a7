/** A WebSocket library's client through CloudFront, the load balancer and real nginx to an app that echoes. */
import { expect } from "chai";
import WebSocket from "ws";
import { describeWith } from "../parts";
import { stack } from "../local/stacks/resources";
import { endServing, host, serving } from "../local/serving";
import { startContainer, type Container } from "../matrix/container";

const port = 18193;
const large = "x".repeat(200_000);

describeWith("nginx", "a WebSocket", () => {
  let app: Container;
  before(async () => {
    app = await startContainer();
  });
  after(async () => {
    await endServing();
    await app.close();
  });

  it("carries messages of every size to the app and back, in their order", async () => {
    const { resources } = stack({
      edge: "public",
      listener: "HTTPS",
      version: "HTTP1",
      app: true,
      port,
    });
    const upstreams = new Map([["app", app]]);
    const { front, ca } = await serving(resources, "nginx", { upstreams });
    const socket = new WebSocket(`wss://127.0.0.1:${front.port}/live`, {
      headers: { host },
      // Options of the TLS connection, which the type does not list.
      ...{ ca, servername: host },
    });
    const sent = ["first", large, "", "last"];
    const echoed = await new Promise<string[]>((resolve, reject) => {
      const messages: string[] = [];
      socket.on("error", reject);
      socket.on("open", () => {
        for (const message of sent) socket.send(message);
      });
      socket.on("message", (data: Buffer) => {
        messages.push(data.toString());
        if (messages.length === sent.length) resolve(messages);
      });
    });
    socket.terminate();
    expect(echoed).to.deep.equal(sent);
    expect(app.seen.get("/live")).to.deep.include({ protocol: "HTTP/1.1", method: "GET" });
  });
});
