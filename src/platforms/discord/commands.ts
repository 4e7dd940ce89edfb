import { hash } from "node:crypto";
import { type REST, Routes } from "discord.js";
import type { Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { command, short } from "./limits.ts";

export const ROOT = "edge";
/** Locales that commands are translated to: https://docs.discord.com/developers/reference#locales */
const locales = { de: "de", es: "es-ES", zh: "zh-CN" } as const;
/** A server, and direct messages with the bot. */
const contexts = [0, 1];

const type = { subcommand: 1, string: 3, attachment: 11 } as const;
const kind = { slash: 1, message: 3 } as const;
type Says = (language: Language) => Say;

/** All commands as Discord takes them, with names, descriptions and choices in four languages. */
export function commandsFor(says: Says): object[] {
  const option = (of: string, name: string, more: object) => ({
    ...named(`discord.command.${of}.${name}`, says),
    ...described(`discord.command.${of}.${name}.about`, says),
    ...more,
  });
  const sub = (name: string, options: object[] = []) => ({
    type: type.subcommand,
    ...named(`discord.command.${name}`, says),
    ...described(`discord.command.${name}.about`, says),
    options,
  });
  const choices = (...keys: [key: string, value: string][]) =>
    keys.map(([key, value]) => ({ ...translated("name", key, says, command.choiceCharacters), value }));
  const slash = {
    type: kind.slash,
    name: ROOT,
    ...described("discord.command.about", says),
    contexts,
    integration_types: [0],
    options: [
      sub("plan", [
        option("plan", "fleet", { type: type.string, autocomplete: true }),
        option("plan", "edition", {
          type: type.string,
          choices: choices(["discord.choice.pro", "pro"], ["discord.choice.basic", "basic"]),
        }),
        option("plan", "language", {
          type: type.string,
          choices: (["en", "de", "es", "zh"] as const).map((value) => ({ name: OWN[value], value })),
        }),
        option("plan", "file", { type: type.attachment }),
      ]),
      sub("check", [
        option("check", "file", { type: type.attachment }),
        option("check", "text", { type: type.string }),
      ]),
      sub("list"),
      sub("help"),
    ],
  };
  const onMessage = (key: string) => ({
    type: kind.message,
    ...translated("name", key, says, command.nameCharacters),
    contexts,
    integration_types: [0],
  });
  return [slash, onMessage(FROM_MESSAGE), onMessage(CHECK_MESSAGE)];
}

/** Every language by its own name. */
const OWN: Record<Language, string> = { en: "English", de: "Deutsch", es: "Español", zh: "中文" };
export const FROM_MESSAGE = "discord.command.fromMessage";
export const CHECK_MESSAGE = "discord.command.checkMessage";

/** A name is one lower-case word; the payload of a use always carries the English one. */
const named = (key: string, says: Says) => translated("name", `${key}.name`, says, command.nameCharacters);
const described = (key: string, says: Says) =>
  translated("description", key, says, command.descriptionCharacters);

function translated(field: "name" | "description", key: string, says: Says, most: number): object {
  const words = (language: Language) => short(says(language)(key), most);
  return {
    [field]: words("en"),
    [`${field}_localizations`]: Object.fromEntries(
      Object.entries(locales).map(([language, locale]) => [locale, words(language as Language)]),
    ),
  };
}

/** Names a set of commands: they are registered again when it changes. */
export function fingerprint(commands: readonly object[]): string {
  return hash("sha256", JSON.stringify(commands), "hex").slice(0, 32);
}

/** Replaces the application's commands by these. */
export async function register(
  rest: REST,
  applicationId: string,
  commands: readonly object[],
): Promise<void> {
  await rest.put(Routes.applicationCommands(applicationId), { body: commands });
}
