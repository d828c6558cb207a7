import { plus, sound, type Case, unknown } from "../caseParts";
import { arn, resource } from "../program";
import { FromUnknown } from "../support";

const alarm = (inputs: object) =>
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", "errors", {
    ...{ namespace: "AWS/ApplicationELB", metricName: "HTTPCode_ELB_5XX_Count" },
    ...inputs,
  });
const of = (dimensions: unknown, more = {}) => plus(sound({}), alarm({ dimensions, ...more }));
const expiry = (CertificateArn: unknown, more = {}) =>
  of(
    { CertificateArn },
    { namespace: "AWS/CertificateManager", metricName: "DaysToExpiry", ...more },
  );
const edge = (dimensions: unknown, more = {}) =>
  of(dimensions, { namespace: "AWS/CloudFront", metricName: "5xxErrorRate", ...more });
const there = { region: "us-east-1" };
const alb = "app/alb/50dc6c495c0c9188";

/** Before the load balancer is made. */
const preview = () => {
  const program = sound({})();
  const balancer = program.filter(({ name }) => name === "alb");
  return [...program, alarm({ dimensions: { LoadBalancer: new FromUnknown(...balancer) } })];
};

export const cases: Case = {
  broken: {
    "an ARN": [of({ LoadBalancer: arn.alb }), "errors", /dimension LoadBalancer.*arnSuffix/s],
    "the ARN of a target group": [
      of({ LoadBalancer: alb, TargetGroup: arn.tasks }),
      "errors",
      /dimension TargetGroup/,
    ],
    "a certificate in another region": [
      expiry(arn.edge),
      "errors",
      /in us-east-1, and the alarm in eu-west-1/,
    ],
    "a distribution's metric in the stack's region": [
      edge({ DistributionId: "E1", Region: "Global" }),
      "errors",
      /CloudFront's metrics are in us-east-1, and the alarm in eu-west-1/,
    ],
    "a distribution's metric without Region": [
      edge({ DistributionId: "E1" }, there),
      "errors",
      /the dimension Region, which is always Global/,
    ],
  },
  fine: {
    "the ends of ARNs": of({
      LoadBalancer: alb,
      TargetGroup: "targetgroup/tasks/73e2d6bc24d8a067",
    }),
    "what is not known yet": preview,
    "a network load balancer": of(
      { LoadBalancer: "net/nlb/50dc6c495c0c9188" },
      { namespace: "AWS/NetworkELB" },
    ),
    "no dimensions": of(undefined),
    "a certificate of its region": expiry(arn.origin),
    "a distribution's metric where it is": edge({ DistributionId: "E1", Region: "Global" }, there),
    "an expression about distributions": edge(undefined, there),
    "in the certificate's region": expiry(arn.edge, { region: "us-east-1" }),
  },
  fix: "the ends of ARNs",
  unknown: {
    "the namespace": of({ LoadBalancer: arn.alb }, { namespace: unknown }),
    "the certificate": expiry(unknown),
    "the dimension Region": edge({ DistributionId: "E1", Region: unknown }, there),
  },
};
