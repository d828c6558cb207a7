import { sound, type Case } from "../caseParts";

import { change, h1 } from "../../path/specs";

export const cases: Case = {
  // Resources do not say who else is in their VPC.
  broken: {},
  fine: { "HTTP to the tasks": sound({}) },
  unknown: {},
  planned: {
    "HTTP to the tasks of a shared VPC": [change(h1, { sharedVpc: true }), /origin\.protocol/],
  },
};
