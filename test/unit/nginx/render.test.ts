import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderNginx, substitute } from "../../../local/nginx/render";

const templatesDir = join(__dirname, "../../../nginx/templates");

describe("substituting as envsubst does", () => {
  const variables = new Map([
    ["HOPWISE_A", "one"],
    ["HOPWISE_EMPTY", ""],
    ["HOPWISE_DOLLAR", "$HOPWISE_A $& $1"],
  ]);
  const cases: [string, string][] = [
    ["${HOPWISE_A} $HOPWISE_A ${HOPWISE_A}x", "one one onex"],
    ["$HOPWISE_AB ${HOPWISE_AB}", "$HOPWISE_AB ${HOPWISE_AB}"],
    ["$host $http_x_y $1 $$ $", "$host $http_x_y $1 $$ $"],
    ["[${HOPWISE_EMPTY}]", "[]"],
    ["${HOPWISE_DOLLAR}", "$HOPWISE_A $& $1"],
    ["${HOPWISE_A", "${HOPWISE_A"],
    ["{${HOPWISE_A}}$", "{one}$"],
  ];
  const hasEnvsubst = spawnSync("envsubst", ["-V"]).status === 0;
  for (const [template, expected] of cases) {
    it(`${template} becomes ${expected}`, () => {
      expect(substitute(template, variables)).to.equal(expected);
      if (!hasEnvsubst) return;
      const list = [...variables.keys()].map((name) => `\${${name}}`).join(" ");
      const env = { ...process.env, ...Object.fromEntries(variables) };
      expect(execFileSync("envsubst", [list], { input: template, env, encoding: "utf8" })).to.equal(
        expected,
      );
    });
  }
});

describe("rendering the templates", () => {
  let runDir: string;
  beforeEach(async () => {
    runDir = join(await mkdtemp(join(tmpdir(), "hopwise-render-")), "nginx");
  });
  afterEach(() => rm(join(runDir, ".."), { recursive: true, force: true }));

  const render = (environment: Record<string, string>) =>
    renderNginx({ templatesDir, environment, runDir });
  const file = (name: string) => readFile(join(runDir, name), "utf8");

  it("fills in the defaults", async () => {
    const { configFile, environment } = await render({});
    expect(configFile).to.equal(join(runDir, "nginx.conf"));
    expect(environment).to.include({
      HOPWISE_PORT: "8080",
      HOPWISE_ADDRESS: "*",
      HOPWISE_HTTP2: "off",
      HOPWISE_TLS: "off",
      HOPWISE_KEEPALIVE_SECONDS: "75",
      HOPWISE_DRAIN_SECONDS: "30",
      HOPWISE_TRUSTED_HOPS: "1",
      HOPWISE_HEALTH_PATH: "/healthz",
      HOPWISE_APP: "",
    });
    expect(await file("server.conf")).to.contain("listen *:8080 default_server;");
  });

  it("decides the protocol by one variable, on the default server of the socket", async () => {
    await render({ HOPWISE_HTTP2: "on" });
    expect(await file("server.conf")).to.match(
      /listen \*:8080 default_server;[^}]*\n {4}http2 on;/,
    );
    await render({ HOPWISE_HTTP2: "off" });
    expect(await file("server.conf")).to.match(/\n {4}http2 off;/);
  });

  it("leaves none of its own variables, and all of nginx's", async () => {
    await render({ HOPWISE_APP: "127.0.0.1:3000", HOPWISE_TLS: "on", host: "clobbered" });
    for (const name of ["nginx.conf", "server.conf", "app/server.conf", "http/headers.conf"]) {
      expect(await file(name), name).to.not.contain("HOPWISE_");
    }
    expect(await file("app/http.conf")).to.contain('"" $host;');
  });

  it("writes the ranges of trusted peers one a line", async () => {
    await render({ HOPWISE_TRUSTED_CIDRS: "10.0.0.0/16,fd00::/56" });
    expect(await file("http/client-address.conf")).to.contain(
      "    default 0;\n    10.0.0.0/16 1;\n    fd00::/56 1;\n",
    );
  });

  it("knows the task by the id that Fargate gives its containers", async () => {
    const uri = "http://169.254.170.2/v4/cd189a933e5849daa93386466019ab50-2495160603";
    const task = async (environment: Record<string, string>): Promise<string | undefined> =>
      (await render(environment)).environment.HOPWISE_TASK;
    expect(await task({ ECS_CONTAINER_METADATA_URI_V4: uri })).to.equal(
      "cd189a933e5849daa93386466019ab50",
    );
    expect(await task({ ECS_CONTAINER_METADATA_URI_V4: "http://169.254.170.2/v4/b64" })).to.equal(
      "",
    );
    expect(await task({ ECS_CONTAINER_METADATA_URI_V4: uri, HOPWISE_TASK: "web-1" })).to.equal(
      "web-1",
    );
  });

  it("names the variant that is set", async () => {
    await render({ HOPWISE_VARIANT: "h2-direct" });
    expect(await file("http/inspect.conf")).to.contain('default "h2-direct";');
    await render({});
    expect(await file("http/inspect.conf")).to.contain('default "";');
  });

  for (const [what, environment, content, calls] of [
    ["none", {}, "off", ""],
    ["none, though an app could", { HOPWISE_GRPC_APP: "127.0.0.1:50051" }, "off", ""],
    ["all services", { HOPWISE_GRPC: "*" }, "own", '    "~^1 " 1;'],
    [
      "some services of an app",
      { HOPWISE_GRPC: "shop.v1.Cart,Stock", HOPWISE_GRPC_APP: "127.0.0.1:50051" },
      "app",
      '    "~^1 /shop\\.v1\\.Cart/" 1;\n    "~^1 /Stock/" 1;',
    ],
  ] as const) {
    it(`tells gRPC calls from other requests: ${what}`, async () => {
      const { environment: rendered } = await render(environment);
      expect(rendered.HOPWISE_GRPC_CONTENT).to.equal(content);
      expect(await file("http/grpc.conf")).to.contain(`    default 0;\n${calls}\n}`);
      expect(await file("server.conf")).to.contain(`/grpc-${content}/server*.conf`);
    });
  }

  it("makes a key that only its user can read, and only with TLS", async () => {
    await render({});
    expect(await stat(join(runDir, "tls")).catch(() => "none")).to.equal("none");
    await render({ HOPWISE_TLS: "on" });
    expect((await stat(join(runDir, "tls"))).mode & 0o777).to.equal(0o700);
    expect((await stat(join(runDir, "tls/key.pem"))).mode & 0o777).to.equal(0o600);
    const first = await file("tls/key.pem");
    await render({ HOPWISE_TLS: "on" });
    expect(await file("tls/key.pem")).to.not.equal(first);
  });

  it("lists every problem of the environment at once", async () => {
    const failure: unknown = await render({
      HOPWISE_PORT: "http",
      HOPWISE_HTTP2: "yes",
      HOPWISE_TRUSTED_CIDRS: "10.0.0.0/16; include /etc/passwd",
      HOPWISE_TRUSTED_HOPS: "3",
      HOPWISE_HEALTH_PATH: "healthz",
      HOPWISE_APP: "3000",
      HOPWISE_GRPC: "shop v1",
      HOPWISE_GRPC_APP: "50051",
      HOPWISE_VARIANT: '"; }',
      HOPWISE_KEEPALIVE_SECONDS: "75\n}",
    }).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
    const { message } = failure as Error;
    for (const [name, allowed] of [
      ["HOPWISE_PORT='http'", "a port, such as 8080"],
      ["HOPWISE_HTTP2='yes'", "on or off"],
      ["HOPWISE_TRUSTED_CIDRS=", "a comma list of CIDRs"],
      ["HOPWISE_TRUSTED_HOPS='3'", "1 (load balancer) or 2"],
      ["HOPWISE_HEALTH_PATH='healthz'", "a path"],
      ["HOPWISE_APP='3000'", "host:port"],
      ["HOPWISE_GRPC='shop v1'", "a comma list of services"],
      ["HOPWISE_GRPC_APP='50051'", "host:port"],
      ["HOPWISE_VARIANT=", "the name of a variant"],
      ["HOPWISE_KEEPALIVE_SECONDS=", "must be one line"],
    ] as const) {
      expect(message).to.contain(name);
      expect(message).to.contain(allowed);
    }
    expect(await stat(join(runDir, "nginx.conf")).catch(() => "none")).to.equal("none");
  });
});
