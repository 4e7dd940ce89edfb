import type { Limits } from "#model/block.ts";

/**
 * What Slack takes, each with its unit and where it was read; "measured" means on live Slack, by the project named.
 * Lengths are in UTF-16 units, which are never fewer than Slack's characters.
 */
export const slackLimits = {
  blocksPerMessage: 50, // docs.slack.dev/reference/block-kit/blocks
  blocksPerView: 100, // docs.slack.dev/surfaces/modals
  messageCharacters: 13_400, // all text of all blocks, and what each of them weighs; measured 13,422: slackapi/bolt-js#2509
  blockWeight: 125, // characters that a block counts for besides its text: measured, as above
  elementWeight: 25, // one piece of rich text: slackapi/bolt-js#2867 was refused at 11,341; how much is our guess
  markdownCharacters: 12_000, // one markdown block, one markdown_text: docs, markdown block and chat.postMessage
  expandedBlocks: 50, // headings, lists and paragraphs of markdown count once more: measured, archestra-ai/archestra#4980
  textCharacters: 4_000, // `text` above is refused by chat.update: docs.slack.dev/reference/methods/chat.update
  sectionCharacters: 3_000, // docs, section block; also taken for alerts, whose page names none
  sectionFields: 10, // docs, section block
  fieldCharacters: 2_000, // docs, section block
  headerCharacters: 150, // docs, header block
  contextElements: 10, // docs, context block
  contextCharacters: 2_000, // one element; Slack's page names none, the one of text objects says 3,000
  actionsElements: 25, // docs, actions block
  contextActionsElements: 5, // docs, context actions block
  containerBlocks: 10, // docs, container block
  titleCharacters: 150, // a container's: docs, container block
  buttonCharacters: 75, // docs, button element
  buttonValueCharacters: 2_000, // docs, button element
  urlCharacters: 3_000, // docs, button element
  options: 100, // docs, static select
  optionCharacters: 75, // docs, option object
  optionValueCharacters: 75, // docs say 150, Slack's own types 75
  placeholderCharacters: 150, // docs, placeholder of inputs and selects
  idCharacters: 255, // block_id, action_id, callback_id: docs, Block Kit
  tableRows: 100, // docs, table block
  tableColumns: 20, // docs, table block
  tableCharacters: 10_000, // all cells together: docs, table block
  tables: 1, // a message: measured, vercel/chat#194
  metadataBytes: 1_000, // refused from about 4,000: measured, seratch/ChatGPT-in-Slack#17
  viewTitleCharacters: 24, // title, submit, close: docs, views
  viewMetadataCharacters: 3_000, // private_metadata: docs, views
  viewBytes: 250_000, // docs.slack.dev/reference/methods/views.open
  inputCharacters: 3_000, // docs, plain text input
  labelCharacters: 2_000, // label and hint of an input: docs, input block
  confirmCharacters: 300, // docs, confirmation dialog
  confirmTitleCharacters: 100, // docs, confirmation dialog
  confirmButtonCharacters: 30, // docs, confirmation dialog
  promptCount: 4, // docs, assistant.threads.setSuggestedPrompts
  sessionTitleCharacters: 200, // docs, agents.sessions.setStatus
  streamBytes: 9_000, // one streamed message; measured 10,600: CopilotKit#6063, openclaw#143882
  streamMs: 240_000, // ends after about 300,000 by itself: measured, node-slack-sdk#2702
  taskCharacters: 256, // title, details and output of a row: docs, chat.appendStream
  snippetBytes: 1_000_000, // docs.slack.dev/reference/methods/files.getUploadURLExternal
  fileBytes: 1_000_000_000, // docs.slack.dev, working with files
  commentCharacters: 4_000, // initial_comment is the text of a message
  appNameCharacters: 35, // docs.slack.dev/reference/app-manifest, as all of the manifest
  appDescriptionCharacters: 140,
  agentDescriptionCharacters: 300,
  usageHintCharacters: 1_000,
} as const;

/** What `split` leaves room for: entities that escaping adds, titles, and what a message is drawn with. */
export const blockLimits: Limits = {
  blockText: 8_000,
  messageText: 9_000,
  blocksPerMessage: 24,
  tableRows: slackLimits.tableRows - 1, // the columns are a row too
  tableColumns: slackLimits.tableColumns,
  tableCharacters: 8_500,
  options: slackLimits.options,
  buttons: slackLimits.actionsElements,
  files: true,
  fileBytes: slackLimits.fileBytes,
  filesAlone: true,
  tables: slackLimits.tables,
  codeText: 1_200, // longer files are snippets: coloured, foldable, to be downloaded
};

/** Slack's JSON, walked by its own names. */
export type Json = { readonly [key: string]: unknown };

type Note = (at: string, what: string) => void;
type Rule = (value: Json, at: string, note: Note) => void;

/** The line below the head of a table in Markdown. */
const DRAWN_TABLE = /^ {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$/m;
/** What a container takes: docs, container block. */
const inContainers = "actions context divider header image input rich_text section table video".split(" ");

/** What Slack would refuse in a message's blocks and text; empty where all is well. */
export function problemsOfMessage({
  blocks = [],
  text,
  markdown_text,
  metadata,
}: {
  blocks?: readonly unknown[];
  text?: string;
  markdown_text?: string;
  metadata?: unknown;
}): string[] {
  return collect((note) => {
    tooMany(blocks, slackLimits.blocksPerMessage, "blocks", note);
    walk(blocks as Json[], "blocks", note);
    const all = blocks as Json[];
    const weight = all.reduce((sum, block) => sum + weightOf(block), 0);
    if (weight > slackLimits.messageCharacters) note("blocks", `weigh ${weight} characters`);
    const expanded = all.reduce((sum, block) => sum + expandedOf(block), 0);
    if (expanded > slackLimits.expandedBlocks) note("blocks", `${expanded} blocks once Markdown is drawn`);
    const tables = all.filter(
      ({ type, text }) => type === "table" || (type === "markdown" && DRAWN_TABLE.test(String(text))),
    ).length;
    if (tables > slackLimits.tables) note("blocks", `${tables} tables`);
    tooLong(text, slackLimits.textCharacters, "text", note);
    tooLong(markdown_text, slackLimits.markdownCharacters, "markdown_text", note);
    if (metadata !== undefined && bytesOf(metadata) > slackLimits.metadataBytes)
      note("metadata", `${bytesOf(metadata)} bytes`);
    if (all.some(({ type }) => type === "input")) note("blocks", "an input stands in views alone");
    uniqueIds(all, note);
  });
}

/** What Slack would refuse in a modal or a home tab. */
export function problemsOfView(view: Json): string[] {
  return collect((note) => {
    const blocks = (view.blocks ?? []) as Json[];
    tooMany(blocks, slackLimits.blocksPerView, "blocks", note);
    walk(blocks, "blocks", note);
    for (const name of ["title", "submit", "close"])
      tooLong(textOf(view[name]), slackLimits.viewTitleCharacters, name, note);
    tooLong(view.private_metadata, slackLimits.viewMetadataCharacters, "private_metadata", note);
    tooLong(view.callback_id, slackLimits.idCharacters, "callback_id", note);
    if (bytesOf(view) > slackLimits.viewBytes) note("view", `${bytesOf(view)} bytes`);
    uniqueIds(blocks, note);
  });
}

function collect(look: (note: Note) => void): string[] {
  const problems: string[] = [];
  look((at, what) => problems.push(`${at}: ${what}`));
  return problems;
}

const textOf = (value: unknown): unknown => (value as Json | undefined)?.text;
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

function tooLong(value: unknown, most: number, at: string, note: Note): void {
  if (typeof value === "string" && value.length > most)
    note(at, `${value.length} characters, ${most} at most`);
}

function tooShort(value: unknown, at: string, note: Note): void {
  if (typeof value !== "string" || value === "") note(at, "is empty");
}

function tooMany(list: unknown, most: number, at: string, note: Note): void {
  const { length } = (list ?? []) as unknown[];
  if (length > most) note(at, `${length} items, ${most} at most`);
}

function uniqueIds(blocks: readonly Json[], note: Note): void {
  const ids = blocks.flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id]));
  if (new Set(ids).size < ids.length) note("blocks", "two with the same block_id");
}

function walk(blocks: readonly Json[], at: string, note: Note): void {
  for (const [index, block] of blocks.entries()) {
    const here = `${at}/${index}`;
    tooLong(block.block_id, slackLimits.idCharacters, `${here}/block_id`, note);
    const rule = rules[String(block.type)];
    if (rule) rule(block, here, note);
    else note(here, `unknown type ${String(block.type)}`);
  }
}

function text(value: unknown, most: number, at: string, note: Note): void {
  if (value === undefined) return;
  tooLong(textOf(value), most, at, note);
  tooShort(textOf(value), at, note);
}

const options: Rule = (select, at, note) => {
  const list = (select.options ?? []) as Json[];
  tooMany(list, slackLimits.options, `${at}/options`, note);
  if (list.length === 0) note(`${at}/options`, "is empty");
  for (const [index, option] of list.entries()) {
    text(option.text, slackLimits.optionCharacters, `${at}/options/${index}/text`, note);
    tooLong(option.value, slackLimits.optionValueCharacters, `${at}/options/${index}/value`, note);
    tooShort(option.value, `${at}/options/${index}/value`, note);
  }
  const values = list.map(({ value }) => value);
  if (new Set(values).size < list.length) note(`${at}/options`, "two with the same value");
  const first = select.initial_option as Json | undefined;
  if (first && !values.includes(first.value)) note(`${at}/initial_option`, "is none of the options");
};

const confirmation: Rule = (one, at, note) => {
  text(one.title, slackLimits.confirmTitleCharacters, `${at}/title`, note);
  text(one.text, slackLimits.confirmCharacters, `${at}/text`, note);
  for (const side of ["confirm", "deny"])
    text(one[side], slackLimits.confirmButtonCharacters, `${at}/${side}`, note);
};

const element: Rule = (one, at, note) => {
  tooLong(one.action_id, slackLimits.idCharacters, `${at}/action_id`, note);
  text(one.placeholder, slackLimits.placeholderCharacters, `${at}/placeholder`, note);
  switch (one.type) {
    case "button":
      text(one.text, slackLimits.buttonCharacters, `${at}/text`, note);
      tooLong(one.value, slackLimits.buttonValueCharacters, `${at}/value`, note);
      tooLong(one.url, slackLimits.urlCharacters, `${at}/url`, note);
      if (one.confirm) confirmation(one.confirm as Json, `${at}/confirm`, note);
      return;
    case "static_select":
      return options(one, at, note);
    case "plain_text_input":
      tooLong(one.initial_value, slackLimits.inputCharacters, `${at}/initial_value`, note);
      return;
    case "feedback_buttons":
      for (const side of ["positive_button", "negative_button"]) {
        const { text: words, value } = one[side] as Json;
        text(words, slackLimits.buttonCharacters, `${at}/${side}`, note);
        tooLong(value, slackLimits.buttonValueCharacters, `${at}/${side}/value`, note);
        tooShort(value, `${at}/${side}/value`, note);
      }
      return;
    default:
      note(at, `unknown type ${String(one.type)}`);
  }
};

const elements =
  (most: number): Rule =>
  (block, at, note) => {
    const list = (block.elements ?? []) as Json[];
    tooMany(list, most, `${at}/elements`, note);
    if (list.length === 0) note(`${at}/elements`, "is empty");
    for (const [index, one] of list.entries()) element(one, `${at}/elements/${index}`, note);
    const ids = list.map(({ action_id }) => action_id);
    if (new Set(ids).size < ids.length) note(at, "two with the same action_id");
  };

/** One a type we send; a type without a rule is a mistake of ours. */
const rules: Record<string, Rule> = {
  markdown(block, at, note) {
    tooLong(block.text, slackLimits.markdownCharacters, at, note);
    tooShort(block.text, at, note);
  },
  section(block, at, note) {
    text(block.text, slackLimits.sectionCharacters, `${at}/text`, note);
    const fields = (block.fields ?? []) as Json[];
    tooMany(fields, slackLimits.sectionFields, `${at}/fields`, note);
    for (const field of fields) text(field, slackLimits.fieldCharacters, `${at}/fields`, note);
    if (block.accessory) element(block.accessory as Json, `${at}/accessory`, note);
  },
  alert: (block, at, note) => text(block.text, slackLimits.sectionCharacters, `${at}/text`, note),
  header: (block, at, note) => text(block.text, slackLimits.headerCharacters, `${at}/text`, note),
  divider() {},
  context(block, at, note) {
    const list = (block.elements ?? []) as Json[];
    tooMany(list, slackLimits.contextElements, at, note);
    if (list.length === 0) note(at, "is empty");
    for (const [index, one] of list.entries())
      text({ text: one.text }, slackLimits.contextCharacters, `${at}/elements/${index}`, note);
  },
  actions: elements(slackLimits.actionsElements),
  context_actions: elements(slackLimits.contextActionsElements),
  rich_text(block, at, note) {
    if (((block.elements ?? []) as Json[]).length === 0) note(at, "is empty");
    if (charactersOf(block) === 0) note(at, "has no text");
  },
  container(block, at, note) {
    text(block.title ?? {}, slackLimits.titleCharacters, `${at}/title`, note);
    const children = (block.child_blocks ?? []) as Json[];
    for (const { type } of children) if (!inContainers.includes(String(type))) note(at, `holds a ${type}`);
    tooMany(children, slackLimits.containerBlocks, at, note);
    walk(children, `${at}/child_blocks`, note);
  },
  table(block, at, note) {
    const rows = (block.rows ?? []) as Json[][];
    tooMany(rows, slackLimits.tableRows, at, note);
    if (rows.length === 0) note(at, "is empty");
    for (const row of rows) {
      tooMany(row, slackLimits.tableColumns, at, note);
      if (row.some((cell) => charactersOf(cell) === 0)) note(at, "has an empty cell");
    }
    if (charactersOf(block) > slackLimits.tableCharacters) note(at, `${charactersOf(block)} characters`);
  },
  input(block, at, note) {
    text(block.label, slackLimits.labelCharacters, `${at}/label`, note);
    text(block.hint, slackLimits.labelCharacters, `${at}/hint`, note);
    element(block.element as Json, `${at}/element`, note);
  },
};

/** All text in a piece of Block Kit, with addresses, which count in mrkdwn. */
export function charactersOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + charactersOf(one), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (typeof inner === "string" ? (key === "text" ? inner.length : 0) : charactersOf(inner)),
    0,
  );
}

/** What a block counts against a message: its text, itself, what lies in it, and the pieces of its rich text. */
function weightOf(block: Json): number {
  const children = ((block.child_blocks ?? []) as Json[]).length;
  const pieces = block.type === "table" ? 0 : piecesIn(block);
  const { blockWeight, elementWeight } = slackLimits;
  return charactersOf(block) + (1 + children) * blockWeight + pieces * elementWeight;
}

/** Pieces of rich text, however deep. */
function piecesIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + piecesIn(one), 0);
  if (typeof value !== "object" || value === null) return 0;
  const own = /^(text|rich_text_\w+)$/.test(String((value as Json).type)) ? 1 : 0;
  return Object.values(value).reduce((sum: number, inner) => sum + piecesIn(inner), own);
}

/** As how many blocks one counts once Slack has drawn it: every line of Markdown that may begin a new one. */
function expandedOf({ type, text: markdown, child_blocks }: Json): number {
  if (type === "container") return 1 + ((child_blocks ?? []) as Json[]).length;
  if (type !== "markdown") return 1;
  return String(markdown)
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== "").length;
}
