/** Plans of resources, held against the schema of docs/plan.schema.json. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import { expect } from "chai";
import type { Accepts } from "../../../cli/plan/accepted";
import { makePlan } from "../../../cli/plan/make";
import type { Plan } from "../../../cli/plan/types";
import { type Screen, screenOf } from "../../../cli/screen";
import { Account } from "../../../local/model";
import type { Evaluation } from "../../../local/program";
import type { DeclaredResource } from "../../../topology/resource";

type Refusal = Evaluation["refusals"][number];

const schema = JSON.parse(
  readFileSync(path.join(__dirname, "../../../docs/plan.schema.json"), "utf8"),
) as object;
const valid = new Ajv2020({ strict: false }).compile(schema);

export function expectValid(value: unknown): void {
  expect(valid(JSON.parse(JSON.stringify(value))), JSON.stringify(valid.errors)).to.equal(true);
}

/** The plan of a program with these resources, in eu-west-1. */
export function planOf(
  resources: readonly DeclaredResource[],
  { accepts, refusals = [] }: { accepts?: Accepts; refusals?: readonly Refusal[] } = {},
): Plan {
  const region = "eu-west-1";
  const evaluation = {
    ...{ stack: "test", cwd: ".", account: new Account({ region }), resources },
    ...{ outputs: {}, logs: [], refusals, notChecked: [], secrets: new Set<string>() },
  };
  const evaluated = { project: "p", stack: "test", region, evaluation, problems: [] };
  const plan = makePlan(evaluated, accepts);
  expectValid(plan);
  return plan;
}

/** What is printed on a screen without colours. */
export function printed(
  print: (screen: Screen) => void,
  size: Partial<Pick<Screen, "width">> = {},
): string {
  let text = "";
  const screen = screenOf({ write: () => undefined }, { NO_COLOR: "1" });
  print({ ...screen, ...size, print: (line = "") => (text += `${line}\n`) });
  return text;
}
