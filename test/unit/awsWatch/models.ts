/** Two small models of a service, as botocore has them, of one day and of the next. */
import type { Model } from "../../awsWatch/botocore";

const origin = {
  type: "structure",
  required: ["Id"],
  documentation: "<p>An origin.</p>",
  members: {
    Id: { shape: "Name", documentation: "<p>Its <code>Id</code>.</p>" },
    Protocols: { shape: "Protocols" },
    Within: { shape: "Origins" },
  },
};

const attribute = (...lines: string[]) =>
  `<p>The following:</p> <ul> ${lines.map((line) => `<li> <p> ${line}</p> </li>`).join(" ")} </ul>`;

export const before: Model = {
  operations: {
    CreateDistribution2020_05_31: {
      name: "CreateDistribution2020_05_31",
      documentation: "<p>Creates one.</p>",
      input: { shape: "Config" },
      errors: [{ shape: "InvalidOrigin" }],
    },
    DeleteDistribution: { name: "DeleteDistribution", input: { shape: "Unwatched" } },
  },
  shapes: {
    Config: {
      type: "structure",
      required: ["Origins"],
      members: {
        Origins: { shape: "Origins", documentation: "<p>First. Second.</p>" },
        Tags: { shape: "Tags", deprecated: true },
        Key: {
          shape: "Text",
          documentation: attribute(
            "<code>idle.seconds</code> - From 1 to 4000.",
            "<code>old.enabled</code> - Of no use.",
          ),
        },
      },
    },
    Origins: { type: "list", min: 1, member: { shape: "Origin" } },
    Origin: origin,
    Name: { type: "string", min: 1, max: 32, pattern: "[a-z]+" },
    Protocols: { type: "list", member: { shape: "Protocol" } },
    Protocol: { type: "string", enum: ["http1.1"], documentation: "<p>A protocol.</p>" },
    Tags: { type: "map", key: { shape: "Text" }, value: { shape: "Text" } },
    Text: { type: "string" },
    InvalidOrigin: { type: "structure", documentation: "<p>The origin is &lt;wrong&gt;.</p>" },
    Unwatched: { type: "structure", members: { Id: { shape: "Text" } } },
  },
};

export const after: Model = {
  operations: before.operations,
  shapes: {
    ...before.shapes,
    Config: {
      type: "structure",
      required: ["Origins"],
      members: {
        Origins: { shape: "Origins", documentation: "<p>First. Third.</p>" },
        Key: {
          shape: "Text",
          documentation: attribute("<code>idle.seconds</code> - From 1 to 8000."),
        },
      },
    },
    Origin: {
      ...origin,
      required: [],
      members: {
        ...origin.members,
        Version: { shape: "Protocol", documentation: "<p>If absent, <i>1.1</i>.</p>" },
      },
    },
    Protocol: { type: "string", enum: ["http1.1", "http2"], documentation: "<p>A protocol.</p>" },
    Unwatched: { type: "structure", members: {} },
  },
};
