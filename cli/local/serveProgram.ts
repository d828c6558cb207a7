import { relative } from "node:path";
import { prefixLists } from "../../local/model/cloudfrontPrefixLists";
import type { Evaluation } from "../../local/program";
import { findCaddy } from "../../local/serve/http3/find";
import { serve, type Served, type ServeOptions } from "../../local/serve";
import { readTopology } from "../../topology";
import type { LocalResource } from "../../local/model/types";
import type { PathSpec } from "../../path/types";
import type { Service } from "../../topology/types";
import { assumedOf } from "../evaluation/assumed";
import { stoppedOnAws } from "../evaluation/stopped";
import { CommandFailure } from "../failure";
import { stackOfEvaluation } from "../findings";
import { leaveServing, stateFolder } from "../serving";
import { ResourceNames } from "../plan/names";
import { titleOf } from "../plan/paths";
import { shortType } from "../show/findings";
import { notModelledText } from "./evaluateProgram";
import { pathOf, pathsOf } from "../../topology/pathOf";
import { type CheckedPath, checkedPaths } from "./checkedPaths";

/** How a program is to be served. */
export interface ServeProgramOptions extends Omit<ServeOptions, "stateDir" | "projectDir"> {
  /** Folder that the state of runs is kept in. */
  readonly projectDir: string;
}

/** A path, and what viewers call: `app.example.com/api/*`. */
export interface NamedPath {
  readonly title: string;
  readonly spec: PathSpec;
}

/** A program that is being served. */
export interface ServedProgram {
  /** The first path of the program; undefined where nothing leads to a task. */
  readonly path?: PathSpec;
  /** Every path that ends at a task, by what viewers call. */
  readonly paths: readonly NamedPath[];
  /** The paths to make requests on; see `checkedPaths`. */
  readonly checked: readonly CheckedPath[];
  /** Why no request is made; undefined where some are. */
  readonly unchecked?: string;
  readonly url: string;
  /** The same over IPv6; absent: it is served over IPv4 only. */
  readonly url6?: string;
  /** The CA that clients have to trust, as short as it can be named from here. */
  readonly caFile: string;
  /** Folder that represents S3, named the same way. */
  readonly logDir: string;
  readonly notes: readonly string[];
  /** See `Served`. */
  readonly deployments: Served["deployments"];
  readonly moveDeployment: Served["moveDeployment"];
  /** Changes what is served to another evaluation of the program; see `Served.update`. */
  update(program: Evaluation): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves a program's resources on loopback, and says where the places of its path are.
 *
 * @throws {CommandFailure} when the resources make nothing that could be served
 */
export async function serveProgram(
  program: Evaluation,
  { projectDir, ...options }: ServeProgramOptions,
): Promise<ServedProgram> {
  let found = findPaths(program);
  let more = moreNotes(program);
  let { resources } = program;
  const stateDir = stateFolder(projectDir, program.stack);
  const http3 = findCaddy();
  // Images and commands are found from where the program runs.
  const served = await serve(program.resources, {
    http3,
    ...options,
    projectDir: program.cwd,
    stateDir,
  });
  const leave = () => leaveServing(projectDir, program.stack, served, options.callerAddress);
  let forget = leave();
  return {
    get path() {
      return found.first?.spec;
    },
    get paths() {
      const names = new ResourceNames(resources);
      return found.all
        .filter(({ via }) => via.serviceArn !== undefined)
        .map((path) => ({ title: titleOf(path, found.topology, names), spec: path.spec }));
    },
    get checked() {
      return checkedPaths(found.all, found.topology, served, options.callerAddress);
    },
    get unchecked() {
      const [disabled] = found.topology.disabled;
      if (disabled !== undefined) return `the distribution ${disabled} is disabled`;
      return found.first === undefined ? "no path of the program leads to a task" : undefined;
    },
    url: served.front.url,
    url6: served.front.url6,
    caFile: fromHere(served.caFile),
    logDir: fromHere(served.logDir),
    get deployments() {
      return served.deployments;
    },
    moveDeployment: (service, at) => served.moveDeployment(service, at),
    get notes() {
      return [...served.notes, ...more];
    },
    update: async (next) => {
      const paths = findPaths(next);
      await served.update(next.resources);
      forget = leave();
      found = paths;
      resources = next.resources;
      more = moreNotes(next);
    },
    close: () => {
      forget();
      return served.close();
    },
  };
}

/** What is other than in a deployment before anything is served. */
function moreNotes(program: Evaluation): string[] {
  const unmodelled = notModelledText(program);
  return [
    ...assumedOf(program),
    ...(unmodelled === undefined ? [] : [unmodelled]),
    ...stoppedOnAws(stackOfEvaluation(program)),
  ];
}

/** A path as a person would write it: relative where that is shorter. */
function fromHere(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith("..") ? file : short;
}

/** @throws {CommandFailure} when there is nothing that could be served */
function findPaths(program: Evaluation) {
  const topology = readTopology(program.resources);
  const lists = prefixLists(program.account);
  const all = pathsOf(topology, lists);
  const listening = topology.loadBalancers.some((lb) => lb.listeners.length > 0);
  const first = pathOf(topology, lists);
  if (first || listening || topology.distributions.length > 0) return { topology, all, first };
  const unknown = notModelledText(program);
  const alone = topology.services.filter(({ targets }) => targets.length === 0);
  throw new CommandFailure(
    "There is no path to serve: the program has neither a CloudFront distribution nor a load balancer " +
      `with a listener. It makes: ${made(program.resources) || "nothing"}.` +
      (alone.length === 0 ? "" : `\n${withoutLoadBalancer(alone)}`) +
      (unknown === undefined ? "" : `\n${unknown}`),
  );
}

/** Their containers have nothing of AWS in front of them that could be served here. */
function withoutLoadBalancer(services: readonly Service[]): string {
  const containers = services.flatMap(({ name, containers: all }) =>
    all.map((one) => `${one.name} of ${name} (${[one.image, ...one.ports].join(", ")})`),
  );
  return (
    "Containers that are called without a load balancer are not served here: start their images " +
    `yourself. hopwise plan shows who may call them. They are: ${containers.join("; ") || "not known"}.`
  );
}

/** The types of resources there are, each once. */
function made(resources: readonly LocalResource[]): string {
  return [...new Set(resources.map((resource) => shortType(resource.type)))].join(", ");
}
