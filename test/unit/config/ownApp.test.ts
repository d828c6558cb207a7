/** The stack file of docs/own-app.md. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { parseSettings } from "../../../config";

const page = fs.readFileSync(path.join(__dirname, "../../../docs/own-app.md"), "utf8");
const [file = "", check = ""] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text);

describe("docs/own-app.md", () => {
  const { config } = parse(file) as { config: Record<string, Record<string, object>> };
  const raw = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.replace("hopwise:", ""), value]),
  );
  Reflect.deleteProperty(raw, "aws:region");

  it("has a stack file of less than 40 lines, without a problem", () => {
    expect(file.trim().split("\n")).to.have.length.below(40);
    const { app } = parseSettings(raw, { region: "eu-west-1" }).service;
    expect(Object.keys(app?.secrets ?? {})).to.deep.equal(["DATABASE_URL", "SESSION_KEY"]);
  });

  it("has a check of the container that fits into it", () => {
    const { app, ...rest } = raw.service as { app: object };
    const block = parse(check) as { "hopwise:service": { app: object } };
    const service = { ...rest, app: { ...app, ...block["hopwise:service"].app } };
    expect(parseSettings({ ...raw, service }).service.app?.healthCheck.command?.[0]).to.equal(
      "node",
    );
  });
});
