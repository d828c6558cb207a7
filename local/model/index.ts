/** AWS on this machine, as far as deciding what it accepts, refuses, replaces and returns. */
export { Account, type AccountOptions, type CreateArgs } from "./account";
export { AwsRefusal, formatRefusal, type OnVerdict, type Verdict } from "./refusal";
export { Ref, resolveRefs, type Planned } from "./planned";
export { components, rows } from "./rows";
export { expandRepository, imageDigest } from "./rows/awsx";
export { expandVpc, vpcOutputs } from "./rows/awsx-vpc";
export { functionNames } from "./functions";
export { mocksFor } from "../mocks";
