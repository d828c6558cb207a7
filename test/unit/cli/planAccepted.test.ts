/** Findings that the policy pack's configuration accepts, in a plan. */
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { readAccepted } from "../../../cli/plan/accepted";
import { printPlan } from "../../../cli/plan/text";
import { policies } from "../../../policy/policies";
import { temporaryFolder } from "../../packed";
import { ids, resource, soundProgram } from "../rules/program";
import { planOf, printed } from "./planOf";

const folder = temporaryFolder();

const accepting = (config: unknown) => {
  const file = path.join(folder, "policy-config.json");
  writeFileSync(file, JSON.stringify(config));
  return readAccepted(file);
};

const http = resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "http", {
  ...{ securityGroupId: ids.albGroup, ipProtocol: "tcp", fromPort: 80, toPort: 80 },
  prefixListId: ids.prefixList,
});
const twoLists = [...soundProgram(), http];
const refusals = [
  {
    ...{ urn: http.urn, type: http.type, name: http.name },
    code: "RulesPerSecurityGroupLimitExceeded",
    message: "The maximum number of rules per security group has been reached.",
  },
];
const excepts = (urn: string) =>
  accepting({ "prefix-list-quota": { exceptions: [{ urn, reason: "Our quota is 120" }] } });

describe("findings that the policy pack's configuration accepts", () => {
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("are not findings of the plan, nor is AWS's refusal for them", () => {
    expect(planOf(twoLists, { refusals }).verdict).to.equal("error");
    const plan = planOf(twoLists, { refusals, accepts: excepts("*::alb-group") });
    expect(plan.verdict).to.equal("ok");
    expect(plan.refusals).to.deep.equal([]);
    expect(plan.findings.map(({ code }) => code)).not.to.include("prefix-list-quota");
    expect(plan.accepted.map(({ code, reason }) => [code, reason])).to.deep.equal([
      ["prefix-list-quota", "Our quota is 120"],
    ]);
    const text = (all: boolean) =>
      printed((screen) => {
        printPlan(plan, screen, { all });
      });
    expect(text(false)).to.include("· prefix-list-quota\n").and.include("1 accepted.");
    expect(text(true)).to.include("· prefix-list-quota of alb-group: Our quota is 120");
  });

  it("are those of the resources that it excepts, and no others", () => {
    const plan = planOf(twoLists, { refusals, accepts: excepts("*::other-group") });
    expect(plan.verdict).to.equal("error");
    expect(plan.findings[0]?.code).to.equal("prefix-list-quota");
    expect(plan.accepted).to.deep.equal([]);
  });

  it("are those of disabled rules: one, or all that it does not name", () => {
    const verdict = (config: unknown) => planOf(twoLists, { accepts: accepting(config) }).verdict;
    expect(verdict({ "prefix-list-quota": "disabled" })).to.equal("ok");
    expect(verdict({ "prefix-list-quota": { enforcementLevel: "disabled" } })).to.equal("ok");
    expect(verdict({ all: "disabled" })).to.equal("ok");
    expect(verdict({ all: "disabled", "prefix-list-quota": "advisory" })).to.equal("error");
  });

  it("come from a file that may name every rule of the pack", () => {
    accepting(Object.fromEntries(policies.map(({ name }) => [name, "mandatory"])));
  });

  it("need a file that is right: all problems are listed", () => {
    const config = {
      "tasks-opn": "disabled",
      "tasks-open": "off",
      "role-unused": { exceptions: [{ urn: "*" }] },
    };
    expect(() => accepting(config)).to.throw(
      /tasks-opn: there is no such rule. Is tasks-open meant\?\n {2}tasks-open: expected .*\n {2}role-unused: expected .*"reason"/,
    );
    expect(() => readAccepted("nowhere.json")).to.throw(
      /^--policy-pack-config: nowhere.json: ENOENT/,
    );
    expect(() => accepting([])).to.throw(/holds no JSON object/);
  });
});
