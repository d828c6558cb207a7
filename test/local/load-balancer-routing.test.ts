/** Which target a request gets to, in what shape, and what the access log says of it. */
import { expect } from "chai";
import { TargetPool } from "../../local/serve/loadBalancer/pool";
import type { Target } from "../../local/serve/loadBalancer/target";
import type { ListenerAction, ListenerRule, TargetGroup } from "../../topology/types";
import {
  type Bench,
  type Got,
  answering,
  bench,
  endBenches,
  fields,
  get,
} from "./load-balancer-support";
import { eventually } from "../eventually";

const cookiesOf = ({ headers }: Got): string[] =>
  (headers["set-cookie"] ?? []).map((c) => c.split(";")[0] ?? "");
const send = ({ port }: Bench, cookies: readonly string[] = [], path = "/"): Promise<Got> =>
  get(port, { path, headers: { host: "www.example.com", cookie: cookies.join("; ") } });
const rule = (action: ListenerAction, change: Partial<ListenerRule> = {}): ListenerRule => ({
  arn: "rule",
  priority: 7,
  conditions: [],
  action,
  ...change,
});

describe("clients that stay with a target", () => {
  afterEach(endBenches);

  const open = async (
    group: Partial<TargetGroup>,
  ): Promise<Bench & { targets: Map<string, Target> }> => {
    const lb = await bench({ group });
    const targets = new Map<string, Target>();
    for (const name of ["a", "b", "c"]) {
      const server = answering((request, response) => {
        if (request.url === "/login") response.setHeader("Set-Cookie", "session=1; Path=/");
        return name;
      });
      targets.set(name, await lb.add(server));
    }
    return { ...lb, targets };
  };
  const bodies = async (lb: Bench, cookies: readonly string[]): Promise<Set<string>> => {
    const all = await Promise.all(Array.from({ length: 6 }, () => send(lb, cookies)));
    return new Set(all.map((got) => got.body));
  };

  it("by the load balancer's cookie, or its twin", async () => {
    const lb = await open({ stickiness: { type: "lb_cookie", seconds: 60 } });
    const first = await send(lb);
    const [own, cors] = cookiesOf(first);
    expect([own, cors].map((c) => c?.split("=")[0])).to.deep.equal(["AWSALB", "AWSALBCORS"]);
    expect(await bodies(lb, [own ?? ""])).to.deep.equal(new Set([first.body]));
    expect(await bodies(lb, [cors ?? ""])).to.deep.equal(new Set([first.body]));
    expect(await bodies(lb, ["AWSALB=forged"])).to.have.property("size", 3);
  });

  it("no longer than that target is healthy", async () => {
    const lb = await open({ stickiness: { type: "lb_cookie", seconds: 60 } });
    const first = await send(lb);
    const [own = ""] = cookiesOf(first);
    const kept = lb.targets.get(first.body);
    if (kept) kept.state = "unhealthy";
    const others = await bodies(lb, [own]);
    expect(others).to.have.property("size", 2);
    expect(others.has(first.body)).to.equal(false);
  });

  it("by an application's cookie, from when that is set", async () => {
    const lb = await open({
      stickiness: { type: "app_cookie", seconds: 60, cookieName: "session" },
    });
    expect(cookiesOf(await send(lb))).to.deep.equal([]);
    const login = await send(lb, [], "/login");
    const [session, app = ""] = cookiesOf(login);
    expect([session, app.split("=")[0]]).to.deep.equal(["session=1", "AWSALBAPP-0"]);
    expect(await bodies(lb, [app])).to.deep.equal(new Set([login.body]));
  });
});

describe("clients that stay with a target group", () => {
  afterEach(endBenches);

  it("by a cookie of the rule that shares requests out", async () => {
    const base = await bench();
    const other = new TargetPool({ ...base.pool.group, arn: "other" });
    const groups = [
      { arn: base.pool.group.arn, weight: 1 },
      { arn: "other", weight: 1 },
    ];
    const lb = await bench({
      listener: { rules: [rule({ type: "forward", groups, stickySeconds: 60 })] },
      pools: [other],
    });
    const target = await lb.add(answering(() => "first"));
    // The other group has no target of its own: its requests are answered with 503.
    const seen = new Map<number, string>();
    for (let n = 0; n < 60 && seen.size < 2; n += 1) {
      const got = await send(lb);
      const cookie = cookiesOf(got).find((c) => c.startsWith("AWSALBTG="));
      if (got.status === 200) seen.set(200, cookie ?? "");
      else seen.set(got.status, "");
    }
    expect([...seen.keys()].sort()).to.deep.equal([200, 503]);
    const kept = await Promise.all(
      Array.from({ length: 12 }, () => send(lb, [seen.get(200) ?? ""])),
    );
    expect(new Set(kept.map((got) => got.status))).to.deep.equal(new Set([200]));
    expect(target.outstanding).to.equal(0);
  });
});

describe("requests that a rule rewrites", () => {
  afterEach(endBenches);

  const forwarding = (lb: Bench): ListenerAction => ({
    type: "forward",
    groups: [{ arn: lb.pool.group.arn, weight: 1 }],
  });
  const url = { regex: "^/old/(.*)$", replace: "/new/$1" };
  const host = { regex: "^www\\.", replace: "inner." };

  it("reach the target as they were rewritten, and the log has both", async () => {
    const action = forwarding(await bench());
    const lb = await bench({ listener: { rules: [rule(action, { transforms: { url, host } })] } });
    await lb.add(answering((request) => `${request.headers.host ?? ""}${request.url ?? ""}`));
    expect((await send(lb, [], "/old/x?y=1")).body).to.equal("inner.example.com/new/x?y=1");
    const all = fields((await lb.log())[0]);
    expect(all[12]).to.equal('"GET http://www.example.com:80/old/x?y=1 HTTP/1.1"');
    expect([all[20], all[22]]).to.deep.equal(["7", '"rewrite,forward"']);
    expect(all.slice(30, 33)).to.deep.equal([
      '"inner.example.com"',
      '"/new/x?y=1"',
      '"TransformSuccess"',
    ]);
  });

  it("get 500 where what comes out is no request", async () => {
    const action = forwarding(await bench());
    const broken = { url: { regex: "^/", replace: "" } };
    const lb = await bench({ listener: { rules: [rule(action, { transforms: broken })] } });
    await lb.add(answering(() => "never"));
    expect((await send(lb, [], "/x")).status).to.equal(500);
    expect(fields((await lb.log())[0])[32]).to.equal('"TransformInvalidPath"');
  });
});

describe("answers that need no target, in the log", () => {
  afterEach(endBenches);

  const redirect: ListenerAction = {
    type: "redirect",
    protocol: "HTTPS",
    host: "#{host}",
    port: "443",
    path: "/#{path}",
    query: "#{query}",
    status: 301,
  };

  it("a redirect, with where it leads", async () => {
    const lb = await bench({ listener: { rules: [rule(redirect)] } });
    const got = await send(lb, [], "/a?b=c");
    const location = "https://www.example.com:443/a?b=c";
    expect([got.status, got.headers.location]).to.deep.equal([301, location]);
    const all = fields((await lb.log())[0]);
    expect(all.slice(4, 10)).to.deep.equal(["-", "-1", "-1", "-1", "301", "-"]);
    expect([all[16], all[22], all[23]]).to.deep.equal(["-", '"redirect"', `"${location}"`]);
  });

  it("507 for a redirect to an URL that is too long", async () => {
    const long = { ...redirect, path: "/#{path}/#{path}" };
    const lb = await bench({ listener: { rules: [rule(long)] } });
    expect((await send(lb, [], `/${"x".repeat(5000)}`)).status).to.equal(507);
  });

  it("a fixed response", async () => {
    const fixed: ListenerAction = {
      type: "fixed-response",
      status: 403,
      contentType: "text/plain",
      body: "no",
    };
    const lb = await bench({ listener: { rules: [], defaultAction: fixed } });
    const got = await send(lb);
    expect([got.status, got.body, got.headers["content-type"]]).to.deep.equal([
      403,
      "no",
      "text/plain",
    ]);
    const all = fields((await lb.log())[0]);
    expect([all[20], all[22]]).to.deep.equal(["0", '"fixed-response"']);
  });

  it("500 for a rule that AWS would not have taken", async () => {
    const conditions = [{ field: "path", values: ["("], regex: true }] as const;
    const lb = await bench({ listener: { rules: [rule(redirect, { conditions })] } });
    expect((await send(lb)).status).to.equal(500);
    expect(fields((await lb.log())[0])[20]).to.equal("-1");
  });

  it("464, word for word", async () => {
    const lb = await bench({ group: { protocolVersion: "HTTP2" } });
    const got = await send(lb);
    expect([got.status, got.body, got.headers.server]).to.deep.equal([464, "", "awselb/2.0"]);
    const [line] = await lb.log();
    expect(line).to.match(
      /^http \S+Z app\/web\/50dc6c495c0c9188 \S+ - -1 -1 -1 464 - \d+ \d+ "GET http:\/\/www\.example\.com:80\/ HTTP\/1\.1" "-" - - arn:\S+ "Root=1-[0-9a-f]{8}-[0-9a-f]{24}" "-" "-" 0 \S+Z "forward" "-" "-" "-" "-" "-" "-" TID_[0-9a-f]{32} "-" "-" "-" 127\.0\.2\.9 "-" "-"$/,
    );
  });
});

describe("a line of the log", () => {
  afterEach(endBenches);

  it("can be read while the load balancer runs, with times that can be", async () => {
    const lb = await bench();
    await lb.add(answering(() => "ok"));
    await send(lb);
    await eventually("the line is there", () => lb.written().length === 1);
    const all = fields(lb.written()[0]);
    const times = all.slice(5, 8).map(Number);
    expect(times.every((t) => t >= 0 && t < 60)).to.equal(true);
    expect(Date.parse(all[1] ?? "")).to.be.at.least(Date.parse(all[21] ?? ""));
  });
});
