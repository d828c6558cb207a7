import { expect } from "chai";
import fc from "fast-check";
import { SettingsError } from "../../../config";
import { parseSettings } from "../../../config/load";
import { keys } from "../../../config/keys";
import { runs } from "../../thorough";
import { rows, type Raw } from "./rows";
import { context, problemsOf } from "./support";

const secret = { ...context, isSecret: () => true };

/** What is said about settings that are all secret. */
function message(raw: Raw): string {
  try {
    parseSettings(raw, secret);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("secrets", () => {
  for (const { title, raw } of rows) {
    it(`are kept out of an error: ${title}`, () => {
      const problems = problemsOf(raw, secret);
      expect(problems).to.have.length(1);
      for (const { key, found } of problems) {
        expect(found).to.match(/^(\(secret\)|nothing)/);
        expect(key).not.to.contain('"');
      }
    });
  }

  it("are kept out of the change, in which the same value is always a placeholder", () => {
    for (const { raw } of rows) {
      for (const { change } of problemsOf(raw, secret)) {
        if (change.includes("config set")) expect(change).to.match(/--secret .*'<value>'/);
      }
    }
  });

  it("never appear, whatever they are and wherever they stand", () => {
    // A marker that no message contains by itself.
    const marker = fc.stringMatching(/^zq[a-z0-9]{6,12}qz$/);
    const places = [...keys.map(({ path }) => path), ["service"], ["tags", "x"], ["unknown"]];
    fc.assert(
      fc.property(marker, fc.constantFrom(...places), fc.boolean(), (text, path, json) => {
        const raw = nest(path, text);
        const typed = json
          ? Object.fromEntries(Object.entries(raw).map(([k, v]) => [k, JSON.stringify(v)]))
          : raw;
        const said = message(typed);
        expect(said).not.to.contain(text);
        expect(said).not.to.equal("");
      }),
      { numRuns: runs(60) },
    );
  });

  it("leave no trace in what is expected, or in the value that was probably meant", () => {
    const said = message({
      variant: "h2-direct",
      domain: { name: "ZQ.Example.org" },
      viewers: { allowedCidrs: ["192.0.2.77/24"] },
      service: { cpu: 1024, memory: 640 },
    });
    expect(said).to.contain("viewers.allowedCidrs[0]").and.to.contain("service.memory");
    expect(said).not.to.match(/zq|192\.0\.2|2048|640/i);
  });

  it("never appear as names within a secret object", () => {
    const raw = {
      variant: "h2-direct",
      service: { zqhiddenqz: 1 },
      tags: { "aws:zqhiddenqz": "1" },
    };
    expect(message(raw)).to.contain("hopwise:service.(secret)");
    expect(message(raw)).not.to.contain("zqhiddenqz");
  });

  it("are shown when the stack does not keep them secret, so that these tests can fail", () => {
    const raw = { variant: "h2-direct", service: { port: "zqshownqz" } };
    expect(() => parseSettings(raw)).to.throw(SettingsError, "zqshownqz");
  });
});

function nest(path: readonly string[], value: unknown): Raw {
  const [first = "", ...rest] = path;
  return { [first]: rest.length === 0 ? value : nest(rest, value) };
}
