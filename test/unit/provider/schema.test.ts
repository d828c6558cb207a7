/** The committed schema, held against the components and against the last release. */
import { expect } from "chai";
import { currentSchema } from "./schema";
import { expectWhole } from "../document";

describe("provider/schema.json", () => {
  it("is what the components' types and comments give", () => {
    expectWhole("provider/schema.json", `${JSON.stringify(currentSchema(), undefined, 2)}\n`);
  });
});
