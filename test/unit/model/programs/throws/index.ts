import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const how = new pulumi.Config().require("how");
const group = new aws.cloudwatch.LogGroup("logs");

if (how === "require") throw new Error("thrown while loading");
if (how === "resource") throw new pulumi.ResourceError("made for people", group, true);
if (how === "logged") void pulumi.log.error("logged as an error");
if (how === "rejection") void Promise.reject(new Error("rejected by nobody's hand"));
if (how === "apply") {
  group.arn.apply(() => {
    throw new Error("thrown inside of apply");
  });
}
