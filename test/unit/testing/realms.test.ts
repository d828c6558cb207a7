/** An evaluation as another context of the process gets it, as Jest runs tests in. */
import { types } from "node:util";
import * as vm from "node:vm";
import { expect } from "chai";
import { packedEvaluation, unpackedEvaluation } from "../../../cli/evaluation/transfer";
import { viewOfResources } from "./views";
import { soundProgram } from "../rules/program";

describe("an evaluation from another context", () => {
  it("has its maps, sets and lists", () => {
    const { evaluation } = viewOfResources(soundProgram());
    const secretsOf = new Map([["urn", new Set(["secret"])]]);
    const packed = packedEvaluation({ ...evaluation, secretsOf });
    const elsewhere: unknown = vm.runInNewContext(
      `const copy = (value) =>
        Array.isArray(value) ? value.map(copy)
        : kinds.isMap(value) ? new Map([...value].map(copy))
        : kinds.isSet(value) ? new Set([...value].map(copy))
        : typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]))
        : value;
      copy(packed);`,
      { packed, kinds: types },
    );
    const received = unpackedEvaluation(elsewhere);
    expect(received.secretsOf?.get("urn")).to.deep.equal(new Set(["secret"]));
    expect(received.logs).to.be.an.instanceof(Array);
    expect([...received.account.resources]).to.deep.equal([]);
  });
});
