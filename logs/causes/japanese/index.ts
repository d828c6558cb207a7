/**
 * What the causes say in Japanese, by their codes. What is named as in code, in AWS's API and in Pulumi,
 * stays as it is.
 */
import { alb } from "./alb";
import { connection } from "./connection";
import { edge } from "./edge";
import { identity } from "./identity";
import { target } from "./target";

/** The counterparts of a cause's texts. */
interface JapaneseCause {
  readonly title: string;
  readonly why: string;
  /** Of the advice that is no rule's fix, in its order. @default none */
  readonly changes?: readonly string[];
}

/** Texts by code. */
export type JapaneseCauses = Readonly<Record<string, JapaneseCause>>;

export const japaneseCauses: JapaneseCauses = {
  ...alb,
  ...target,
  ...identity,
  ...edge,
  ...connection,
};
