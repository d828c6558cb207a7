/** Whether the installed @pulumi/aws can set `originHttpVersion`, by its types. */
import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { providerWithoutOriginHttpVersion } from "../../../components/edge/installedProvider";
import { declareProvider, madeVersion } from "../../madeProvider";

const configs = ["customOriginConfig", "vpcOriginConfig"] as const;

describe("the installed provider", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "hopwise-provider-"));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });
  const found = () =>
    configs.map((config) =>
      providerWithoutOriginHttpVersion(config, path.join(folder, "index.ts")),
    );
  const types = () => path.join(folder, "node_modules/@pulumi/aws/types/input.d.ts");

  it("is asked for each block of an origin", () => {
    const without = `@pulumi/aws ${madeVersion}`;
    declareProvider(folder, []);
    expect(found()).to.deep.equal([without, without]);
    declareProvider(folder, ["customOriginConfig"]);
    expect(found()).to.deep.equal([undefined, without]);
    declareProvider(folder, ["vpcOriginConfig"]);
    expect(found()).to.deep.equal([without, undefined]);
    declareProvider(folder, [...configs]);
    expect(found()).to.deep.equal([undefined, undefined]);
  });

  it("does not know a property because a comment names it", () => {
    declareProvider(folder, [...configs]);
    const text = fs.readFileSync(types(), "utf8");
    fs.writeFileSync(types(), text.replaceAll(/^ *originHttpVersion\?:.*\n/gm, ""));
    expect(found().map((one) => one?.includes(madeVersion))).to.deep.equal([true, true]);
  });

  it("is not blamed where nothing says what it can set", () => {
    expect(found()).to.deep.equal([undefined, undefined]);
    declareProvider(folder, []);
    fs.writeFileSync(types(), "export {};\n");
    expect(found()).to.deep.equal([undefined, undefined]);
    fs.rmSync(types());
    expect(found()).to.deep.equal([undefined, undefined]);
  });
});
