/**
 * What the rules and other findings say in Japanese, by their codes: the counterparts of `holds` and
 * `fix`. What is named as in code, in AWS's API and in Pulumi, stays as it is.
 */
import { other } from "./other";
import { path } from "./path";
import { resources } from "./resources";

/** Texts by code. */
export type JapaneseTexts = Readonly<
  Record<string, { readonly holds: string; readonly fix: string }>
>;

export const japanese: JapaneseTexts = { ...path, ...resources, ...other };
