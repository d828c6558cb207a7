import { PolicyPack } from "@pulumi/policy";
import { policies } from "hopwise/policy";

// Rules of your own go into the same list.
new PolicyPack("hopwise-rules", { policies: [...policies] });
