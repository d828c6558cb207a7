import * as pulumi from "@pulumi/pulumi";
import { Network } from "../network/network";

/**
 * What has to be deleted before anything else of a stack: while it is protected, `pulumi destroy`
 * deletes nothing. Pulumi checks each resource when its turn comes, so that without a preview it
 * would delete the service before it refuses to delete the load balancer. Its name is the setting,
 * because Pulumi's message has the name in it.
 */
export class DeletionProtection extends pulumi.ComponentResource {
  /** @param everything all other resources of the program */
  constructor(on: boolean, everything: readonly pulumi.Resource[]) {
    const networks = everything.filter((resource) => resource instanceof Network);
    super(
      "hopwise:index:DeletionProtection",
      "hopwise:deletionProtection",
      {},
      {
        protect: on,
        dependsOn: pulumi
          .all(networks.map(({ last }) => last))
          .apply((ofVpcs) => [...everything, ...ofVpcs.flat()]),
      },
    );
    this.registerOutputs({ on });
  }
}
