import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { runs } from "./runs";

const config = new pulumi.Config();

class Pair extends pulumi.ComponentResource {
  readonly group: aws.cloudwatch.LogGroup;
  constructor(name: string) {
    super("small:index:Pair", name);
    this.group = new aws.cloudwatch.LogGroup(name, { retentionInDays: 7 }, { parent: this });
    // Made inside of apply: evaluation has to wait for it as well.
    this.group.arn.apply(() => new aws.cloudwatch.LogGroup(`${name}-late`, {}, { parent: this }));
    this.registerOutputs({ arn: this.group.arn });
  }
}

const pair = new Pair("pair");
// Its input arrives late, and no output of the stack waits for it.
const slow = new Promise<number>((resolve) => setTimeout(resolve, 50, 14));
new aws.cloudwatch.LogGroup("slow", { retentionInDays: slow });

void pulumi.log.warn("mind the gap", pair);

export const arn = pair.group.arn;
export const greeting = config.require("greeting");
export const size = config.requireNumber("size");
export const shape = config.requireObject("shape");
export const token = config.requireSecret("token");
export const project = `${pulumi.getProject()}/${pulumi.getStack()}`;
export const run = runs.count++;
export const folder = process.cwd();
export const region = aws.getRegionOutput().region;
