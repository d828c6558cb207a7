import { expect } from "chai";
import type { OutgoingHttpHeaders } from "node:http";
import { eventually } from "../eventually";
import {
  forBoth,
  get,
  loadBalancer,
  reflected,
  start,
  stranger,
  type Running,
} from "./nginx-support";

interface Case {
  readonly what: string;
  readonly from: string;
  readonly forwardedFor?: string | string[];
  readonly client: string;
}

const behindLoadBalancer: Case[] = [
  {
    what: "the last entry",
    from: loadBalancer,
    forwardedFor: "203.0.113.7",
    client: "203.0.113.7",
  },
  { what: "IPv6", from: loadBalancer, forwardedFor: "2001:db8::7", client: "2001:db8::7" },
  {
    what: "not an entry that the viewer wrote",
    from: loadBalancer,
    forwardedFor: "1.1.1.1, 2.2.2.2,203.0.113.7",
    client: "203.0.113.7",
  },
  {
    what: "not a header line that the viewer wrote",
    from: loadBalancer,
    forwardedFor: ["1.1.1.1, 2.2.2.2", "203.0.113.7"],
    client: "203.0.113.7",
  },
  { what: "the peer without the header", from: loadBalancer, client: loadBalancer },
  {
    what: "the peer where the entry is no address",
    from: loadBalancer,
    forwardedFor: "203.0.113.7, unknown",
    client: loadBalancer,
  },
  {
    what: "the peer where nobody trusts it",
    from: stranger,
    forwardedFor: "203.0.113.7",
    client: stranger,
  },
];

const behindCloudFront: Case[] = [
  {
    what: "the last but one entry",
    from: loadBalancer,
    forwardedFor: "203.0.113.7, 130.176.0.9",
    client: "203.0.113.7",
  },
  {
    what: "an IPv6 viewer",
    from: loadBalancer,
    forwardedFor: "2001:db8::7, 130.176.0.9",
    client: "2001:db8::7",
  },
  {
    what: "not the entries that the viewer wrote",
    from: loadBalancer,
    forwardedFor: "1.1.1.1, 2.2.2.2, 203.0.113.7, 130.176.0.9",
    client: "203.0.113.7",
  },
  {
    what: "not what stands before a strange separator",
    from: loadBalancer,
    forwardedFor: "1.1.1.1 ,,;\t, 203.0.113.7,130.176.0.9",
    client: "203.0.113.7",
  },
  {
    what: "the only entry, which the load balancer wrote",
    from: loadBalancer,
    forwardedFor: "10.0.3.4",
    client: "10.0.3.4",
  },
  {
    what: "the peer where the entry is no address",
    from: loadBalancer,
    forwardedFor: "1.1.1.1, unknown, 130.176.0.9",
    client: loadBalancer,
  },
  {
    what: "the peer where nobody trusts it",
    from: stranger,
    forwardedFor: "203.0.113.7, 130.176.0.9",
    client: stranger,
  },
];

async function tells(
  { url }: Running,
  from: string,
  headers: OutgoingHttpHeaders,
): Promise<Record<string, unknown>> {
  return reflected(await get(`${url}/.well-known/hopwise`, { from, headers }));
}

forBoth("the viewer's address", (kind) => {
  for (const [hops, cases] of [
    ["1", behindLoadBalancer],
    ["2", behindCloudFront],
  ] as const) {
    it(`counts ${hops} trusted hop(s) from the right`, async () => {
      const origin = await start(kind, { HOPWISE_TRUSTED_HOPS: hops });
      for (const { what, from, forwardedFor, client } of cases) {
        const headers = forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor };
        const seen = await tells(origin, from, headers);
        expect(seen.client, what).to.equal(client);
        expect(seen.peer, what).to.equal(from);
      }
    });
  }

  it("believes nobody without HOPWISE_TRUSTED_CIDRS", async () => {
    const origin = await start(kind, { HOPWISE_TRUSTED_CIDRS: "" });
    const seen = await tells(origin, loadBalancer, {
      "x-forwarded-for": "203.0.113.7",
      "x-forwarded-proto": "https",
    });
    expect(seen).to.include({ client: loadBalancer, scheme: "http" });
  });

  it("is in the log, with the peer and the trace id", async () => {
    const { url, log } = await start(kind);
    const trace = "Root=1-67891233-abcdef012345678912345678";
    await get(`${url}/?logged`, {
      from: loadBalancer,
      headers: {
        "x-forwarded-for": "203.0.113.7",
        "x-amzn-trace-id": trace,
        "user-agent": 'a"b\\',
      },
    });
    const line = (): string => log.find((entry) => entry.includes("/?logged")) ?? "";
    await eventually("it is logged", () => line() !== "");
    expect(JSON.parse(line())).to.include({
      protocol: "HTTP/1.1",
      status: 200,
      client: "203.0.113.7",
      peer: loadBalancer,
      trace,
      user_agent: 'a"b\\',
    });
  });
});

forBoth("the viewer's scheme", (kind) => {
  const cases = [
    { hops: "1", from: loadBalancer, headers: { "x-forwarded-proto": "https" }, scheme: "https" },
    { hops: "1", from: loadBalancer, headers: { "x-forwarded-proto": "evil" }, scheme: "http" },
    { hops: "1", from: stranger, headers: { "x-forwarded-proto": "https" }, scheme: "http" },
    {
      hops: "1",
      from: loadBalancer,
      headers: { "cloudfront-forwarded-proto": "https" },
      scheme: "http",
    },
    // The load balancer tells CloudFront's scheme, not the viewer's, and CloudFront redirects to HTTPS.
    { hops: "2", from: loadBalancer, headers: { "x-forwarded-proto": "http" }, scheme: "https" },
    {
      hops: "2",
      from: loadBalancer,
      headers: { "x-forwarded-proto": "https", "cloudfront-forwarded-proto": "http" },
      scheme: "http",
    },
    {
      hops: "2",
      from: stranger,
      headers: { "cloudfront-forwarded-proto": "https" },
      scheme: "http",
    },
  ];
  for (const { hops, from, headers, scheme } of cases) {
    it(`is ${scheme} with ${hops} hop(s), ${JSON.stringify(headers)} from ${from}`, async () => {
      const origin = await start(kind, { HOPWISE_TRUSTED_HOPS: hops });
      expect((await tells(origin, from, headers)).scheme).to.equal(scheme);
    });
  }
});
