/** Requests as they pass: what every hop reports of one, brought together into one block. */
import type { LogEvent, RequestEvent, ServeEvent } from "../../local/serve/events";
import type { Screen } from "../screen";
import { eventLines } from "./events";
import { requestLines } from "./requestLines";
import { type Logged, readLogLine } from "./taskLog";

/** What is known of one request. */
export interface Passage {
  edge?: RequestEvent;
  loadBalancer?: RequestEvent;
  /** The task's own line about it. */
  logged?: Logged;
}

/** Milliseconds that a request waits for the line of its task, which comes through a pipe. */
const logMs = 80;
/** Milliseconds that a load balancer's part waits for that of the edge in front of it. */
const edgeMs = 2000;
/** How many lines of tasks are kept for requests that are not over yet. */
const keptLines = 50;

/** See the file's comment. Events of other kinds are printed as they come. */
export class Passing {
  /** By the load balancer's id of it, or CloudFront's. */
  private readonly open = new Map<string, Passage & { timer?: NodeJS.Timeout }>();
  private lines: Logged[] = [];

  constructor(
    private readonly screen: Screen,
    private readonly verbose: boolean,
  ) {}

  /** To be given every event. */
  readonly onEvent = (event: ServeEvent): void => {
    if (event.kind === "request") this.request(event);
    else {
      if (event.kind === "log") this.log(event);
      this.print(eventLines(event, this.screen, this.verbose));
    }
  };

  /** Prints what still waits for a part. */
  flush(): void {
    for (const key of [...this.open.keys()]) this.close(key);
  }

  private request(event: RequestEvent): void {
    const key = event.edgeId ?? event.id;
    const passage = this.open.get(key) ?? {};
    this.open.set(key, passage);
    if (event.hop === "cloudfront") passage.edge = event;
    else passage.loadBalancer = event;
    this.findLine(passage);
    if (isWhole(passage)) this.close(key);
    else this.closeLater(key, passage.loadBalancer && !hasAllHops(passage) ? edgeMs : logMs);
  }

  private log({ line }: LogEvent): void {
    const logged = readLogLine(line);
    if (!logged) return;
    this.lines = [...this.lines.slice(1 - keptLines), logged];
    for (const [key, passage] of this.open) {
      this.findLine(passage);
      if (isWhole(passage)) this.close(key);
    }
  }

  /** Takes the line that is about a request: by its trace id, else by what was asked. */
  private findLine(passage: Passage): void {
    const { loadBalancer } = passage;
    if (!loadBalancer?.sentTo || passage.logged) return;
    const about = (line: Logged): boolean =>
      line.trace === undefined
        ? line.method === loadBalancer.method && line.path === loadBalancer.path
        : line.trace.includes(loadBalancer.id);
    passage.logged = this.lines.find(about);
    this.lines = this.lines.filter((line) => line !== passage.logged);
  }

  private closeLater(key: string, milliseconds: number): void {
    const passage = this.open.get(key);
    if (!passage) return;
    clearTimeout(passage.timer);
    passage.timer = setTimeout(() => {
      this.close(key);
    }, milliseconds);
    passage.timer.unref();
  }

  private close(key: string): void {
    const passage = this.open.get(key);
    if (!passage) return;
    clearTimeout(passage.timer);
    this.open.delete(key);
    this.print(requestLines(passage, this.screen));
  }

  private print(lines: readonly string[]): void {
    for (const line of lines) this.screen.print(line);
  }
}

/** True when every hop in front of the tasks that the request came to has reported it. */
function hasAllHops({ edge, loadBalancer }: Passage): boolean {
  return loadBalancer
    ? loadBalancer.edgeId === undefined || edge !== undefined
    : edge?.sentTo === undefined;
}

/** True when nothing more is to come. */
function isWhole(passage: Passage): boolean {
  const { loadBalancer, logged } = passage;
  return hasAllHops(passage) && (loadBalancer?.sentTo === undefined || logged !== undefined);
}
