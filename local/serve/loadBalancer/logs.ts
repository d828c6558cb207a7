/** The logs that a load balancer's attributes enable. The access log is always written. */
import { isDeepStrictEqual } from "node:util";
import type { Connection, Handshake } from "../http/acceptor";
import type { LoadBalancer, LogBucketLocation } from "../../../topology/types";
import { type LogEntry, formatEntry } from "./accessLog";
import { formatConnection } from "./connectionLog";
import { formatHealthCheck } from "./healthLog";
import { LogFile, type LogPlace, loadBalancerId, preciseNow } from "./logFile";
import type { TargetPool } from "./pool";

/** Where logs are written, and for which load balancer. */
export interface LogsOptions {
  /** Folder that represents S3. */
  readonly root: string;
  readonly nodeAddress: string;
  readonly onProblem: (message: string) => void;
}

type Kind = "accessLogs" | "connectionLogs" | "healthCheckLogs";
const fileNames: Readonly<Record<Kind, LogPlace["kind"]>> = {
  accessLogs: undefined,
  connectionLogs: "conn_log_",
  healthCheckLogs: "health_check_log_",
};

/** The log files of one load balancer. */
export class Logs {
  private readonly files: Partial<
    Record<Kind, { readonly at: LogBucketLocation; readonly file: LogFile }>
  > = {};
  private loadBalancer: string;

  constructor(
    private readonly options: LogsOptions,
    loadBalancer: LoadBalancer,
  ) {
    this.loadBalancer = loadBalancerId(loadBalancer.arn);
    this.declare(loadBalancer);
  }

  /** Applies changed attributes; buffered lines are written to their old place. */
  declare(loadBalancer: LoadBalancer): void {
    this.loadBalancer = loadBalancerId(loadBalancer.arn);
    for (const kind of Object.keys(fileNames) as Kind[]) {
      const at = loadBalancer[kind];
      const before = this.files[kind];
      if (isDeepStrictEqual(before?.at, at)) continue;
      before?.file.flush();
      const place = {
        ...this.options,
        ...at,
        kind: fileNames[kind],
        loadBalancerArn: loadBalancer.arn,
      };
      this.files[kind] = at && { at, file: new LogFile({ bucket: "", prefix: "", ...place }) };
    }
  }

  /** A request has ended. */
  request(entry: LogEntry): void {
    this.files.accessLogs?.file.write(formatEntry(entry));
  }

  /** A connection was established, or its handshake failed. */
  connection(
    connection: Pick<Connection, "port" | "secure">,
    client: string,
    listenerPort: number,
    connectionId: string,
    handshake?: Handshake,
  ): void {
    const log = this.files.connectionLogs?.file;
    log?.write(
      formatConnection({
        time: preciseNow(),
        client,
        clientPort: connection.port,
        listenerPort,
        secure: connection.secure,
        handshake,
        connectionId,
        loadBalancer: this.loadBalancer,
        nodeAddress: this.options.nodeAddress,
      }),
    );
  }

  /** Writes the health checks of target groups, if that is enabled. */
  follow(pools: Iterable<TargetPool>): void {
    for (const pool of pools) {
      pool.onCheck = (target, check) => {
        const log = this.files.healthCheckLogs?.file;
        if (!log) return;
        const node = { loadBalancer: this.loadBalancer, nodeAddress: this.options.nodeAddress };
        log.write(formatHealthCheck(pool.group, target.label, check, node));
      };
    }
  }

  /** Writes the buffered lines. */
  flush(): void {
    for (const log of Object.values(this.files)) log.file.flush();
  }
}
