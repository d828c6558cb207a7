import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const group = new aws.lb.TargetGroup("a-very-long-logical-name-for-it", {
  port: 0,
  protocol: "HTTP",
  vpcId: "vpc-0123456789abcdef0",
});
new aws.cloudwatch.LogGroup("logs", { retentionInDays: 31 });
// Depends on what is refused: it fails with it, and says nothing of its own.
new aws.cloudwatch.LogGroup("follows", { name: group.name });
new aws.cloudwatch.LogGroup("quoted", { logGroupClass: pulumi.secret("hush-hush") });
