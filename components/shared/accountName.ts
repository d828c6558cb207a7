import * as pulumi from "@pulumi/pulumi";

/** A name that must be unique in the account, for what neither AWS nor the provider names. */
export function accountName(name: string): string {
  return `${pulumi.getProject()}-${pulumi.getStack()}-${name}`.replaceAll(/[^\w-]/g, "-");
}
