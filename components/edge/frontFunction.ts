import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { FrontSpec } from "../../path/front";
import { type FrontFunction, frontFunctionCode, type SiteRewrite } from "../../path/frontFunction";
import { passwordParts } from "./frontPlan";
import type { ViewerPasswordArgs } from "./frontArgs";

export interface FrontFunctionsArgs {
  /** What is decided about a request. Absent: every request passes. */
  front?: FrontSpec;
  /** The password, if `front` asks for one. */
  password?: ViewerPasswordArgs;
}

/** What the viewer-request functions of a path have in common. */
export class FrontFunctions {
  private readonly secret: pulumi.Output<FrontFunction["password"]> | undefined;
  /** Function of the behaviours that lead to services; absent if every request passes. */
  public readonly function: aws.cloudfront.Function | undefined;

  constructor(
    name: string,
    private readonly args: FrontFunctionsArgs,
    parent: pulumi.Resource,
  ) {
    this.secret = args.password && hashed(name, args.password, parent);
    if (args.front === undefined) return;
    this.function = new aws.cloudfront.Function(
      `${name}-front`,
      {
        runtime: "cloudfront-js-2.0",
        comment: "Who may call, maintenance, redirects",
        publish: true,
        code: this.code(),
      },
      { parent },
    );
  }

  /** The code of a function, for services or for the site. */
  code(site?: SiteRewrite): pulumi.Input<string> {
    const plain = { ...this.args.front, password: undefined, ...(site && { site }) };
    if (this.secret === undefined) return frontFunctionCode(plain);
    return this.secret.apply((password) => frontFunctionCode({ ...plain, password }));
  }
}

/**
 * The code holds a hash with a salt in place of the password, because everybody who may read the
 * function in AWS can read its code.
 */
function hashed(
  name: string,
  { user, value }: ViewerPasswordArgs,
  parent: pulumi.Resource,
): pulumi.Output<FrontFunction["password"]> {
  const salt = new random.RandomString(
    `${name}-password-salt`,
    { length: passwordParts.salt, special: false },
    { parent },
  ).result;
  return pulumi.all([salt, value]).apply(([salted, password]) => {
    const sent = Buffer.from(`${user}:${password}`).toString("base64");
    return {
      salt: salted,
      hash: createHash("sha256")
        .update(salted + sent)
        .digest("hex"),
    };
  });
}
