/** Keeps a program's secrets out of texts that quote its values. */

/** AWS's own names, which a program may call secret, and which say nothing. */
const region = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * True for a secret that no text holds by chance: others (`us`, `5432`, `production`) are words and
 * numbers of ours as well.
 */
function isTelling(secret: string): boolean {
  if (secret.length < 6 || /^\d+$/.test(secret) || region.test(secret)) return false;
  return /[^A-Za-z]|[a-z][A-Z]/.test(secret) || secret.length >= 16;
}

/** Where a value is in a text by itself: in quotes, or as a password or parameter in a URL. */
const places = (secret: string): RegExp => {
  const plain = secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<=['"\`:=])${plain}(?=['"\`@&])`, "g");
};

/**
 * The text without the secrets in it.
 *
 * @param here the secrets that may be in this text. Of others only those are hidden that no text holds
 *   by chance. @default all of them
 */
export function withoutSecretsIn(
  text: string,
  secrets: ReadonlySet<string>,
  here: ReadonlySet<string> = secrets,
): string {
  if (text === "" || secrets.size === 0) return text;
  if ((isTelling(text) ? secrets : here).has(text)) return "[secret]";
  // The longest first, since one may be part of another.
  const longestFirst = [...secrets].filter((s) => s !== "").sort((a, b) => b.length - a.length);
  return longestFirst.reduce(
    (shown, secret) =>
      shown.includes(secret)
        ? isTelling(secret)
          ? shown.replaceAll(secret, "[secret]")
          : here.has(secret)
            ? shown.replace(places(secret), "[secret]")
            : shown
        : shown,
    text,
  );
}
