/** Keys of a service that another of its keys gives an effect; each of `services` has them too. */
import { rollbackOf } from "../../path/deployments";
import type { View } from "../view";
import { type Dependence, on } from "./dependence";

/** True where deployments move requests between two target groups. */
const shifts = (view: View): boolean =>
  view.get("service.deployment.strategy") !== "rolling" ||
  view.get("service.deployment.secondGroup");

/** True where alarms of the service's own end a deployment. */
const rollsBack = (view: View): boolean =>
  rollbackOf({
    strategy: view.get("service.deployment.strategy"),
    rollback: { enabled: view.get("service.deployment.rollback.enabled") },
  }) !== undefined;

/** Outer switches first: a key is reported once. */
export const serviceDependences: readonly Dependence[] = [
  {
    keys: ["service.count"],
    when: (view) => !view.given("service.scaling"),
    why: (view) =>
      `no effect with ${view.at("service.scaling")}, which starts with ${view.at("service.scaling.min")} tasks and then changes the number`,
  },
  {
    keys: ["service.healthCheckPath"],
    when: (view) => !view.given("service.app"),
    why: (view) =>
      `no effect with ${view.at("service.app")}: ${view.at("service.app.healthCheck.path")} is checked instead`,
  },
  {
    keys: ["service.app.secretKeyArns"],
    when: (view) => view.given("service.app.secrets"),
    why: (view) =>
      `no effect without ${view.at("service.app.secrets")}: the key of the stack's own secret is AWS's`,
  },
  {
    keys: ["service.image", "service.port", "grpc.port"],
    when: (view) => view.get("service.app.behindNginx") !== false,
    why: (view) =>
      `no effect without nginx: the load balancer calls ${view.at("service.app.port")} for everything`,
    enable: { set: "service.app.behindNginx", to: "true" },
  },
  {
    keys: ["service.app.protocols", "service.app.keepAliveSeconds"],
    when: (view) => view.get("service.app.behindNginx") === false,
    why: "no effect behind nginx, which speaks HTTP/1.1 to the app",
    enable: { set: "service.app.behindNginx", to: "false" },
  },
  {
    keys: ["bakeMinutes", "testPort", "testCidrs", "hooks"].map(
      (key) => `service.deployment.${key}`,
    ),
    when: (view) => shifts(view),
    why: (view) =>
      `no effect with ${view.at("service.deployment.strategy")} rolling, which moves no requests`,
    enable: { set: "service.deployment.strategy", to: "blue-green" },
  },
  {
    keys: ["service.deployment.canaryPercent"],
    when: (view) => view.get("service.deployment.strategy") === "canary",
    why: (view) => `no effect without ${view.at("service.deployment.strategy")} canary`,
    enable: { set: "service.deployment.strategy", to: "canary" },
  },
  {
    keys: ["service.deployment.stepPercent"],
    when: (view) => view.get("service.deployment.strategy") === "linear",
    why: (view) => `no effect without ${view.at("service.deployment.strategy")} linear`,
    enable: { set: "service.deployment.strategy", to: "linear" },
  },
  {
    keys: ["service.deployment.stepMinutes"],
    when: (view) => ["linear", "canary"].includes(view.get("service.deployment.strategy")),
    why: (view) =>
      `no effect without ${view.at("service.deployment.strategy")} linear or canary, which have steps`,
    enable: { set: "service.deployment.strategy", to: "canary" },
  },
  {
    keys: ["service.deployment.rollback"],
    when: (view) => rollsBack(view),
    why: (view) => `no effect while ${view.at("service.deployment.rollback.enabled")} is not true`,
    enable: on("service.deployment.rollback.enabled"),
  },
  {
    keys: ["service.exec"],
    when: (view) => view.get("service.exec.enabled"),
    why: (view) => `no effect while ${view.at("service.exec.enabled")} is false`,
    enable: on("service.exec.enabled"),
  },
];
