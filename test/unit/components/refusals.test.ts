/** Arguments that cannot work: one error with all of it, and no resource. */
import { expect } from "chai";
import * as path from "node:path";
import {
  GrpcViaCloudfront,
  H1ViaCloudfront,
  H2Direct,
  H2ViaCloudfront,
  Network,
} from "../../../components";
import { Account, mocksFor } from "../../../local/model";
import * as pulumi from "@pulumi/pulumi";
import { placement, record, service } from "./record";

const domain = { name: "app.example.com", zoneName: "example.com" };

/** The error's message; also asserts that nothing was made before it. */
async function refusal(program: () => unknown): Promise<string> {
  const account = new Account();
  await pulumi.runtime.setMocks(mocksFor(account), "hopwise", "test", false);
  let message: string | undefined;
  try {
    program();
  } catch (error) {
    expect(pulumi.RunError.isInstance(error), "printed without a stack trace").to.equal(true);
    message = (error as Error).message;
  }
  await pulumi.runtime.disconnect();
  expect(account.resources, "made before the error").to.deep.equal([]);
  if (message === undefined) throw new Error("nothing was refused");
  return message;
}

const folder = path.join(__dirname, "fixtures/site");
const viaCloudfront = (more: object) => () =>
  new H1ViaCloudfront("web", { placement, service, domain, ...more });

const cases: { of: string; build: () => unknown; says: string[] }[] = [
  {
    of: "plain HTTP from CloudFront to a public load balancer",
    build: () => new H1ViaCloudfront("web", { placement, service }),
    says: ["plain-http-to-public-load-balancer", "Instead:"],
  },
  {
    of: "HTTP/2 to a load balancer without a certificate",
    build: () =>
      new H1ViaCloudfront("web", {
        placement,
        service,
        origin: { access: "vpc-origin", httpVersion: "http2" },
      }),
    says: [
      "origin.httpVersion: http2 has no effect",
      "TLS only. Set domain.name",
      "or leave origin.httpVersion out",
    ],
  },
  {
    of: "h2-via-cloudfront without a certificate",
    build: () =>
      new H2ViaCloudfront("web", { placement, service, origin: { access: "vpc-origin" } }),
    says: ["http-listener-http2-target", "edge-http1-to-http2-target", "Instead: Set domain.name"],
  },
  {
    of: "h2-direct without a certificate",
    build: () => new H2Direct("web", { placement, service }),
    says: ["listener-without-certificate", "Instead:"],
  },
  {
    of: "tags that IAM takes for one",
    build: viaCloudfront({ tags: { Env: "a", env: "b" } }),
    says: ["tag-keys-differ-in-case", "Env and env", "Instead: Rename one of the two in tags"],
  },
  {
    of: "an environment that no task definition holds",
    build: viaCloudfront({
      service: {
        ...service,
        app: { image: "a:1", port: 3000, environment: { A: "x".repeat(66_000) } },
      },
    }),
    says: ["task-definition-too-large", "service.app.environment"],
  },
  {
    of: "commands in containers that are read-only",
    build: viaCloudfront({ service: { ...service, exec: {} } }),
    says: ["service.exec can run no command", "readOnlyRoot to false"],
  },
  {
    of: "sidecars that cannot start together",
    build: viaCloudfront({
      service: {
        ...service,
        app: { image: "a:1", port: 3000, dependsOn: { migrate: "SUCCESS", gone: "START" } },
        sidecars: {
          migrate: { image: "m:1", dependsOn: { nginx: "START" } },
          "a b": { image: "x:1", memory: 600, port: 3000 },
          one: { image: "o:1", environment: { A: "x" }, secrets: { A: "ssm:a", B: "?" } },
        },
      },
    }),
    says: [
      "service.sidecars.a b: expected a name",
      "service.app.dependsOn.migrate: expected another condition than SUCCESS",
      "service.app.dependsOn.gone: expected the name of another container",
      "service.sidecars.migrate.dependsOn.nginx: expected no circle",
      "Two containers of service listen on one port",
      "The memory of service.sidecars is 600, more than service.memory (512)",
      "The environment variable A of service.sidecars.one has two values",
      "service.sidecars.one.secrets.B: expected secretsmanager:NAME",
    ],
  },
  {
    of: "folders of EFS that no container has room for",
    build: viaCloudfront({
      service: {
        ...service,
        taskRoleStatements: [{ actions: [], resources: ["*"] }],
        volumes: {
          lost: { fileSystemId: "fs-1", accessPointId: "fsap-1", mountPath: "/data" },
          tmp: {
            fileSystemId: "fs-1",
            accessPointId: "fsap-1",
            mountPath: "/tmp",
            container: "nginx",
          },
        },
      },
    }),
    says: [
      "service.volumes.lost: expected a container of the task (nginx), not app",
      "service.volumes.tmp: expected a mountPath other than / and /tmp",
      "service.taskRoleStatements[0]: expected one or more actions",
    ],
  },
  {
    of: "an app without nginx that does not speak what the path does",
    build: () =>
      new H2Direct("web", {
        ...{ placement, domain },
        service: { ...service, app: { image: "a:1", port: 3000, behindNginx: false } },
        origin: { protocol: "https" },
        grpc: { services: ["shop.v1.Cart"], port: 50051 },
      }),
    says: [
      "container-lacks-protocol",
      "add http2 to service.app.protocols",
      "container-tls-mismatch",
      "Set origin.protocol to http",
      "grpc.port has no effect without nginx",
    ],
  },
  {
    of: "an app without nginx that closes connections too soon",
    build: viaCloudfront({
      service: {
        ...service,
        app: { image: "a:1", port: 3000, behindNginx: false, keepAliveSeconds: 5 },
      },
    }),
    says: ["idle-timeout-order", "more than 60 s (service.app.keepAliveSeconds)"],
  },
  {
    of: "more /tmp than memory",
    build: viaCloudfront({ service: { ...service, tmpMiB: 257 } }),
    says: ["service.tmpMiB is 257, and may be at most 256"],
  },
  {
    of: "a variable with two values, and a secret in no store",
    build: viaCloudfront({
      service: {
        ...service,
        app: { image: "a:1", port: 3000, environment: { A: "x" }, secrets: { A: "/prod/a" } },
      },
    }),
    says: [
      "The environment variable A of service.app has two values",
      "service.app.secrets.A: expected secretsmanager:NAME",
    ],
  },
  {
    of: "a check of nginx where an app is checked, and one that does not end in time",
    build: viaCloudfront({
      service: {
        ...service,
        healthCheckPath: "/up",
        app: { image: "a:1", port: 3000, healthCheck: { interval: 5 } },
      },
    }),
    says: [
      "service.healthCheckPath has no effect with service.app",
      "service.app.healthCheck.timeout: expected less than interval (5)",
    ],
  },
  {
    of: "paths of health checks where all requests are gRPC",
    build: () =>
      new GrpcViaCloudfront("web", {
        placement,
        domain,
        service: { ...service, app: { image: "a:1", port: 3000, healthCheck: { path: "/up" } } },
      }),
    says: ["service.app.healthCheck.path has no effect", "grpc.healthCheckPath. Set that"],
  },
  {
    of: "nginx's path where all requests are gRPC",
    build: () =>
      new GrpcViaCloudfront("web", {
        placement,
        domain,
        service: { ...service, healthCheckPath: "/up" },
      }),
    says: ["service.healthCheckPath has no effect where all requests are gRPC"],
  },
  {
    of: "a method to check where no group is for gRPC",
    build: () =>
      new H2Direct("web", {
        placement,
        service,
        domain,
        grpc: { services: ["shop.v1.Cart"], healthCheckPath: "/shop.v1.Cart/Ping" },
      }),
    says: ["grpc.healthCheckPath has no effect on h2-direct", "set service.healthCheckPath"],
  },
  {
    of: "a method to check where nothing is called over gRPC",
    build: viaCloudfront({ grpc: { healthCheckPath: "/shop.v1.Cart/Ping" } }),
    says: ["grpc.healthCheckPath has no effect without grpc.services"],
  },
  {
    of: "a path of a site twice",
    build: viaCloudfront({ site: { folder, paths: ["/api/*", "/api/*"] } }),
    says: ["site.paths: list each path pattern once, /api/* too."],
  },
  {
    of: "a range that no VPC can have",
    build: () => new Network("web", { cidr: "169.254.0.0/16" }),
    says: ["cidr: expected a range outside 169.254.0.0/16"],
  },
  {
    of: "a VPC without room for its subnets",
    build: () => new Network("web", { cidr: "10.0.0.0/26" }),
    says: ["cidr: expected a range of /16 to /25"],
  },
  {
    of: "a certificate that nobody can make",
    build: () =>
      new H1ViaCloudfront("web", { placement, service, domain: { name: "app.example.com" } }),
    says: ["domain.zoneId or domain.zoneName", "domain.edgeCertificateArn"],
  },
  {
    of: "a task size that Fargate does not have",
    build: () =>
      new H2Direct("web", { placement, service: { ...service, cpu: 256, memory: 4096 }, domain }),
    says: ["cpu 256", "The nearest valid pair is cpu 256 and memory 2048"],
  },
  {
    of: "a name that AWS would cap",
    build: () => new H2Direct("a-name-of-19-letters", { placement, service, domain }),
    says: ["a-name-of-19-letters", "18 characters at most"],
  },
  {
    of: "an address range that is none",
    build: () =>
      new H2Direct("web", {
        placement,
        service,
        domain,
        viewers: { allowedCidrs: ["203.0.113.0/33"] },
      }),
    says: ["invalid-cidr", "203.0.113.0/33"],
  },
  {
    of: "tasks that cannot reach their registry, and a port that is none",
    build: () =>
      new H2Direct("web", {
        placement,
        service: { ...service, egress: [{ cidr: "10.20.0.0/16", port: 0 }] },
        domain,
      }),
    says: ["service.egress[0]: expected a port", "service.egress: expected an entry with port 443"],
  },
];

describe("components refuse", () => {
  for (const { of, build, says } of cases) {
    it(of, async () => {
      const message = await refusal(build);
      for (const words of says) expect(message).to.include(words);
    });
  }

  it("everything at once", async () => {
    const message = await refusal(
      () => new H2Direct("1web", { placement, service: { ...service, cpu: 1 } }),
    );
    for (const words of ['"1web"', "cpu 1 ", "listener-without-certificate"]) {
      expect(message).to.include(words);
    }
  });
});

describe("arguments that work, with something to know", () => {
  it("are findings of the component, and printed", async () => {
    const components: H1ViaCloudfront[] = [];
    const made = await record(() => {
      const app = { image: "nginx", port: 3000 };
      const site = { folder, paths: ["/api/*", "/api/v1/*"] };
      components.push(
        viaCloudfront({ site, service: { image: "r.example.com/nginx:latest", app } })(),
      );
    });
    const codes = components[0]?.findings.map(({ severity, code }) => `${severity} ${code}`);
    expect(codes?.slice(0, 1)).to.deep.equal(["warning behavior-never-reached"]);
    expect(codes?.filter((code) => code === "note image-follows-latest")).to.have.length(2);
    expect(made.logs.join("\n")).to.contain("in site.paths");
  });

  it("say nothing of images and variables that are not known yet", async () => {
    await record(() => {
      const image = pulumi.output("nginx");
      const environment = { A: pulumi.output("x".repeat(70_000)).apply(() => "y") };
      const made = viaCloudfront({ service: { image, app: { image, port: 3000, environment } } })();
      expect(made.findings.map(({ code }) => code)).not.to.include("image-follows-latest");
    });
  });
});
