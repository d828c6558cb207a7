// A program whose settings are wrong.
import * as pulumi from "@pulumi/pulumi";

throw new pulumi.RunError("The size is not a size.");
