/** The examples of docs/settings.md: the settings take each, with what it needs. */
import { expect } from "chai";
import { exampleOf } from "../../../config/examples";
import { keys, objectFieldsOf, ownKeysOfServices, schemaAt, valueAt } from "../../../config/keys";
import { variantsTaking } from "../../../path/variants";
import { adopted, direct, edge, named, type Raw, region } from "./rows";
import { follow, problemsOf } from "./support";

const certificate = (where: string) =>
  `arn:aws:acm:${where}:111122223333:certificate/12345678-1234-1234-1234-123456789012`;
const image = "public.ecr.aws/docker/library/httpd:2.4";
const ownApp = { image, port: 3000 };
const grpc = { grpc: { services: ["shop.v1.Cart"] }, service: { app: ownApp } };
const exec = { service: { app: { ...ownApp, readOnlyRoot: false }, exec: { enabled: true } } };

/** What some need beyond the changes that the errors offer. */
const needs: Readonly<Record<string, Raw>> = {
  "domain.validated": { domain: { dns: "elsewhere" } },
  "domain.edgeCertificateNames": { domain: { edgeCertificateArn: certificate("us-east-1") } },
  "domain.loadBalancerCertificateNames": {
    domain: { loadBalancerCertificateArn: certificate(region) },
  },
  "service.app.dependsOn": { service: { sidecars: { agent: { image } } } },
  "service.app.secretKeyArns": { service: { app: { secrets: { TOKEN: "ssm:/shop/token" } } } },
  "service.app.healthCheck.timeout": { service: { app: { healthCheck: { interval: 20 } } } },
  "service.volumes": { service: { app: ownApp } },
  "service.exec.enabled": exec,
  "service.exec.kmsKeyArn": exec,
  "service.exec.logGroupArn": {
    service: { ...exec.service, clusterArn: "arn:aws:ecs:us-east-1:111122223333:cluster/shared" },
  },
  "grpc.port": grpc,
  "grpc.healthCheckPath": grpc,
  "alarms.budget.tag": { tags: { environment: "prod" } },
};

const isObject = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Settings and more of them. */
function merged(one: Raw, more: Raw): Raw {
  const both = Object.entries(more).map(([key, value]) => {
    const before = one[key];
    return [key, isObject(before) && isObject(value) ? merged(before, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(both) };
}

/** A value at a place. */
const at = (path: readonly string[], value: unknown): Raw =>
  path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as Raw;

/** The keys that the groups around a key require, each with its own example. */
function siblings(path: readonly string[]): Raw {
  const groups = path.slice(1).map((_, depth) => path.slice(0, depth + 1));
  return groups.reduce<Raw>((all, group) => {
    const schema = schemaAt(group);
    const fields = Object.entries((schema && objectFieldsOf(schema)) ?? {});
    const required = fields.filter(([, field]) => !field.safeParse(undefined).success);
    const values = required.map(([name, field]) => [name, exampleOf(field)] as const);
    return merged(all, at(group, Object.fromEntries(values)));
  }, {});
}

/** What is still wrong after the changes that the problems offer, of those that keep the example. */
function leftOf(raw: Raw, path: readonly string[], around: { region: string }): string[] {
  const example = JSON.stringify(valueAt(path, raw));
  for (let round = 0, now = raw; ; round += 1) {
    const problems = problemsOf(now, around);
    const next = problems
      .flatMap(({ change, key }) => change.split(", or ").map((one) => follow(one, key, now)))
      .find((changed) => changed && JSON.stringify(valueAt(path, changed)) === example);
    if (next === undefined || round === 8)
      return problems.map(({ key, expected, change }) => `${key}: ${expected}: ${change}`);
    now = next;
  }
}

describe("the example of", () => {
  for (const { path, schema } of [...keys, ...ownKeysOfServices]) {
    const name = path.join(".");
    it(name, () => {
      const example = exampleOf(schema);
      expect(example, `${name} has no example in config/`).not.to.equal(undefined);
      const place = path.map((step) => (step === "NAME" ? "api" : step));
      const taken: readonly unknown[] = variantsTaking(name);
      const around = {
        region: /:([a-z]{2}-[a-z]+-\d):/.exec(JSON.stringify(example))?.[1] ?? region,
      };
      const left = [edge, named, direct, { ...edge, network: adopted }]
        .filter(({ variant }) => taken.includes(variant))
        .map((base) =>
          [base, siblings(place), needs[name] ?? {}, at(place, example)].reduce(merged),
        )
        .map((raw) => leftOf(raw, place, around));
      expect(left.find((problems) => problems.length === 0) ?? left).to.deep.equal([]);
    });
  }
});
