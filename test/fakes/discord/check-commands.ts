import {
  Locale,
  ApplicationCommandOptionType as O,
  ApplicationCommandType as T,
} from "discord-api-types/v10";
import type { Loose } from "./components.ts";
import { Form } from "./errors.ts";

type Path = (string | number)[];

// https://docs.discord.com/developers/interactions/application-commands
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const locales = new Set<string>(Object.values(Locale));
const limits = { options: 25, choices: 25, description: 100, choice: 100, characters: 8_000 };
const caps: Record<number, number> = { [T.ChatInput]: 100, [T.User]: 15, [T.Message]: 15 };
const choosing: unknown[] = [O.String, O.Integer, O.Number];

const list = (value: unknown): Loose[] => (Array.isArray(value) ? value : []);
const words = (value: unknown) => Object.entries((value ?? {}) as Record<string, unknown>);

/** Refuses commands that Discord would refuse, all of them together. */
export function checkCommands(commands: Loose[], { single = false } = {}) {
  const form = new Form();
  const seen = new Set<string>();
  const counts: Record<number, number> = {};
  for (const [index, command] of commands.entries()) {
    const at: Path = single ? [] : [index];
    const type = command.type ?? T.ChatInput;
    counts[type] = (counts[type] ?? 0) + 1;
    const key = `${type} ${command.name}`;
    if (seen.has(key))
      form.add(
        [...at, "name"],
        "APPLICATION_COMMANDS_DUPLICATE_NAME",
        "Application command names must be unique",
      );
    seen.add(key);
    if (type === T.ChatInput) {
      chat(form, command, at);
      continue;
    }
    form.length([...at, "name"], command.name, 1, 32);
    if (command.description)
      form.add(
        [...at, "description"],
        "APPLICATION_COMMAND_INVALID_DESCRIPTION",
        "Context menu commands cannot have description",
      );
    localised(form, command.name_localizations, [...at, "name_localizations"], (value, path) =>
      form.length(path, value, 1, 32),
    );
  }
  for (const [type, count] of Object.entries(counts))
    if (count > (caps[Number(type)] ?? 1))
      form.add([], "BASE_TYPE_MAX_LENGTH", `Must be ${caps[Number(type)]} or fewer in length.`);
  form.settle();
}

function chat(form: Form, command: Loose, at: Path) {
  named(form, command, at);
  optionList(form, command.options, at, 0);
  const size = characters(command);
  if (size > limits.characters)
    form.add(at, "APPLICATION_COMMAND_TOO_LARGE", `Command exceeds maximum size (${limits.characters})`);
}

function named(form: Form, holder: Loose, at: Path) {
  name(form, holder.name, [...at, "name"]);
  form.length([...at, "description"], holder.description, 1, limits.description);
  localised(form, holder.name_localizations, [...at, "name_localizations"], (value, path) =>
    name(form, value, path),
  );
  localised(form, holder.description_localizations, [...at, "description_localizations"], (value, path) =>
    form.length(path, value, 1, limits.description),
  );
}

function name(form: Form, value: unknown, at: Path) {
  form.length(at, value, 1, 32);
  if (typeof value !== "string" || (NAME.test(value) && value === value.toLowerCase())) return;
  form.add(at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
}

function localised(form: Form, value: unknown, at: Path, check: (value: unknown, path: Path) => void) {
  for (const [locale, text] of words(value)) {
    if (!locales.has(locale))
      form.add(
        [...at, locale],
        "DICT_TYPE_KEY_CHOICES",
        `Value must be one of (${[...locales].join(", ")}).`,
      );
    else if (text !== null) check(text, [...at, locale]);
  }
}

function optionList(form: Form, value: unknown, at: Path, depth: number) {
  const all = list(value);
  form.count([...at, "options"], all, 0, limits.options);
  const seen = new Set<unknown>();
  let optional = false;
  for (const [index, option] of all.entries()) {
    const here = [...at, "options", index];
    named(form, option, here);
    if (seen.has(option.name))
      form.add(
        [...here, "name"],
        "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
        "Option name already exists in these options",
      );
    seen.add(option.name);
    if (option.type === O.SubcommandGroup || option.type === O.Subcommand) {
      if (depth > 1 || (depth === 1 && option.type === O.SubcommandGroup))
        form.add(
          [...here, "type"],
          "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
          "Sub-commands cannot be nested this deep",
        );
      optionList(form, option.options, here, depth + 1);
      continue;
    }
    if (!Number.isInteger(option.type) || Number(option.type) < 1 || Number(option.type) > 11)
      form.add(
        [...here, "type"],
        "BASE_TYPE_CHOICES",
        "Value must be one of (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).",
      );
    if (option.required && optional)
      form.add(
        here,
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        "Required options must be placed before non-required options",
      );
    optional ||= !option.required;
    choices(form, option, here);
  }
  const subs = all.filter(({ type }) => type === O.Subcommand || type === O.SubcommandGroup).length;
  if (subs && subs !== all.length)
    form.add(
      [...at, "options"],
      "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
      "Sub-commands and other options are mutually exclusive",
    );
}

function choices(form: Form, option: Loose, at: Path) {
  const all = list(option.choices);
  if (!all.length) return;
  if (!choosing.includes(option.type))
    form.add(
      [...at, "choices"],
      "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID",
      "This option type cannot have choices",
    );
  if (option.autocomplete)
    form.add(
      at,
      "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
      "Autocomplete and choices are mutually exclusive",
    );
  checkChoices(form, all, [...at, "choices"], option.type === O.String);
}

/** Choices of an option or of an autocomplete answer: 25 at most, names and values of 100. */
export function checkChoices(form: Form, all: Loose[], at: Path, text: boolean) {
  form.count(at, all, 0, limits.choices);
  for (const [index, choice] of all.entries()) {
    const here = [...at, index];
    form.length([...here, "name"], choice.name, 1, limits.choice);
    localised(form, choice.name_localizations, [...here, "name_localizations"], (value, path) =>
      form.length(path, value, 1, limits.choice),
    );
    if (text) form.length([...here, "value"], choice.value, 1, limits.choice);
    else if (typeof choice.value !== "number")
      form.add([...here, "value"], "NUMBER_TYPE_COERCE", "Value is not a number.");
  }
}

/** Size as Discord counts it: names, descriptions and values, each in its longest language. */
export function characters(holder: Loose): number {
  const longest = (key: string) => {
    const texts = [holder[key], ...words(holder[`${key}_localizations`]).map(([, text]) => text)];
    return Math.max(0, ...texts.map((text) => (typeof text === "string" ? text.length : 0)));
  };
  const value = typeof holder.value === "string" ? holder.value.length : 0;
  const inner = [...list(holder.options), ...list(holder.choices)];
  return (
    longest("name") + longest("description") + value + inner.reduce((sum, one) => sum + characters(one), 0)
  );
}
