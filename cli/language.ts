/** The language in which the commands speak of findings. */

export const languages = ["en", "ja"] as const;
export type Language = (typeof languages)[number];

/** `--lang`, which {@link setLanguage} passes on, wins over the locale of the environment. */
const variable = "HOPWISE_LANG";

/** The language that the environment asks for; English for any other. */
export function languageOf(env: NodeJS.ProcessEnv = process.env): Language {
  const { [variable]: own, LC_ALL, LC_MESSAGES, LANG } = env;
  const asked = [own, LC_ALL, LC_MESSAGES, LANG].find((value) => value) ?? "";
  return (
    languages.find((language) => new RegExp(`^${language}\\b|^${language}_`).test(asked)) ?? "en"
  );
}

/** Chooses the language of this process, whatever its locale is. */
export function setLanguage(language: Language): void {
  process.env[variable] = language;
}
