/** The committed stacks as `hopwise local` serves them, in this process. */
import { expect } from "chai";
import { ProtocolTrace } from "../../cli/local/protocolTrace";
import { probesOf } from "../../cli/local/run";
import { runProbes } from "../../cli/local/runProbes";
import { screenReporter } from "../../cli/local/screenReporter";
import { serveProgram, type ServedProgram } from "../../cli/local/serveProgram";
import { screenOf } from "../../cli/screen";
import { findNginx } from "../../local/nginx";
import { evaluate } from "../../local/program";
import { committedStacks } from "../committedStacks";
import { itWith } from "../parts";
import { pasteAll } from "./curlLines";
import { projectDir } from "./hopwise";

/** Lines that a check of the committed stacks has to print, spaces made one. */
const lines: Record<string, readonly string[]> = {
  dev: [
    "✔ a viewer, HTTP/2 200 HTTP/2 → HTTP/1.1 → HTTP/1.1",
    "✔ a viewer, HTTP/1.1 200 HTTP/1.1 → HTTP/1.1 → HTTP/1.1",
    "✔ the load balancer, called directly not admitted",
    "✔ from CloudFront, without the header 403 HTTP/1.1",
  ],
  prod: [
    "✔ a viewer, HTTP/2 200 HTTP/2 → HTTP/1.1 → HTTP/1.1",
    "✔ a viewer, HTTP/1.1 200 HTTP/1.1 → HTTP/1.1 → HTTP/1.1",
    "✔ the load balancer, called directly not admitted",
    "✔ from CloudFront, without the header 403 HTTP/1.1",
  ],
  h2cf: [
    "✔ a viewer, HTTP/2 200 HTTP/2 → HTTP/2 → HTTP/2",
    "✔ a viewer, HTTP/1.1 200 HTTP/1.1 → HTTP/2 → HTTP/2",
    "✔ the load balancer, called directly not admitted",
    "✔ from CloudFront, without the header 403 HTTP/1.1",
  ],
  grpc: [
    "✔ a viewer, gRPC 200, grpc-status 0",
    "HTTP/2 → HTTP/2 → HTTP/2",
    "✔ a viewer, HTTP/2 464 HTTP/2 → HTTP/1.1",
    "✔ the load balancer, called directly not admitted",
    "✔ from CloudFront, without the header 403 HTTP/1.1",
  ],
  mixed: [
    "✔ a viewer, HTTP/2 200 HTTP/2 → HTTP/1.1 → HTTP/1.1",
    "✔ a viewer, HTTP/1.1 200 HTTP/1.1 → HTTP/1.1 → HTTP/1.1",
    "✔ a viewer, gRPC 200, grpc-status 0",
    "HTTP/2 → HTTP/2 → HTTP/2",
    "✔ the load balancer, called directly not admitted",
    "✔ from CloudFront, without the header 403 HTTP/1.1",
  ],
  services: [
    "✔ a viewer, HTTP/2 200 HTTP/2 → HTTP/2",
    "✔ orders.example.com/: a viewer, HTTP/2 200 HTTP/2 → HTTP/2",
    "✔ shop.example.com/chat: a viewer, HTTP/2 200 HTTP/2 → HTTP/1.1",
    "✔ shop.example.com/api/check: a viewer, HTTP/2 200 HTTP/2 → HTTP/1.1",
  ],
  h2: ["✔ a viewer, HTTP/2 200 HTTP/2 → HTTP/2", "✔ a viewer, HTTP/1.1 464 HTTP/1.1"],
};

/** A screen of 80 columns without colours, and what is on it. */
function captured() {
  const on = { said: "" };
  const write = (text: string) => (on.said += text);
  const screen = screenOf({ write, columns: 80 }, { LANG: "C.UTF-8", NO_COLOR: "1" });
  return { on, reporter: screenReporter(screen, false) };
}

describe("the committed stacks, served", () => {
  for (const [stack, expected] of Object.entries(lines))
    describe(stack, () => {
      const trace = new ProtocolTrace();
      const { on, reporter } = captured();
      let served: ServedProgram;
      before(async () => {
        const program = await evaluate({ projectDir, stack, elsewhere: "assumed" });
        served = await serveProgram(program, {
          projectDir,
          port: 0,
          nginx: (await findNginx()) ?? "embedded",
          onEvent: (event) => {
            trace.onEvent(event);
          },
        });
        reporter.serving(program, served);
      });
      after(() => served.close());

      it("every request gets what the rules say", async () => {
        const probes = probesOf(served.checked);
        reporter.checking(probes);
        const bad = await runProbes(probes, served.caFile, trace, (verdict) => {
          reporter.verdict(verdict);
        });
        reporter.checked(probes.length, bad, served.unchecked);
        expect(on.said).not.to.contain("✘");
        const said = on.said.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
        for (const line of expected) expect(said).to.include(line);
        expect(on.said).to.match(/All \d+ requests got what the path's rules say/);
        // Addresses of pages are not broken, so that they can be opened.
        const wide = on.said.split("\n").filter((line) => line.length > 80);
        // Nor are the titles of findings, which name a place of the program.
        const broken = wide.filter((line) => !/https:\/\/|^ +[●▲✘] /.test(line));
        expect(broken).to.deep.equal([]);
      });

      itWith("curl", "every curl line works as it is pasted", async () => {
        on.said = "";
        reporter.ready(served, probesOf(served.checked), false);
        await pasteAll(on.said);
      });
    });

  it("are all that there are", () => {
    expect(Object.keys(lines)).to.have.members([...committedStacks]);
  });
});
