import net, { type AddressInfo, type Socket } from "node:net";
import { expect } from "chai";
import { sendProbe, type ProbeOutcome } from "../../../cli/local/send";
import type { Probe } from "../../../cli/local/probes";
import { timeoutMs } from "../../eventually";
import { itWith } from "../../parts";

const expected: Probe["expected"] = {
  reaches: false,
  outcome: "dropped",
  at: "security-group",
  travelled: [],
  why: "nobody is admitted",
};

/** What a request gets from a server that treats each connection so. */
async function sendTo(
  treat: (socket: Socket) => void,
  request: Pick<Probe, "protocol" | "from"> & { tls: boolean },
  milliseconds = timeoutMs,
): Promise<ProbeOutcome> {
  const server = net.createServer((socket) => {
    socket.on("error", () => undefined);
    treat(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const place = { name: "www.example.com", address: "127.0.0.1", port, tls: request.tls };
  try {
    return await sendProbe(
      { ...request, title: "", target: place, expected },
      { ca: Buffer.from("") },
      milliseconds,
    );
  } finally {
    server.close();
  }
}

const clients = [
  { protocol: "HTTP/1.1", tls: false },
  { protocol: "HTTP/1.1", tls: true },
  { protocol: "HTTP/2", tls: true },
] as const;

describe("a request without an answer", () => {
  const servers: Record<string, (socket: Socket) => void> = {
    "resets the connection": (socket) => socket.resetAndDestroy(),
    "closes the connection": (socket) => socket.end(),
    "says nothing": () => undefined,
  };
  for (const [does, treat] of Object.entries(servers))
    for (const client of clients)
      it(`${client.protocol}${client.tls ? " over TLS" : ""}, to a server that ${does}`, async () => {
        const actual = await sendTo(treat, client, does === "says nothing" ? 400 : timeoutMs);
        expect(actual).to.include({ outcome: "unanswered", listening: true });
      });

  for (const client of clients)
    it(`${client.protocol}${client.tls ? " over TLS" : ""}, to nobody`, async () => {
      const place = { name: "x", address: "127.0.0.1", port: 1, tls: client.tls };
      const actual = await sendProbe(
        { ...client, title: "", target: place, expected },
        { ca: Buffer.from("") },
        timeoutMs,
      );
      expect(actual).to.include({ outcome: "unanswered", listening: false });
    });
});

describe("a request with an answer", () => {
  it("reads the status and where it is sent on to, and says who it calls", async () => {
    let asked = "";
    const actual = await sendTo(
      (socket) => {
        socket.once("data", (data) => {
          asked = data.toString();
          socket.end("HTTP/1.1 301 Moved\r\nLocation: https://x/\r\nContent-Length: 0\r\n\r\n");
        });
      },
      { protocol: "HTTP/1.1", tls: false },
    );
    const location = "https://x/";
    expect(actual).to.deep.equal({ outcome: "answered", status: 301, location });
    expect(asked).to.match(/^GET \/ HTTP\/1\.1\r\nhost: www\.example\.com\r\n/i);
  });

  itWith("linux", "comes from the address that it is to come from", async () => {
    let from: string | undefined;
    await sendTo(
      (socket) => {
        from = socket.remoteAddress;
        socket.end();
      },
      { protocol: "HTTP/1.1", tls: false, from: "127.0.1.7" },
    );
    expect(from).to.equal("127.0.1.7");
  });

  it("is a failure when TLS goes wrong, never a refusal that was to come", async () => {
    const actual = await sendTo((socket) => socket.end("not TLS at all"), clients[2]);
    expect(actual.outcome).to.equal("failed");
  });
});
