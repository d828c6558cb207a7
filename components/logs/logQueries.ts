import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { albColumns, albRegex, type Column } from "../../logs/sql/albTable";
import { edgeColumns, edgeMappings } from "../../logs/sql/edgeTable";
import { connectionColumns, connectionRegex } from "../../logs/sql/connectionTable";
import {
  albQueries,
  connectionQueries,
  edgeQueries,
  tableNames,
  type SavedQuery,
} from "../../logs/sql/queries";
import { defaults } from "../../path/defaults";
import type { EdgeLogFormat } from "../edge/edgeLogs";
import { withName } from "../shared/tags";

/** CloudFront's standard logs (version 2) in the same bucket. */
export interface QueriedEdgeArgs {
  /** Id of the distribution. */
  distributionId: pulumi.Input<string>;
  /** Format of the logs, which the table must match. @default "w3c" */
  format?: EdgeLogFormat;
}

export interface LogQueriesArgs {
  /**
   * The bucket with the logs, in this region; results of queries go there too, under `queries/`.
   */
  bucketName: pulumi.Input<string>;
  /** Prefix of the load balancer's logs, as its `accessLogs.prefix` says. @default none */
  prefix?: string;
  /** Connection logs too, under the same prefix (`connectionLogs.prefix`). @default false */
  connections?: boolean;
  /** CloudFront's logs. @default none */
  edge?: QueriedEdgeArgs;
  /** Days that logs are kept, which the tables cover. 1 to 3653. @default 90 */
  retentionDays?: number;
  /**
   * Gigabytes that one query may read before Athena cancels it; Athena charges for what is read.
   * @default 20
   */
  maxGigabytes?: number;
  /** Tags for every resource that takes them. */
  tags?: Record<string, pulumi.Input<string>>;
}

const gigabyte = 1024 ** 3;

/** Default limit of what one query may read, which costs about ten cents. */
const defaultGigabytes = 20;

/** Folder of the results in the bucket. */
const results = "queries";

/**
 * Athena for the logs of a path, if they are too large for `hopwise explain` on one machine: tables
 * with automatic partitions (projection), a workgroup with a limit, and saved queries that answer
 * what `explain` does. There is no cost until a query is run.
 * https://docs.aws.amazon.com/athena/latest/ug/create-alb-access-logs-table-partition-projection.html
 */
export class LogQueries extends pulumi.ComponentResource {
  public readonly database: aws.glue.CatalogDatabase;
  public readonly loadBalancerTable: aws.glue.CatalogTable;
  /** With `connections` only. */
  public readonly connectionTable: aws.glue.CatalogTable | undefined;
  /** With `edge` only. */
  public readonly edgeTable: aws.glue.CatalogTable | undefined;
  public readonly workgroup: aws.athena.Workgroup;
  public readonly queries: readonly aws.athena.NamedQuery[];

  constructor(name: string, args: LogQueriesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hopwise:index:LogQueries", name, {}, opts);
    const parent = { parent: this };
    const logs = `${name}-log-queries`;

    this.database = new aws.glue.CatalogDatabase(
      logs,
      {
        // SQL names have no hyphens, and stacks of one account share a catalog.
        name: catalogName(pulumi.getProject(), pulumi.getStack(), name),
        description: "Logs of a path; see docs/explain.md of hopwise",
        tags: withName(logs, args.tags),
      },
      parent,
    );
    this.workgroup = new aws.athena.Workgroup(
      logs,
      {
        configuration: {
          enforceWorkgroupConfiguration: true,
          publishCloudwatchMetricsEnabled: false,
          bytesScannedCutoffPerQuery: (args.maxGigabytes ?? defaultGigabytes) * gigabyte,
          resultConfiguration: {
            outputLocation: pulumi.interpolate`s3://${args.bucketName}/${results}/`,
            encryptionConfiguration: { encryptionOption: "SSE_S3" },
          },
        },
        // Deleting it also deletes the queries that people have saved in it.
        forceDestroy: true,
        tags: withName(logs, args.tags),
      },
      parent,
    );
    this.loadBalancerTable = this.makeLoadBalancerTable(`${name}-load-balancer`, args, {
      name: tableNames.loadBalancer,
      columns: albColumns,
      regex: albRegex,
    });
    if (args.connections)
      this.connectionTable = this.makeLoadBalancerTable(`${name}-connections`, args, {
        name: tableNames.connections,
        columns: connectionColumns,
        regex: connectionRegex,
      });
    this.edgeTable = args.edge && this.makeEdgeTable(`${name}-edge`, args, args.edge);
    const queries = [
      ...albQueries,
      ...(args.connections ? connectionQueries : []),
      ...(args.edge === undefined ? [] : edgeQueries),
    ];
    this.queries = queries.map((query) => this.makeQuery(name, query));
    this.registerOutputs({ databaseName: this.database.name, workgroupName: this.workgroup.name });
  }

  /** A table over the lines in the load balancer's folder that its expression matches. */
  private makeLoadBalancerTable(
    name: string,
    args: LogQueriesArgs,
    { regex, ...table }: Pick<TableShape, "name" | "columns"> & { readonly regex: string },
  ): aws.glue.CatalogTable {
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const { region } = aws.getRegionOutput({}, { parent: this });
    const folder = args.prefix === undefined ? "" : `${args.prefix.replace(/^\/|\/$/g, "")}/`;
    const location = pulumi.interpolate`s3://${args.bucketName}/${folder}AWSLogs/${accountId}/elasticloadbalancing/${region}`;
    return this.makeTable(name, args, {
      ...table,
      location,
      partition: { name: "day", format: "yyyy/MM/dd", unit: "DAYS" },
      serDe: {
        serializationLibrary: "org.apache.hadoop.hive.serde2.RegexSerDe",
        parameters: { "serialization.format": "1", "input.regex": regex },
      },
    });
  }

  private makeEdgeTable(
    name: string,
    args: LogQueriesArgs,
    edge: QueriedEdgeArgs,
  ): aws.glue.CatalogTable {
    const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
    const json = (edge.format ?? defaults.logs.edgeFormat) === "json";
    return this.makeTable(name, args, {
      name: tableNames.cloudfront,
      // As EdgeLogDelivery writes them.
      location: pulumi.interpolate`s3://${args.bucketName}/AWSLogs/${accountId}/CloudFront/${edge.distributionId}`,
      columns: edgeColumns,
      partition: { name: "hour", format: "yyyy/MM/dd/HH", unit: "HOURS" },
      serDe: json
        ? { serializationLibrary: "org.openx.data.jsonserde.JsonSerDe", parameters: edgeMappings }
        : {
            serializationLibrary: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
            parameters: { "field.delim": "\t", "serialization.format": "\t" },
          },
      // #Version and #Fields
      headerLines: json ? undefined : 2,
    });
  }

  private makeTable(name: string, args: LogQueriesArgs, table: TableShape): aws.glue.CatalogTable {
    const { partition, location } = table;
    const days = args.retentionDays ?? defaults.logs.retentionDays;
    const projected = `projection.${partition.name}`;
    return new aws.glue.CatalogTable(
      name,
      {
        name: table.name,
        databaseName: this.database.name,
        tableType: "EXTERNAL_TABLE",
        partitionKeys: [{ name: partition.name, type: "string" }],
        parameters: {
          EXTERNAL: "TRUE",
          ...(table.headerLines !== undefined && {
            "skip.header.line.count": String(table.headerLines),
          }),
          "projection.enabled": "true",
          [`${projected}.type`]: "date",
          [`${projected}.format`]: partition.format,
          [`${projected}.range`]: `NOW-${days}DAYS,NOW`,
          [`${projected}.interval`]: "1",
          [`${projected}.interval.unit`]: partition.unit,
          "storage.location.template": pulumi.interpolate`${location}/\${${partition.name}}`,
        },
        storageDescriptor: {
          location: pulumi.interpolate`${location}/`,
          inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
          outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
          columns: table.columns.map((column) => ({ ...column })),
          serDeInfo: { ...table.serDe, parameters: { ...table.serDe.parameters } },
        },
      },
      { parent: this },
    );
  }

  private makeQuery(name: string, query: SavedQuery): aws.athena.NamedQuery {
    return new aws.athena.NamedQuery(
      `${name}-${query.name.replace(/[^A-Za-z0-9]+/g, "-")}`,
      {
        name: query.name,
        description: query.description,
        database: this.database.name,
        workgroup: this.workgroup.id,
        query: query.sql,
      },
      { parent: this },
    );
  }
}

/** The differences between the two tables. */
interface TableShape {
  readonly name: string;
  readonly location: pulumi.Output<string>;
  readonly columns: readonly Column[];
  readonly partition: {
    readonly name: string;
    readonly format: string;
    readonly unit: "DAYS" | "HOURS";
  };
  readonly serDe: {
    readonly serializationLibrary: string;
    readonly parameters: Readonly<Record<string, string>>;
  };
  readonly headerLines?: number;
}

/**
 * A name that Athena accepts without quotes.
 * https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html
 */
export function catalogName(...parts: readonly string[]): string {
  return parts
    .join("_")
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, "_")
    .slice(0, 255);
}
