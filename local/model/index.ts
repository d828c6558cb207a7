/** AWS on this machine, as far as deciding what it accepts, refuses, replaces and returns. */
export { Account, type AccountOptions } from "./account";
export type { CreateArgs } from "./createArgs";
export { changeRefusals, checkInputs, diffInputs } from "./inputs";
export { AwsRefusal } from "./refusal";
export { Ref } from "./planned";
export { expandVpc } from "./rows/awsxVpc";
export { mocksFor } from "../program/mocks";
