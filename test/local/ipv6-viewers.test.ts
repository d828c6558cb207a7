/** Viewers over IPv6: by ::1, where this machine has it and what they call has IPv6 addresses. */
import { networkInterfaces } from "node:os";
import { expect } from "chai";
import type { ServeOptions } from "../../local/serve";
import { eventually } from "../eventually";
import { resourcesWith } from "./evaluated";
import { forBoth, type Kind } from "./nginx-support";
import { accessLog, call, endServing, forgedAddress, seen, serving, type Serving } from "./serving";

const here = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === "::1"),
);
const own = "2001:db8::7";

async function served(
  stack: string,
  kind: Kind,
  settings: Readonly<Record<string, object>> = {},
  options: Partial<ServeOptions> = {},
): Promise<Serving> {
  const given = Object.entries(settings).map(([key, value]) => [
    `hopwise:${key}`,
    JSON.stringify(value),
  ]);
  const resources = await resourcesWith(stack, Object.fromEntries(given) as Record<string, string>);
  return serving(resources, kind, options);
}

const dualStack = (allowedCidrs: readonly string[]) => ({
  network: { ipAddressType: "dualstack" },
  viewers: { allowedCidrs },
});

forBoth("a viewer over IPv6", (kind) => {
  afterEach(endServing);

  if (!here) {
    it("is not served on a machine without ::1, which a note says", async () => {
      const { notes, front } = await served("dev", kind);
      expect(notes.join()).to.include("is served over IPv4 only");
      expect(front.url6).to.equal(undefined);
    });
    return;
  }

  const addressOf = async ({ front, ...rest }: Serving): Promise<string> => {
    const { client } = await seen(
      { front, ...rest },
      {
        url: front.url6,
        headers: forgedAddress,
        name: front.host,
      },
    );
    return client;
  };

  it("reaches the app through CloudFront with its own address", async () => {
    const stack = await served("mixed", kind);
    expect(await addressOf(stack)).to.equal(own);
    const { front } = stack;
    expect((await seen(stack, { name: front.host })).client).to.equal("198.51.100.7");
    const plain = `http://[::1]:${front.plainPort ?? 0}`;
    expect(await call(stack, { url: plain, name: front.host })).to.include({ status: 301 });
  });

  it("reaches the app through a load balancer, whose log has its address", async () => {
    const stack = await served("h2", kind, dualStack(["0.0.0.0/0", "::/0"]));
    expect(await addressOf(stack)).to.equal(own);
    const line = (): string | undefined =>
      accessLog(stack).find((one) => new RegExp(` ${own}:\\d+ `).test(one));
    await eventually("a line is written", () => line() !== undefined);
    expect(line()).to.match(/^h2 /);
  });

  it("is admitted by the ranges of IPv6 only", async () => {
    const stack = await served("h2", kind, dualStack(["0.0.0.0/0", "2001:db8:1::/48"]));
    const { front } = stack;
    const answered = async (url: string) =>
      (await call(stack, { url, name: front.host })).status !== undefined;
    expect([await answered(front.url), await answered(front.url6 ?? "")]).to.deep.equal([
      true,
      false,
    ]);
  });

  it("represents the address that is chosen for callers", async () => {
    const stack = await served("mixed", kind, {}, { callerAddress: "2001:db8::99" });
    expect(await addressOf(stack)).to.equal("2001:db8::99");
  });

  it("has no address of a load balancer for IPv4 to call", async () => {
    const { front, notes } = await served("h2", kind);
    expect(front.url6).to.equal(undefined);
    expect(notes.join()).not.to.include("IPv6");
  });
});
