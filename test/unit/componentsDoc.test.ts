/** docs/components.md, from the types of the components. `UPDATE=1` writes it. */
import { expect } from "chai";
import * as components from "../../components";
import { componentLines } from "./componentsDoc";
import { expectPart } from "./document";

describe("docs/components.md", () => {
  const exported = Object.entries(components)
    .filter(([name, value]) => typeof value === "function" && /^[A-Z]/.test(name))
    .map(([name]) => name);
  const lines = componentLines(exported);

  it("has every component with its arguments", () => {
    expectPart("test/unit/componentsDoc.test.ts", "docs/components.md", "components", lines);
  });

  it("says what every argument means", () => {
    expect(lines.filter((line) => line.endsWith(" |  |"))).to.deep.equal([]);
  });

  it("says what every component is", () => {
    for (const name of exported) {
      const text = lines[lines.indexOf(`## ${name}`) + 2];
      expect(text, name).to.match(/^\S.{20,}/);
    }
  });
});
