import { sound, type Case } from "../caseParts";

export const cases: Case = {
  // Resources do not say who else is in their VPC.
  broken: {},
  fine: { "HTTP to the tasks": sound({}) },
  unknown: {},
};
