/** Every cell of the matrix: what is served answers as the model says. */
import { expect } from "chai";
import { readTopology } from "../../topology";
import { pathsOf } from "../../topology/pathOf";
import { lanes, laneText, sent } from "./axes";
import { disagreement, isUnknown, specOf, type Cell } from "./run";
import { runMatrix } from "./shares";
import { buildLanes, resourcesOf } from "./stack";

describe("the matrix of protocols", () => {
  const { built, refused } = buildLanes();

  it("AWS refuses every HTTP listener in front of an HTTP2 or GRPC target group, and nothing else", () => {
    const impossible = lanes.filter((l) => l.listener === "HTTP" && l.version !== "HTTP1");
    expect(refused.map(({ lane }) => laneText(lane))).to.deep.equal(impossible.map(laneText));
    for (const { lane, refusals } of refused)
      expect(refusals.map((r) => r.message)).to.deep.equal([
        `Listener protocol 'HTTP' is not supported with a target group with the protocol-version '${lane.version}'`,
      ]);
  });

  it("all lanes read as one program give the same paths as each lane on its own", () => {
    const paths = pathsOf(readTopology(resourcesOf(built)), new Map());
    const ids = paths.map((path) => path.via.distributionId);
    for (const lane of built.filter(({ lane: l }) => l.edge)) {
      const id = lane.resources.find((r) => r.type.endsWith(":Distribution"))?.id;
      expect(paths[ids.indexOf(id)]?.spec, laneText(lane.lane)).to.deep.equal(specOf(lane));
    }
  });

  it("what is served answers every request of every lane as the model says", async () => {
    const cells = await runMatrix();
    console.log(counts(cells, refused.length * sent.length));
    expect(cells).to.have.lengthOf(built.length * sent.length);
    const differing = cells.flatMap((cell) => disagreement(cell) ?? []);
    expect(differing, differing.slice(0, 20).join("\n")).to.have.lengthOf(0);
  });
});

function counts(cells: readonly Cell[], refused: number): string {
  const reaching = cells.filter((cell) => cell.found.reaches).length;
  const differing = cells.filter((cell) => disagreement(cell) !== undefined).length;
  const unknown = cells.filter(isUnknown).length;
  return `matrix: ${cells.length + refused} cells, ${refused} refused by AWS, ${cells.length} served (${reaching} reach the container, ${unknown} not known of AWS), ${differing} disagreements`;
}
