/** Containers that others wait for, each replaced by a command: their order, and their end. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { LocalResource, Props } from "../../local/model/types";
import { evaluate, type Evaluation } from "../../local/program";
import { serve, type Served, type ServeEvent } from "../../local/serve";
import { token } from "../../topology/tokens";
import { get } from "../cli/web";
import { eventually } from "../eventually";

/** The program, with a container that ends before its app starts. */
function migrating(resources: readonly LocalResource[], essential: boolean): LocalResource[] {
  const wait = { containerName: "migrate", condition: "SUCCESS" };
  const changed = (props: Props): Props => {
    const [app] = JSON.parse(String(props.containerDefinitions)) as Props[];
    const migrate = { name: "migrate", image: "example.com/migrate:1", essential };
    const list = [{ ...app, dependsOn: essential ? [] : [wait] }, migrate];
    return { ...props, containerDefinitions: JSON.stringify(list) };
  };
  return resources.map((resource) =>
    resource.type === token.taskDefinition
      ? { ...resource, inputs: changed(resource.inputs), outputs: changed(resource.outputs) }
      : resource,
  );
}

describe("containers that others wait for", () => {
  let program: Evaluation;
  let stateDir: string;
  let served: Served | undefined;
  let events: ServeEvent[];

  before(async () => {
    program = await evaluate({ projectDir: path.join(__dirname, "../cli/fixture/web") });
  });
  beforeEach(() => {
    stateDir = mkdtempSync(path.join(tmpdir(), "hopwise-sidecars-"));
    events = [];
  });
  afterEach(async () => {
    await served?.close();
    served = undefined;
    rmSync(stateDir, { recursive: true });
  });

  const serving = async (migrate: string, essential = false): Promise<Served> =>
    (served = await serve(migrating(program.resources, essential), {
      ...{ projectDir: program.cwd, stateDir, port: 0, nginx: "embedded" },
      commands: new Map([
        ["app", "node server.js"],
        ["migrate", migrate],
      ]),
      onEvent: (event) => events.push(event),
    }));
  const lines = (): string[] => events.flatMap((e) => (e.kind === "log" ? [e.line] : []));

  it("end first, and the task goes on without them", async () => {
    const { front } = await serving("sleep 0.2; echo migrated");
    // Two tasks.
    expect(lines().slice(0, 1)).to.deep.equal(["migrated"]);
    expect(lines().filter((line) => line === "migrated")).to.have.length(2);
    expect((await get(front.url)).status).to.equal(200);
    expect(events.filter((e) => e.kind === "trouble")).to.deep.equal([]);
    expect(lines().filter((line) => line === "migrated")).to.have.length(2);
  });

  it("stop the start where they fail", async () => {
    const error = await serving("exit 3").catch((e: unknown) => e as Error);
    expect((error as Error).message).to.contain("container migrate ended with exit code 3");
    expect(lines()).not.to.include("listening");
  });

  it("end the task where they are essential", async () => {
    await serving("sleep 1; echo over", true);
    await eventually("it starts again", () => lines().filter((l) => l === "over").length > 2);
  });
});
