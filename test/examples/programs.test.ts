/** Each example program: no finding that something is wrong, and what its requests get. */
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { evaluateProgram } from "../../testing";
import type { RequestOptions, Stack } from "../../testing";
import { linkHopwise } from "../asPackage";
import { read } from "../unit/document";

const folder = path.join(__dirname, "../../examples");

/** Requests of viewers, and the status that each gets. */
type Asked = readonly (readonly [url: string, status: unknown, options?: RequestOptions])[];

const grpc: RequestOptions = { kind: "grpc" };
const http1: RequestOptions = { protocol: "HTTP/1.1" };
const programs: Readonly<Record<string, Asked>> = {
  minimal: [
    ["/", 200],
    ["/", 200, http1],
  ],
  "existing-vpc": [["https://shop.example.com/", 200]],
  "own-app": [["/", 200]],
  "site-and-api": [
    // What S3 has decides.
    ["/", "not known"],
    ["/api/health", 200, { method: "POST" }],
  ],
  "several-services": [
    ["https://shop.example.com/", 200],
    ["https://shop.example.com/", 464, http1],
    ["https://shop.example.com/api/list", 200, http1],
    ["https://orders.example.com/", 200],
    ["https://shop.example.com/shop.v1.Stock/Count", 200, grpc],
  ],
  grpc: [
    ["https://stock.example.com/shop.v1.Stock/Count", 200, grpc],
    ["https://stock.example.com/", 464],
  ],
  "h2-via-cloudfront": [
    ["https://shop.example.com/", 200],
    ["https://shop.example.com/", 200, http1],
  ],
  "building-blocks": [
    ["/", 200, { from: { address: "203.0.113.9" } }],
    ["/", "not admitted"],
  ],
};

describe("examples", () => {
  const temporary = fs.mkdtempSync(path.join(tmpdir(), "hopwise-examples-"));
  after(() => {
    fs.rmSync(temporary, { recursive: true });
  });

  for (const [name, asked] of Object.entries(programs))
    it(name, async () => {
      const projectDir = path.join(temporary, name);
      fs.cpSync(path.join(folder, name), projectDir, { recursive: true });
      linkHopwise(projectDir);
      const stack: Stack = await evaluateProgram({ projectDir, stack: "dev" });
      expect(stack.findings.filter(({ severity }) => severity === "error")).to.deep.equal([]);
      for (const [url, status, options] of asked) {
        const answer = stack.answer(url, options);
        expect(answer.status, `${url}: ${answer.why}`).to.equal(status);
      }
    });

  it("are all in examples/README.md", () => {
    const text = read("examples/README.md");
    for (const name of fs.readdirSync(folder).filter((one) => one !== "README.md"))
      expect(text).to.include(`](${name}`);
  });

  it("minimal has ten lines", () => {
    const lines = read("examples/minimal/index.ts").trimEnd().split("\n");
    expect(lines).to.have.length.at.most(10);
  });
});
