import { expect } from "chai";
import { pulumiEntries } from "../../awsWatch/pulumiTypes";

const files: Readonly<Record<string, string>> = {
  "cdn/origin.d.ts": `
    export declare class Origin extends pulumi.CustomResource { readonly id: pulumi.Output<string>; }
    export interface OriginState { arn?: pulumi.Input<string | undefined>; }
    export interface OriginArgs {
      /**
       * Name of it, as in {@link Origin}.
       */
      name: pulumi.Input<string>;
      tags?: pulumi.Input<{ [key: string]: pulumi.Input<string>; } | undefined>;
      configs?: pulumi.Input<pulumi.Input<inputs.cdn.OriginConfig>[] | undefined>;
      policy?: pulumi.Input<string | iam.PolicyDocument | undefined>;
    }`,
  "types/input.d.ts": `
    export interface GetFilter { name: string; }
    export declare namespace cdn {
      interface OriginConfig {
        and?: pulumi.Input<inputs.cdn.OriginConfigAnd | undefined>;
        rule?: pulumi.Input<inputs.cdn.OriginConfigRule | undefined>;
        /** Of ours. */
        other?: pulumi.Input<inputs.other.Thing | undefined>;
      }
      interface OriginConfigAnd { rule?: pulumi.Input<inputs.cdn.OriginConfigAndRule | undefined>; }
      interface OriginConfigRule { port: pulumi.Input<number>; }
      interface OriginConfigAndRule { port: pulumi.Input<number>; }
      interface Unused { port: pulumi.Input<number>; }
    }
    export declare namespace other {
      interface Thing { port: pulumi.Input<number>; }
    }`,
};

describe("what is watched of @pulumi/aws", () => {
  const resources = [
    { module: "cdn", file: "origin", name: "Origin" },
    { module: "cdn", file: "gone", name: "Gone" },
  ];
  const entries = pulumiEntries((file) => files[file], resources);

  it("is the arguments of resources that are there, and what these are made of", () => {
    const forms = Object.fromEntries(
      [...entries].map(([type, members]) => [
        type,
        Object.fromEntries([...members].map(([name, { form }]) => [name, form])),
      ]),
    );
    expect(forms).to.deep.equal({
      "cdn.Origin": {
        name: "required string",
        tags: "map of string",
        configs: "cdn.OriginConfig[]",
        policy: "string | iam.PolicyDocument",
      },
      "cdn.OriginConfig": {
        and: "cdn.OriginConfigAnd",
        rule: "cdn.OriginConfigRule",
        other: "other.Thing",
      },
      "cdn.OriginConfigAnd": { rule: "cdn.OriginConfigAndRule" },
      // The rule within `and` is the first; the one outside of it is alike.
      "cdn.OriginConfigAndRule": { port: "required number" },
      "other.Thing": { port: "required number" },
    });
  });

  it("has the provider's words", () => {
    expect(entries.get("cdn.Origin")?.get("name")?.words).to.equal(
      "Name of it, as in {@link Origin}.",
    );
    expect(entries.get("cdn.OriginConfig")?.get("other")?.words).to.equal("Of ours.");
    expect(entries.get("cdn.Origin")?.get("tags")?.words).to.equal("");
  });
});
