import { expect } from "chai";
import { itWith } from "../parts";
import { freePort } from "../local/nginx-support";
import { describeRuns, run } from "./hopwise";
import { servedArticle, varied } from "./project";

describeRuns("npm start -- --check", () => {
  const check = servedArticle("--check", "--embedded-origin");

  it("every request gets what the rules say, and nothing is left", async () => {
    const args = ["--check", "--stack", "mixed", "--port", "0"];
    const { code, stdout, stderr } = await run(args, "start.js");
    expect(stderr).to.equal("");
    expect(stdout).to.match(/All \d+ requests got what the path's rules say/);
    expect(code).to.equal(0);
  });

  it("gets HTTP/2 to the load balancer where origin.httpVersion asks for it", async () => {
    const project = varied({
      "Pulumi.prod.yaml": (text) =>
        text.replace(/access: prefix-list/, "$&\n    httpVersion: http2"),
    });
    try {
      const args = ["--stack", "prod", "--embedded-origin", "--port", "0"];
      const { code, stdout } = await run([
        "local",
        "--check",
        "--program",
        project.folder,
        ...args,
      ]);
      expect(code).to.equal(0);
      expect(stdout).to.match(/✔ a viewer, HTTP\/2 +200 +HTTP\/2 → HTTP\/2 → HTTP\/1\.1\n/);
      expect(stdout).to.match(/✔ a viewer, HTTP\/1\.1 +200 +HTTP\/1\.1 → HTTP\/2 → HTTP\/1\.1\n/);
    } finally {
      project.remove();
    }
  });

  it("works without nginx, and says so only where nobody asked for it", async () => {
    const { code, stdout } = await run([...check(), "--port", "0"]);
    expect(code).to.equal(0);
    expect(stdout).not.to.contain("HOPWISE_NGINX");
  });

  it("takes the port that it is given", async () => {
    const port = await freePort("127.0.0.1");
    const args = [...check(), "--json", "--port", String(port)];
    const { code, stdout } = await run(args);
    expect(code).to.equal(0);
    expect(stdout).to.contain(`:${port}`);
  });

  it("sees a stack as the given caller does", async () => {
    const project = varied({
      "Pulumi.h2.yaml": (text) => text.replace("- 0.0.0.0/0", "- 203.0.113.0/24"),
    });
    const args = ["--check", "--stack", "h2", "--embedded-origin", "--port", "0"];
    const on = ["local", ...args, "--program", project.folder];
    try {
      const outside = await run(on);
      expect(outside.stdout).to.match(/✔ a viewer, HTTP\/2 +not admitted/);
      expect(outside.code).to.equal(0);
      const inside = await run([...on, "--caller-address", "203.0.113.9"]);
      expect(inside.stdout).to.match(/✔ a viewer, HTTP\/2 +200/);
      expect(inside.code).to.equal(0);
    } finally {
      project.remove();
    }
  });

  itWith("nginx", "fails, with both answers, where a request gets something else", async () => {
    const project = varied({
      "nginx/templates/page/server.conf.template": (text) =>
        text.replace(/location \/ \{/, "location / { return 418;"),
    });
    try {
      const { code, stdout } = await run([
        ...["local", "--check", "--port", "0", "--program", project.folder],
      ]);
      const said = stdout.replace(/\s+/g, " ");
      expect(said).to.contain(
        "✘ a viewer, HTTP/2 expected 200 over HTTP/2 → HTTP/1.1 → HTTP/1.1 actual 418 over",
      );
      expect(said).to.contain("2 of 5 requests got something else.");
      expect(code).to.equal(1);
    } finally {
      project.remove();
    }
  });
});
