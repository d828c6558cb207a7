/** AWS on this machine, as far as deciding what it accepts, refuses, replaces and returns. */
export { Account, type AccountOptions, type CreateArgs } from "./account";
export { AwsRefusal } from "./refusal";
export { Ref } from "./planned";
export { expandVpc } from "./rows/awsxVpc";
export { mocksFor } from "../program/mocks";
