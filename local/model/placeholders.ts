/** Texts in the place of values that only their owner knows: nothing is refused for what they say. */
import { hex } from "./ids";
import { isBag } from "./props";
import { type Props, UNKNOWN } from "./types";

const form = /placeholder-for-a-secret-[0-9a-f]{6}/;

/**
 * A text for the encrypted value of a setting. Two settings have two texts, since their values are
 * hardly ever the same.
 *
 * @param key of the setting
 */
export const placeholderFor = (key: string): string => `placeholder-for-a-secret-${hex(key, 6)}`;

/** True for a text that stands for a value that is not known. */
export const isPlaceholder = (text: string): boolean => text.startsWith("placeholder-for-");

/** The same value with {@link UNKNOWN} for every text that is made of a placeholder. */
function withoutPlaceholders(value: unknown): unknown {
  if (typeof value === "string") return form.test(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(withoutPlaceholders);
  if (!isBag(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutPlaceholders(inner)]),
  );
}

/** Properties as far as they can be judged. */
export const judgeable = (props: Props): Props => withoutPlaceholders(props) as Props;
