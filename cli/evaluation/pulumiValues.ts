/** Values as Pulumi's CLI writes them: JSON, with marks for what is more than that. */
import { isBag } from "../../topology/props";
import { UNKNOWN, UNKNOWN_TEXT } from "../../topology/resource";

/** Key of a mark: `Signature` of Pulumi's `sdk/go/common/resource/sig`. */
const signature = "4dabf18193072939515e22adb298388d";
const marks = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  reference: "5cf8f73096256a8f31e491e813e4eb8e",
};

/** Shorter texts are found in too many others. */
const leastSecret = 8;

/** Reads the values of one file. */
export class PulumiValues {
  /** True where the file does not show a secret. */
  hidden = false;
  private readonly secretTexts = new Set<string>();
  /** Texts within secrets: an engine that marks a whole list does not say which of them it is. */
  private readonly besideSecrets = new Set<string>();
  private readonly plainTexts = new Set<string>();

  /**
   * A value without what the provider filled in (`__defaults` names it). Secrets that the file does
   * not show, and what a preview does not know, are {@link UNKNOWN}.
   */
  read(value: unknown): unknown {
    return this.plain(value, this.plainTexts);
  }

  /** The secrets that the file shows, and texts that are in nothing but secrets. */
  get secrets(): ReadonlySet<string> {
    const others = [...this.besideSecrets].filter(
      (text) => text.length >= leastSecret && !this.plainTexts.has(text),
    );
    return new Set([...this.secretTexts, ...others]);
  }

  private plain(value: unknown, texts: Set<string>): unknown {
    if (Array.isArray(value)) return value.map((inner) => this.plain(inner, texts));
    if (value === UNKNOWN_TEXT) return UNKNOWN;
    if (value === "[secret]") return this.hide();
    if (typeof value === "string") texts.add(value);
    if (!isBag(value)) return value;
    const { [signature]: mark, __defaults: filled, ...own } = value;
    switch (mark) {
      case marks.secret: {
        if (typeof own.plaintext !== "string") return this.hide();
        const shown: unknown = JSON.parse(own.plaintext);
        const alone = typeof shown === "string" && shown !== "";
        return this.plain(shown, alone ? this.secretTexts : this.besideSecrets);
      }
      case marks.output:
        return "value" in own ? this.plain(own.value, texts) : UNKNOWN;
      case marks.reference:
        return this.plain(own.id, texts);
    }
    const named = Array.isArray(filled) ? filled : [];
    return Object.fromEntries(
      Object.entries(own)
        .filter(([key, inner]) => !named.includes(key) && !key.startsWith("__") && inner !== null)
        .map(([key, inner]) => [key, this.plain(inner, texts)]),
    );
  }

  private hide(): typeof UNKNOWN {
    this.hidden = true;
    return UNKNOWN;
  }
}
