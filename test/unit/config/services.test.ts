/** What holds between the keys of `service` holds between those of each of `services`. */
import { expect } from "chai";
import { follow, problemsOf } from "./support";
import type { Raw } from "./rows";

const app = { image: "r.example.com/a:1", port: 3000 };
const log = { image: "r.example.com/l:1" };

/** Keys of a service with something wrong between them. */
const faulty: Readonly<Record<string, Raw>> = {
  "a size that Fargate has not": { cpu: 1024, memory: 512 },
  "more /tmp than half of the memory": { app, tmpMiB: 400, cpu: 256, memory: 512 },
  "a port for two containers": { app: { ...app, port: 8080 } },
  "a privileged port": { port: 80 },
  "a variable with two values": {
    app: { ...app, environment: { A: "1" }, secrets: { A: "ssm:/a" } },
  },
  "a check that does not end": { app: { ...app, healthCheck: { interval: 5, timeout: 9 } } },
  "commands that cannot run": { app: { ...app, readOnlyRoot: true }, exec: { enabled: true } },
  "a sidecar on a taken port": { app, sidecars: { log: { ...log, port: 3000 } } },
  "a sidecar that waits for nothing": {
    app,
    sidecars: { log: { ...log, dependsOn: { x: "START" } } },
  },
  "sidecars larger than the task": { cpu: 256, sidecars: { log: { ...log, cpu: 512 } } },
  "an egress list without the registry": { egress: [{ cidr: "10.0.0.0/8", port: 5432 }] },
  "egress over IPv6": {
    egress: [
      { cidr: "0.0.0.0/0", port: 443 },
      { cidr: "2001:db8::/32", port: 443 },
    ],
  },
  "a volume of no container": {
    volumes: { v: { fileSystemId: "fs-0123456789abcdef0", mounts: { nobody: "/v" } } },
  },
  "nginx's port without nginx": { app: { ...app, behindNginx: false }, port: 9090 },
  "what nginx speaks for the app": { app: { ...app, protocols: ["http1"] } },
  "a health check of nginx with an app": { app, healthCheckPath: "/up" },
  "keys of secrets that are not there": {
    app: {
      ...app,
      secretKeyArns: [
        "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012",
      ],
    },
  },
  "a misspelt key": { cont: 3 },
  "a misspelt key of the app": { app: { ...app, prot: 3000 } },
};
const base: Raw = {
  variant: "h1-via-cloudfront",
  domain: { name: "a.example.net", zoneName: "example.net" },
};

describe("the settings of each of services", () => {
  for (const [what, entry] of Object.entries(faulty))
    it(`${what} is refused as in service, with the command that fixes it`, () => {
      const usual = problemsOf({ ...base, service: entry });
      const raw = { ...base, services: { api: { paths: ["/api/*"], ...entry } } };
      const found = problemsOf(raw);
      expect(usual).to.not.deep.equal([]);
      const renamed = JSON.stringify(usual).replace(/\bservice(?=\.)/g, "services.api");
      // Keys that only one of the two has are listed too.
      const there = /there are [^"]*/g;
      expect(JSON.stringify(found).replace(there, "")).to.equal(renamed.replace(there, ""));
      for (const { key, change } of found) {
        const [first = ""] = change.split(", or ");
        if (first.includes("<value>")) continue;
        const fixed = follow(first, key, raw);
        if (fixed !== undefined)
          expect(problemsOf(fixed).map((one) => one.key)).to.not.include(key);
      }
    });

  it("says nothing of a service because of another, or of a key that is wrong itself", () => {
    const services = {
      good: { paths: ["/good/*"], cpu: 1024, memory: 2048 },
      wrong: { paths: ["/wrong/*"], cpu: 1000, memory: 512 },
    };
    const keys = problemsOf({ ...base, services }).map(({ key }) => key);
    expect(keys).to.deep.equal(["hopwise:services.wrong.cpu"]);
  });

  it("does not hold a service to the port for gRPC of the service that gets all others", () => {
    const services = { api: { paths: ["/api/*"], app, sidecars: { log: { ...log, port: 9000 } } } };
    const grpc = { services: ["shop.v1.Cart"], port: 9000 };
    expect(problemsOf({ ...base, service: { app }, grpc, services })).to.deep.equal([]);
  });
});
