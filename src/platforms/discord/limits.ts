import { PermanentError } from "#model/platform.ts";

// Every number stands with its unit; pages are those of https://docs.discord.com/developers/. Lengths are in UTF-16
// units, which never count less than Discord does.

/** A message: resources/message#create-message, components/reference. */
export const message = {
  contentCharacters: 2_000,
  /** Over all Text Displays of a message; discord-api-docs#8562. */
  cardCharacters: 4_000,
  /** Components of a card, nested ones included. */
  cardComponents: 40,
  rows: 5,
  buttonsPerRow: 5,
  options: 25,
  /** Files of a message; documented for clients only. */
  files: 10,
  fileBytes: 10 * 1024 * 1024, // reference#uploading-files
  requestBytes: 25 * 1024 * 1024, // reference#uploading-files
  nonceCharacters: 25,
} as const;

/** Texts of components: components/reference. */
export const component = {
  customIdCharacters: 100,
  buttonCharacters: 80,
  optionCharacters: 100,
  placeholderCharacters: 150,
} as const;

/** A form: components/reference#label, interactions/receiving-and-responding#modal. */
export const modal = {
  titleCharacters: 45,
  fields: 5,
  labelCharacters: 45,
  descriptionCharacters: 100,
  textCharacters: 4_000,
  placeholderCharacters: 100,
  fileUploads: 10,
} as const;

/** Commands: interactions/application-commands. */
export const command = {
  nameCharacters: 32,
  descriptionCharacters: 100,
  choices: 25,
  choiceCharacters: 100,
  /** Names, descriptions and values together, the longest translation counted. */
  allCharacters: 8_000,
} as const;

/** Times in ms. */
export const times = {
  /** An interaction is dropped after 3 s: interactions/receiving-and-responding. We answer before, whatever happens. */
  ackMs: 2_200,
  /** A typing sign lasts 10 s: resources/channel#trigger-typing-indicator. */
  typingMs: 8_000,
  /** Edits of one message; more is counted against the channel. */
  statusMs: 1_000,
  /** A nonce is kept "a few minutes": resources/message#create-message. After this we look before we repeat. */
  nonceMs: 60_000,
} as const;

/** A thread: resources/channel#start-thread-from-message; minutes without a message until it is archived. */
export const thread = { nameCharacters: 100, archiveMinutes: 10_080 } as const;

/** What a person may bring along; our own caps, far above any manifest. */
export const brought = { files: 10, fileBytes: 1_000_000 } as const;

export type Upload = { name: string; data: Uint8Array; contentType: string };
/** A component as it lies in a request. */
export type Component = { type: number; [field: string]: unknown };
/** One message as Discord takes it. */
export type Payload = {
  body: {
    content?: string;
    components?: Component[];
    flags: number;
    allowed_mentions: { parse: [] };
    attachments?: { id: number; filename: string; description?: string }[];
  };
  files: Upload[];
};

/** Types of components: components/reference#component-types. */
export const types = {
  row: 1,
  button: 2,
  select: 3,
  textInput: 4,
  textDisplay: 10,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
} as const;

/** Flags of messages: resources/message#message-object-message-flags. */
export const flags = { suppressEmbeds: 1 << 2, ephemeral: 1 << 6, card: 1 << 15 } as const;

/** Every component of a tree, parents first. */
export function* walk(components: readonly Component[]): Generator<Component> {
  for (const one of components) {
    yield one;
    const inside = [...list(one.components), ...list([one.component, one.accessory])];
    yield* walk(inside);
  }
}

const list = (value: unknown): Component[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : [];
const lengthOf = (value: unknown): number => (typeof value === "string" ? value.length : 0);

/** Characters of all Text Displays. */
export function shownCharacters(components: readonly Component[]): number {
  let sum = 0;
  for (const one of walk(components)) if (one.type === types.textDisplay) sum += lengthOf(one.content);
  return sum;
}

/** What Discord would refuse about a message; nothing when it fits. */
export function problemsOf({ body, files }: Payload): string[] {
  const { content = "", components = [] } = body;
  const isCard = (body.flags & flags.card) !== 0;
  const all = [...walk(components)];
  const ids = all.map((one) => one.custom_id).filter((id) => id !== undefined);
  const bytes = files.map(({ data }) => data.length);
  const checks: [what: string, is: number, most: number][] = [
    ["content", content.length, isCard ? 0 : message.contentCharacters],
    ["text of a card", shownCharacters(components), message.cardCharacters],
    ["components", all.length, message.cardComponents],
    ["rows", isCard ? 0 : components.length, message.rows],
    ["files", files.length, message.files],
    ["bytes of a file", Math.max(0, ...bytes), message.fileBytes],
    ["bytes of all files", bytes.reduce((sum, one) => sum + one, 0), message.requestBytes],
    ["custom ids used twice", ids.length - new Set(ids).size, 0],
    ...all.flatMap(checksOf),
  ];
  const isEmpty = content.trim() === "" && components.length === 0 && files.length === 0;
  const wrong = checks
    .filter(([, is, most]) => is > most)
    .map(([what, is, most]) => `${what}: ${is} of ${most}`);
  return isEmpty ? ["nothing in it", ...wrong] : wrong;
}

function checksOf(one: Component): [string, number, number][] {
  const id: [string, number, number] = ["custom id", lengthOf(one.custom_id), component.customIdCharacters];
  if (one.type === types.row)
    return [["buttons of a row", list(one.components).length, message.buttonsPerRow]];
  if (one.type === types.button) return [id, ["button", lengthOf(one.label), component.buttonCharacters]];
  if (one.type !== types.select) return [id];
  const options = list(one.options);
  return [
    id,
    ["options", options.length, message.options],
    ["placeholder", lengthOf(one.placeholder), component.placeholderCharacters],
    ...options.flatMap((option): [string, number, number][] => [
      ["option", lengthOf(option.label), component.optionCharacters],
      ["value of an option", lengthOf(option.value), component.optionCharacters],
    ]),
  ];
}

/** The same payload, or a PermanentError that names what is too large: nothing Discord would refuse leaves us. */
export function fitting(payload: Payload): Payload {
  const problems = problemsOf(payload);
  if (problems.length === 0) return payload;
  throw new PermanentError(`discord: a message does not fit (${problems.join("; ")})`, {
    reason: "too-large",
  });
}

/** A text short enough for where nothing can be continued: a button, a title. Whole characters, with an ellipsis. */
export function short(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= most) return line;
  const kept = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(line)];
  let cut = "";
  for (const { segment } of kept) {
    if (cut.length + segment.length > most - 1) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}
