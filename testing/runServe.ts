/** Serves the stack that the parent process sends, until that asks for the end or is gone. */
import { rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { unpackedEvaluation } from "../cli/evaluation/transfer";
import { temporaryFolder } from "../cli/temporary";
import { findNginx, howToGetNginx, minimumNginx, type NginxChoice } from "../local/nginx";
import type { Evaluation } from "../local/program";
import { serve, type Served, type Upstream } from "../local/serve";
import { givenFor } from "../local/serve/tasks/containerNames";
import { readTopology } from "../topology";

/** What to serve. */
export interface StartServing {
  readonly evaluation: unknown;
  readonly commands: ReadonlyMap<string, string>;
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly embeddedOrigin: boolean;
}

/** Where it is served. */
export interface Serving extends Pick<Served, "front" | "loadBalancers" | "notes" | "caFile"> {
  readonly ca: string;
}

/** What the parent process is sent. */
export type FromServer =
  | { readonly kind: "serving"; readonly serving: Serving }
  | { readonly kind: "failed"; readonly message: string };

export function runServe(): void {
  process.once("message", (start: StartServing) => {
    void run(start).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      tell({ kind: "failed", message }, () => process.exit(1));
    });
  });
  process.once("disconnect", () => process.exit(1));
}

async function run(start: StartServing): Promise<void> {
  const evaluation = unpackedEvaluation(start.evaluation);
  const nginx = await chooseNginx(evaluation, start);
  const stateDir = temporaryFolder("hopwise-testing-");
  process.once("exit", () => {
    rmSync(stateDir, { recursive: true, force: true });
  });
  const { commands, upstreams } = start;
  const served = await serve(evaluation.resources, {
    ...{ projectDir: evaluation.cwd, stateDir, port: 0, nginx, commands, upstreams },
  });
  const end = (): void => {
    void served.close().finally(() => process.exit(0));
  };
  process.removeAllListeners("disconnect").once("disconnect", end);
  process.once("message", end);
  const { front, loadBalancers, notes, caFile } = served;
  const ca = await readFile(caFile, "utf8");
  tell({ kind: "serving", serving: { front, loadBalancers, notes, caFile, ca } });
}

function tell(message: FromServer, done: () => void = () => undefined): void {
  process.send?.(message, done);
}

/** @throws Error for a container that nothing would replace */
async function chooseNginx(
  { resources }: Evaluation,
  { commands, upstreams, embeddedOrigin }: StartServing,
): Promise<NginxChoice> {
  if (embeddedOrigin) return "embedded";
  const nginx = await findNginx();
  if (nginx) return nginx;
  const names = [...commands.keys(), ...upstreams.keys()].map((name) => name.replace(/:\d+$/, ""));
  const given = new Map(names.map((name) => [name, true]));
  const called = readTopology(resources).services.flatMap((service) =>
    service.targets
      .map(({ containerName }) => containerName)
      .filter((name) => givenFor(given, service, name) === undefined),
  );
  const open = [...new Set(called)];
  if (open.length === 0) return "embedded";
  throw new Error(
    `There is no nginx ${minimumNginx} or newer here to run in place of the container ${open.join(", ")}. ` +
      `Give a command, run: { ${JSON.stringify(open[0])}: "node server.js" }, or a server, upstream; ` +
      `or set embeddedOrigin: true for a small server. ${howToGetNginx()}`,
  );
}
