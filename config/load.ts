/** Reads a stack's settings from Pulumi's configuration. */
import { allConfig } from "@pulumi/pulumi/runtime/config";
import { schema } from "./schema";
import { type Settings, toSettings } from "./settings";

/** The namespace of the settings in a stack file: `hopwise:variant`. */
export const namespace = "hopwise";

/**
 * Reads the settings of the stack that is being evaluated.
 *
 * @throws SettingsError with every problem; nothing has been created then
 */
export function loadSettings(): Settings {
  const raw: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(allConfig())) {
    const [space, name = ""] = key.split(":");
    if (space === namespace) raw[name] = /^[{[]/.test(value) ? JSON.parse(value) : value;
  }
  return toSettings(schema.parse(raw));
}
