import { plus, sound, type Case, unknown } from "../caseParts";
import { resource } from "../program";

export const cases: Case = {
  broken: {
    "33 characters": [sound({ tasks: { name: "a".repeat(33) } }), "tasks", /33 characters/],
    "25 characters, and 8 of Pulumi's": [
      plus(
        sound({}),
        resource("aws:lb/loadBalancer:LoadBalancer", "b".repeat(25), {
          accessLogs: { enabled: true, bucket: "logs" },
        }),
      ),
      "b".repeat(25),
      /33 characters/,
    ],
  },
  fine: {
    "32 characters": sound({ alb: { name: "a".repeat(32) } }),
    "24 characters, and 8 of Pulumi's": plus(
      sound({}),
      resource("aws:lb/loadBalancer:LoadBalancer", "b".repeat(24), {
        accessLogs: { enabled: true, bucket: "logs" },
      }),
    ),
    "a prefix": plus(
      sound({}),
      resource("aws:lb/loadBalancer:LoadBalancer", "c".repeat(40), {
        namePrefix: "web",
        accessLogs: { enabled: true, bucket: "logs" },
      }),
    ),
  },
  unknown: { "the name": sound({ tasks: { name: unknown } }) },
};
