/** What a viewer claims about its address: no app gets it, in any variant, with a web ACL and without. */
import { expect } from "chai";
import { type Variant, variantNames } from "../../path/variants";
import { resourcesWith } from "./evaluated";
import { echoClient, echoServer } from "./grpc-echo";
import { servingGrpc } from "./grpc-stack";
import { forBoth, type Kind } from "./nginx-support";
import { endServing, forgedAddress, seen, serving, type Serving } from "./serving";

const forged = {
  ...forgedAddress,
  "x-forwarded-host": "evil.example",
  "cloudfront-viewer-address": "192.0.2.66:1",
};
const own = "198.51.100.7";

/** The stack `mixed` in a variant that nginx answers by itself. */
async function served(variant: Variant, waf: boolean, kind: Kind): Promise<Serving> {
  const resources = await resourcesWith("mixed", {
    "hopwise:grpc": undefined,
    "hopwise:variant": variant,
    "hopwise:waf": JSON.stringify({ enabled: waf }),
  });
  expect(resources.some(({ type }) => type.endsWith(":WebAcl"))).to.equal(waf);
  return serving(resources, kind);
}

forBoth("a forged address", (kind) => {
  afterEach(endServing);

  for (const waf of [false, true]) {
    const title = waf ? "with a web ACL" : "without a web ACL";
    for (const variant of variantNames.filter((name) => name !== "grpc-via-cloudfront"))
      it(`has no effect on ${variant}, ${title}`, async () => {
        const stack = await served(variant, waf, kind);
        const { client } = await seen(stack, { headers: forged, name: stack.front.host });
        expect(client).to.equal(own);
      });

    for (const variant of variantNames)
      it(`has none on what the app of gRPC calls gets on ${variant}, ${title}`, async () => {
        const ends: (() => unknown)[] = [];
        try {
          const ports = { http: 18296, grpc: 18297, upstream: await echoServer(ends) };
          const stack = await servingGrpc(variant, kind, ports, undefined, {
            waf: { enabled: waf },
          });
          const { port, host } = stack.front;
          const { text, trailers } = await echoClient({ port, ca: stack.ca }, host, ends).unary(
            "unary",
            "hello",
            forged,
          );
          expect(text).to.equal("hello");
          const names = Object.keys(trailers.getMap()).filter((name) => name.startsWith("x-seen-"));
          const got = Object.fromEntries(names.map((name) => [name, trailers.get(name)]));
          expect(got).to.deep.equal({
            "x-seen-x-forwarded-for": [own],
            "x-seen-x-real-ip": [own],
          });
        } finally {
          for (const end of ends) end();
        }
      });
  }
});
