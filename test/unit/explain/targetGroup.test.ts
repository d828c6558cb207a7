import { expect } from "chai";
import { matrixRow, type ClientRequest } from "../../../path/protocols";
import { knownVersion, seenIndex, seenKinds, targetVersions } from "../../../logs/targetGroup";
import { albLine, groupArn, notSent, type Fields } from "./lines";
import { read } from "./reading";

const arn = groupArn("web");
const get1: Fields = { target_group_arn: arn };
const get2: Fields = { ...get1, type: "h2", request: "GET https://a:443/ HTTP/2.0" };
const post2: Fields = { ...get1, type: "h2", request: "POST https://a:443/ HTTP/2.0" };
const grpc: Fields = { ...post2, type: "grpcs" };
const refused = (fields: Fields): Fields => ({ ...fields, ...notSent, elb_status_code: "464" });

async function versionAfter(...fields: Fields[]) {
  const { report } = await read(fields.map((one) => albLine(one)).join("\n"));
  const { versions, certainty } = report.targetGroups[0] ?? { versions: [], certainty: "open" };
  return { versions: versions.join(), certainty };
}

describe("a target group's protocol version, from what it took and refused", () => {
  const rows: readonly (readonly [what: string, seen: Fields[], versions: string, certainty: string])[] = [
    ["nothing telling", [post2], "HTTP1,HTTP2,GRPC", "open"],
    ["HTTP/1.1 taken", [get1], "HTTP1", "sure"],
    ["HTTP/1.1 refused", [refused(get1)], "HTTP2,GRPC", "open"],
    ["HTTP/1.1 refused, HTTP/2 taken", [refused(get1), get2], "HTTP2", "sure"],
    ["HTTP/2 refused", [refused(get2)], "GRPC", "sure"],
    ["HTTP/1.1 refused, gRPC taken", [refused(get1), grpc], "HTTP2,GRPC", "open"],
    ["HTTP/2 taken", [get2], "HTTP1,HTTP2", "open"],
    ["gRPC refused", [refused(grpc)], "HTTP1", "sure"],
    ["HTTP/2 POST refused: it was gRPC", [refused(post2)], "HTTP1", "sure"],
    ["HTTP/1.1 POST refused may be gRPC's", [refused({ ...get1, request: "POST https://a:443/ HTTP/1.1" })], "HTTP1,HTTP2,GRPC", "open"],
    ["what cannot be", [get1, refused(get1)], "", "contradictory"],
  ]; // prettier-ignore
  for (const [what, seen, versions, certainty] of rows)
    it(`${what}: ${versions || "none"}`, async () => {
      expect(await versionAfter(...seen)).to.deep.equal({ versions, certainty });
    });

  it("never rules out the true one, whatever is sent to it", () => {
    const clients: readonly [ClientRequest, "HTTP/1" | "HTTP/2" | "gRPC"][] = [
      ["HTTP/1.1", "HTTP/1"],
      ["HTTP/2", "HTTP/2"],
      ["gRPC", "gRPC"],
      ["gRPC", "HTTP/2"],
      ["gRPC over HTTP/1.1", "HTTP/1"],
    ];
    for (const version of targetVersions) {
      const counts = seenKinds.map(() => 0);
      for (const [client, spoke] of clients)
        for (const post of [true, false]) {
          // gRPC is POST.
          if (client.startsWith("gRPC") && !post) continue;
          const row = matrixRow(client, version, post ? "POST" : "GET");
          counts[seenIndex(spoke, post, row.forwardedAs !== undefined)] = 1;
        }
      expect(knownVersion(counts).versions, version).to.include(version);
      expect(knownVersion(counts).certainty, version).to.equal("sure");
    }
  });
});
