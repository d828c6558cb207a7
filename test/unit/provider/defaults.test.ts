/**
 * The SDKs of other languages write a default of the schema into every group that a program uses. It
 * must make no difference, or a program would get something else than in TypeScript.
 */
import { expect } from "chai";
import { pathComponents } from "../../../components";
import type { ObjectSpec, PackageSpec, TypeSpec } from "../../../provider/spec";
import { type Variant, variantNames, variants } from "../../../path/variants";
import { read } from "../document";
import { placement, recorded, service } from "../components/record";

const schema = JSON.parse(read("provider/schema.json")) as PackageSpec;

/** As an SDK does it: where a group is given, and nothing is in it yet. */
function withDefaults(value: unknown, spec: TypeSpec | ObjectSpec): unknown {
  const named = "$ref" in spec && spec.$ref?.replace("#/types/", "");
  const type = named ? schema.types[named] : spec;
  if (type === undefined || "enum" in type || typeof value !== "object" || value === null)
    return value;
  const { items, additionalProperties } = type as TypeSpec;
  if (Array.isArray(value))
    return value.map((one: unknown) => (items ? withDefaults(one, items) : one));
  const entries = Object.entries(value);
  if (!("properties" in type))
    return Object.fromEntries(
      entries.map(([key, one]) => [
        key,
        additionalProperties ? withDefaults(one, additionalProperties) : one,
      ]),
    );
  const given = entries.map(([key, one]) => [key, withDefaults(one, type.properties[key] ?? {})]);
  const filled = Object.entries(type.properties).flatMap(([key, property]) =>
    property.default === undefined ? [] : [[key, property.default] as const],
  );
  return { ...Object.fromEntries(filled), ...(Object.fromEntries(given) as object) };
}

const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1";
const app = { image, port: 3000, healthCheck: {} };
const bucketName = "logs";
const shared = {
  placement,
  domain: { name: "app.example.com", zoneName: "example.com" },
  viewers: {},
  grpc: {},
  origin: { timeouts: {} },
  alarms: { thresholds: {} },
  waf: { rateLimit: {} },
};
const behindEdge = {
  origin: { timeouts: {}, secret: {} },
  site: { folder: "nginx/page", paths: ["/api/*"] },
  logs: { bucketName },
};

const cases = (variant: Variant): Record<string, object> => {
  const all = { ...shared, ...(variants[variant].edge ? behindEdge : { logs: { bucketName } }) };
  return {
    "nginx alone": { ...all, service },
    "an app with sidecars, volumes and exec": {
      ...all,
      service: {
        ...service,
        app: { ...app, readOnlyRoot: false },
        sidecars: { agent: { image, healthCheck: { command: ["true"] } } },
        volumes: { data: { fileSystemId: "fs-1", accessPointId: "fsap-1", mountPath: "/data" } },
        taskRoleStatements: [{ actions: ["s3:GetObject"], resources: ["*"] }],
        exec: {},
      },
    },
    "several services": {
      ...all,
      service,
      services: { orders: { paths: ["/orders/*"], image, app } },
    },
  };
};

describe("the defaults of provider/schema.json", () => {
  for (const variant of variantNames)
    for (const [what, args] of Object.entries(cases(variant)))
      it(`make no difference to ${variant}: ${what}`, async () => {
        const component = pathComponents[variant];
        const resource = schema.resources[`hopwise:index:${component.name}`];
        const filled = withDefaults(args, {
          type: "object",
          properties: resource?.inputProperties ?? {},
        });
        expect(filled).not.to.deep.equal(args);
        const make = async (given: unknown) => {
          const { resources, logs } = await recorded(component, given as never);
          const all = resources.map(
            ({ type, name, inputs }) => [`${type} ${name}`, inputs] as const,
          );
          return { ...Object.fromEntries(all), logs };
        };
        const given = await make(args);
        const explicit = await make(filled);
        expect(explicit).to.deep.equal(given);
      });
});
