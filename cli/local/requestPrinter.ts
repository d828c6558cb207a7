/** Prints requests: what all hops report about a request becomes one block. */
import type { LogEvent, RequestEvent, ServeEvent } from "../../local/serve/events";
import type { Screen } from "../screen";
import { eventLines } from "./events";
import { moreLines, requestLines } from "./requestLines";
import { type TaskLogLine, readLogLine } from "./taskLog";

/** What is known of one request. */
export interface RequestTrace {
  edge?: RequestEvent;
  loadBalancer?: RequestEvent;
  /** The task's own line about it. */
  logged?: TaskLogLine;
}

/** Milliseconds that a request waits for the line of its task, which comes through a pipe. */
const logMs = 80;
/** Milliseconds that a load balancer's part waits for that of the edge in front of it. */
const edgeMs = 2000;
/** How many lines of tasks are kept for requests that are not over yet. */
const keptLines = 500;
/** Requests of one status that are shown in a second; more are only counted, since no one could read them. */
const maxPerSecond = 50;

type Open = RequestTrace & { timer?: NodeJS.Timeout };

/** Prints a block for each request, and events of other kinds as they come. */
export class RequestPrinter {
  /** By the load balancer's id of it, or CloudFront's. */
  private readonly open = new Map<string, Open>();
  /** Keys of those that wait for their task's line, by the load balancer's trace id. */
  private readonly waiting = new Map<string, string>();
  /** Lines that came before their request was over: by trace id, and those without one. */
  private readonly lines = new Map<string, TaskLogLine>();
  private untraced: TaskLogLine[] = [];
  /** Requests of the running second, by status. */
  private readonly counted = new Map<number, number>();
  private second?: NodeJS.Timeout;
  /** True while requests are only counted: nobody waits for the lines of their tasks then. */
  private busy = false;

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
    this.endSecond();
  }

  private request(event: RequestEvent): void {
    const key = event.edgeId ?? event.id;
    const trace = this.open.get(key) ?? {};
    this.open.set(key, trace);
    if (event.hop === "cloudfront") trace.edge = event;
    else {
      trace.loadBalancer = event;
      if (event.sentTo && !this.busy) this.findLine(key, trace);
    }
    if (this.busy ? hasAllHops(trace) : isWhole(trace)) this.close(key);
    else this.closeLater(key, trace.loadBalancer && !hasAllHops(trace) ? edgeMs : logMs);
  }

  /** Takes the line that is about a request, if that is there already. */
  private findLine(key: string, trace: RequestTrace): void {
    const id = traceIdOf(trace.loadBalancer?.id);
    trace.logged = this.lines.get(id) ?? this.untraced.find((line) => isAbout(line, trace));
    if (trace.logged === undefined) this.waiting.set(id, key);
    else if (!this.lines.delete(id))
      this.untraced = this.untraced.filter((line) => line !== trace.logged);
  }

  private log({ line }: LogEvent): void {
    const logged = this.busy ? undefined : readLogLine(line);
    if (!logged) return;
    const id = logged.trace === undefined ? undefined : traceIdOf(logged.trace);
    const key = id === undefined ? this.untracedKey(logged) : this.waiting.get(id);
    const trace = this.open.get(key ?? "");
    if (key === undefined || !trace) {
      this.keep(id, logged);
      return;
    }
    trace.logged = logged;
    this.waiting.delete(traceIdOf(trace.loadBalancer?.id));
    if (isWhole(trace)) this.close(key);
  }

  /** The request that a line without a trace id is about: by what was asked. */
  private untracedKey(line: TaskLogLine): string | undefined {
    for (const [key, trace] of this.open) {
      if (!trace.logged && isAbout(line, trace)) return key;
    }
    return undefined;
  }

  private keep(id: string | undefined, line: TaskLogLine): void {
    if (id === undefined) {
      this.untraced = [...this.untraced.slice(1 - keptLines), line];
      return;
    }
    this.lines.set(id, line);
    if (this.lines.size <= keptLines) return;
    for (const [oldest] of this.lines) {
      this.lines.delete(oldest);
      return;
    }
  }

  private closeLater(key: string, milliseconds: number): void {
    const trace = this.open.get(key);
    if (!trace) return;
    clearTimeout(trace.timer);
    trace.timer = setTimeout(() => {
      this.close(key);
    }, milliseconds);
    trace.timer.unref();
  }

  private close(key: string): void {
    const trace = this.open.get(key);
    if (!trace) return;
    clearTimeout(trace.timer);
    this.open.delete(key);
    if (trace.loadBalancer) this.waiting.delete(traceIdOf(trace.loadBalancer.id));
    const { status } = trace.edge ?? trace.loadBalancer ?? { status: 0 };
    const sofar = (this.counted.get(status) ?? 0) + 1;
    this.counted.set(status, sofar);
    this.second ??= setTimeout(() => {
      this.endSecond();
    }, 1000).unref();
    if (sofar <= maxPerSecond) this.print(requestLines(trace, this.screen));
    else this.busy = true;
  }

  /** Prints how many requests were not shown. */
  private endSecond(): void {
    clearTimeout(this.second);
    this.second = undefined;
    const more = [...this.counted]
      .map(([status, requests]) => [status, requests - maxPerSecond] as const)
      .filter(([, hidden]) => hidden > 0);
    this.counted.clear();
    this.busy = false;
    if (more.length > 0) this.print(moreLines(more, this.screen));
  }

  private print(lines: readonly string[]): void {
    for (const line of lines) this.screen.print(line);
  }
}

/** The load balancer's own id in a trace header, which may carry a client's as well. */
function traceIdOf(trace: string | undefined): string {
  return /1-[0-9a-f]{8}-[0-9a-f]{24}/.exec(trace ?? "")?.[0] ?? trace ?? "";
}

/** True when a line without a trace id says what the load balancer sent. */
function isAbout(line: TaskLogLine, { loadBalancer }: RequestTrace): boolean {
  if (!loadBalancer?.sentTo) return false;
  return line.method === loadBalancer.method && line.path === loadBalancer.path;
}

/** True when every hop in front of the tasks that the request came to has reported it. */
function hasAllHops({ edge, loadBalancer }: RequestTrace): boolean {
  return loadBalancer
    ? loadBalancer.edgeId === undefined || edge !== undefined
    : edge?.sentTo === undefined;
}

/** True when nothing more is to come. */
function isWhole(trace: RequestTrace): boolean {
  const { loadBalancer, logged } = trace;
  return hasAllHops(trace) && (loadBalancer?.sentTo === undefined || logged !== undefined);
}
