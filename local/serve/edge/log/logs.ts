/** The standard logs (v2) of distributions, written to their deliveries' destinations. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { LogWriter } from "../../logWriter";
import type { Distribution, EdgeLogDestination } from "../../../../topology/types";
import { type FinishedRequest, formatRecord, headerOf } from "./record";

const hour = 60 * 60 * 1000;

/**
 * Key of the object for an hour's records.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html#s3-log-file-name-format
 */
export function edgeLogKey(
  delivery: Pick<EdgeLogDestination, "prefix" | "suffixPath" | "hivePaths">,
  distribution: Pick<Distribution, "id" | "arn">,
  at: Date,
  random: string,
): string {
  const account = distribution.arn.split(":")[4] ?? "";
  const [yyyy = "", MM = "", dd = "", HH = ""] = at.toISOString().split(/[-T:]/);
  const values: Readonly<Record<string, string>> = {
    DistributionId: distribution.id,
    distributionid: distribution.id,
    accountid: account,
    yyyy,
    MM,
    dd,
    HH,
  };
  const suffix = delivery.suffixPath.replace(/\{(\w+)\}/g, (all, name: string) => {
    const text = values[name] ?? all;
    return delivery.hivePaths ? `${hiveNames[name] ?? name}=${text}` : text;
  });
  const name = `${distribution.id}.${yyyy}-${MM}-${dd}-${HH}.${random}.gz`;
  const folder = delivery.hivePaths ? `aws-account-id=${account}` : account;
  return [delivery.prefix, "AWSLogs", folder, "CloudFront", suffix, name]
    .map((part) => part.replace(/^\/|\/$/g, ""))
    .filter((part) => part !== "")
    .join("/");
}

const hiveNames: Readonly<Record<string, string>> = {
  yyyy: "year",
  MM: "month",
  dd: "day",
  HH: "hour",
};

interface OpenDelivery {
  readonly delivery: EdgeLogDestination;
  readonly distribution: Pick<Distribution, "id" | "arn">;
  readonly writer: LogWriter;
}

/** Writes a line for each request to every delivery of its distribution. */
export class EdgeLogWriter {
  private open: readonly OpenDelivery[] = [];

  constructor(
    private readonly options: {
      /** Folder that represents S3: a bucket is a folder in it. */
      readonly root: string;
      readonly onProblem: (message: string) => void;
    },
  ) {}

  /** Changes to other deliveries; buffered records are written to their old destinations. */
  declare(distributions: readonly Distribution[]): void {
    const before = this.open;
    this.open = distributions.flatMap(({ id, arn, logs }) =>
      logs.map(
        (delivery) =>
          before.find((o) => o.distribution.id === id && isDeepStrictEqual(o.delivery, delivery)) ??
          this.start({ id, arn }, delivery),
      ),
    );
    for (const old of before) if (!this.open.includes(old)) old.writer.flush();
  }

  /** A request is over. */
  write(logged: FinishedRequest): void {
    for (const { distribution, delivery, writer } of this.open) {
      if (distribution.id === logged.distribution.id) writer.write(formatRecord(logged, delivery));
    }
  }

  /** Writes the buffered records. */
  flush(): void {
    for (const { writer } of this.open) writer.flush();
  }

  private start(
    distribution: OpenDelivery["distribution"],
    delivery: EdgeLogDestination,
  ): OpenDelivery {
    const { root, onProblem } = this.options;
    const writer = new LogWriter({
      onProblem,
      header: headerOf(delivery),
      fileAt: (now) => {
        const key = edgeLogKey(
          delivery,
          distribution,
          new Date(now),
          randomBytes(4).toString("hex"),
        );
        const until = (Math.floor(now / hour) + 1) * hour;
        return { until, path: path.join(root, delivery.bucket, ...key.split("/")) };
      },
    });
    return { distribution, delivery, writer };
  }
}
