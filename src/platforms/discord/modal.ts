import { placeholderNames } from "#model/brief.ts";
import type { Form, FormField, Say } from "#model/platform.ts";
import { encode } from "./controls.ts";
import { bare } from "./escape.ts";
import { type Component, component, message, modal, short, types } from "./limits.ts";

/** A form as Discord opens one. */
export type Modal = { title: string; custom_id: string; components: Component[] };

/** Ids of fields that are no answers. */
export const FILE = "file";
export const TEXT = "text";

const perPage = { first: modal.fields - 1, next: modal.fields }; // the first page has room for a file
const answerCharacters = 1_000; // the longest answer of a brief holds 500
const STYLE = { short: 1, paragraph: 2 } as const;
/** Answers people write more than a few words to. */
const long: readonly string[] = ["scenario", "challenge", "notes"];

/** Answers a page asks for, and how many would come after it; `shown` are those of the pages before. */
export function pageOf({ fields }: Form, shown: readonly string[]): { fields: FormField[]; left: number } {
  const open = fields.filter(({ name }) => !shown.includes(name));
  const size = shown.length === 0 ? perPage.first : perPage.next;
  return { fields: open.slice(0, size), left: Math.max(0, open.length - size) };
}

/** Names as one letter each, so that a button remembers what was shown. */
export function packNames(names: readonly string[]): string {
  const known: readonly string[] = placeholderNames;
  return names.map((name) => LETTERS[known.indexOf(name)] ?? "").join("");
}

/** Reads what `packNames` wrote. */
export function unpackNames(packed = ""): string[] {
  return [...packed].flatMap((letter) => placeholderNames[LETTERS.indexOf(letter)] ?? []);
}

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** One page of the brief as a form, prefilled with what is known. */
export function formModal(form: Form, options: { shown: readonly string[]; id: string; say: Say }): Modal {
  const { shown, id, say } = options;
  const { fields } = pageOf(form, shown);
  const file = shown.length === 0 ? [fileField(say, { types: BRIEFS })] : [];
  return {
    title: short(form.title, modal.titleCharacters),
    custom_id: id,
    components: [...fields.map(fieldOf), ...file],
  };
}

const BRIEFS = [".yaml", ".yml", ".json", ".csv"];

/** One large field to write in. */
export function textModal(options: {
  id: string;
  title: string;
  label: string;
  hint?: string;
  value?: string;
}): Modal {
  const { id, title, label: words, hint, value } = options;
  const input = {
    type: types.textInput,
    custom_id: TEXT,
    style: STYLE.paragraph,
    required: true,
    max_length: modal.textCharacters,
    ...(value && { value: value.slice(0, modal.textCharacters) }),
    ...(hint && { placeholder: short(hint, modal.placeholderCharacters) }),
  };
  return {
    title: short(title, modal.titleCharacters),
    custom_id: id,
    components: [label(words, undefined, input)],
  };
}

/** YAML to check, pasted or as files. */
export function checkModal({ id, say }: { id: string; say: Say }): Modal {
  const input = {
    type: types.textInput,
    custom_id: TEXT,
    style: STYLE.paragraph,
    required: false,
    max_length: modal.textCharacters,
  };
  return {
    title: short(say("discord.check.title"), modal.titleCharacters),
    custom_id: id,
    components: [
      label(say("discord.check.paste"), undefined, input),
      fileField(say, { types: [".yaml", ".yml", ".json"], words: say("discord.check.files") }),
    ],
  };
}

function fileField(
  say: Say,
  { types: extensions, words }: { types: readonly string[]; words?: string },
): Component {
  const upload = {
    type: types.fileUpload,
    custom_id: FILE,
    min_values: 0,
    max_values: words ? modal.fileUploads : 1,
    required: false,
    file_types: extensions,
  };
  return label(words ?? say("discord.form.file"), words ? undefined : say("discord.form.fileWhy"), upload);
}

function fieldOf({ name, label: words, why, kind, options, value, otherwise }: FormField): Component {
  const described = short(bare(why), modal.descriptionCharacters);
  if (kind === "choice" && options.length > 0 && options.length <= message.options) {
    const menu = {
      type: types.select,
      custom_id: name,
      required: false,
      min_values: 0,
      max_values: 1,
      ...(otherwise && { placeholder: short(otherwise, component.placeholderCharacters) }),
      options: options.map((option) => ({
        label: short(option.label, component.optionCharacters) || option.value,
        value: option.value,
        ...(option.value === value && { default: true }),
      })),
    };
    return label(words, described, menu);
  }
  const proposed = otherwise ?? options.map((option) => option.label).join(" · ");
  const input = {
    type: types.textInput,
    custom_id: name,
    style: long.includes(name) ? STYLE.paragraph : STYLE.short,
    required: false,
    max_length: answerCharacters,
    ...(value && { value: value.slice(0, answerCharacters) }),
    ...(proposed && { placeholder: short(proposed, modal.placeholderCharacters) }),
  };
  return label(words, described, input);
}

function label(words: string, description: string | undefined, inside: Component): Component {
  return {
    type: types.label,
    label: short(bare(words), modal.labelCharacters),
    ...(description && { description }),
    component: inside,
  };
}

/** A form's id: what it is, what was shown before, and to which conversation it belongs. */
export function formId(
  action: string,
  options: { shown?: readonly string[]; conversation?: string } = {},
): string {
  const { shown = [], conversation } = options;
  return encode({ action, value: packNames(shown), ...(conversation && { conversation }) })!;
}
