/** What the containers may do in AWS, and folders of EFS. */
import * as z from "zod";
import { policyForms } from "../../path/rolePolicies";
import { abouts } from "../about";
import {
  booleanValue,
  enumValue,
  patternValue,
  shapes,
  textValue,
  withLeadingSlash,
} from "../values";

const action = () =>
  patternValue(policyForms.action, {
    values: "action",
    allowed: "an action of IAM: a service, a colon and a name, perhaps with *",
    example: "s3:GetObject",
  });
const resource = () =>
  patternValue(policyForms.resource, {
    values: "ARN",
    allowed: "an ARN, perhaps with *, or * alone",
    example: "arn:aws:s3:::shop-uploads/*",
  });
const conditionText = () =>
  textValue(
    { values: "text", allowed: "text; a number with a fraction must be quoted" },
    () => undefined,
  );
const named = (values: string, allowed: string) =>
  patternValue(/^[\w:/${}.@-]{1,256}$/, { values, allowed });

const conditions = z.record(
  named("operator", "an operator of IAM, such as StringEquals"),
  z
    .record(named("key", "a condition key, such as aws:SourceVpc"), z.array(conditionText()).min(1))
    .register(shapes, {
      type: "object",
      values: "key: list",
      allowed: "condition keys, each with a list of values",
    }),
);

const statement = z.strictObject({
  effect: enumValue(["Allow", "Deny"]).optional(),
  actions: z.array(action()).min(1),
  resources: z.array(resource()).min(1),
  conditions: conditions
    .register(shapes, {
      type: "object",
      values: "operator: { key: list }",
      allowed: "operators of IAM, each with condition keys and lists of values",
    })
    .optional(),
});

const example = "{ actions: [s3:GetObject], resources: ['arn:aws:s3:::shop-uploads/*'] }";

/** `service.taskRoleStatements` */
export const taskRoleStatements = z
  .array(statement)
  .register(shapes, {
    type: "array",
    values: "list of { actions, resources, … }",
    allowed: `a list of entries like ${example}`,
    example,
  })
  .default([])
  .register(abouts, {
    means:
      "What the containers may do in AWS: statements with `actions`, `resources`, and perhaps `conditions` (values by operator and key) and `effect`. Default: nothing",
  });

const mountPath = /^\/[^\s:]{1,255}$/;

const volume = z.strictObject({
  fileSystemId: patternValue(/^fs-[0-9a-f]{8,40}$/, {
    values: "file system id",
    allowed: "the id of an EFS file system",
    example: "fs-0123456789abcdef0",
  }),
  accessPointId: patternValue(/^fsap-[0-9a-f]{8,40}$/, {
    values: "access point id",
    allowed: "the id of an EFS access point",
    example: "fsap-0123456789abcdef0",
  }),
  mountPath: patternValue(mountPath, {
    values: "folder",
    allowed: "an absolute path in the container",
    example: "/data",
    near: (value) => withLeadingSlash(value, mountPath),
  }),
  container: patternValue(/^[A-Za-z0-9_-]{1,64}$/, {
    values: "container",
    allowed: "the name of a container of the task",
    example: "app",
  }).optional(),
  readOnly: booleanValue().default(false),
});

/** `service.volumes` */
export const volumes = z
  .record(
    patternValue(/^[A-Za-z0-9_-]{1,64}$/, {
      values: "name",
      allowed: "up to 64 letters, digits, _ and -",
    }),
    volume,
  )
  .register(shapes, {
    type: "object",
    values: "name: { fileSystemId, accessPointId, mountPath, … }",
    allowed: `names of volumes, each with keys of ${Object.keys(volume.shape).join(", ")}`,
  })
  .default({})
  .register(abouts, {
    example: {
      uploads: {
        fileSystemId: "fs-0123456789abcdef0",
        accessPointId: "fsap-0123456789abcdef0",
        mountPath: "/uploads",
      },
    },
    means:
      "Folders of EFS, by names of your own: `fileSystemId`, `accessPointId`, `mountPath`, and perhaps `container` (app) and `readOnly` (false)",
  });
