import { expand } from "./markdown.ts";
import type { Json } from "./types.ts";
import { refuse } from "./world.ts";

/** Slack's limits, from the method and Block Kit pages; where the pages are wrong, as measured on live Slack. */
export const limits = {
  textChars: 40_000, // longer is cut: docs.slack.dev/changelog/2018-truncating-really-long-messages
  updateTextChars: 4_000, // docs.slack.dev/reference/methods/chat.update, msg_too_long
  markdownTextChars: 12_000, // per call
  markdownBlockChars: 12_000, // per block; slackapi/bolt-js#2509
  markdownMessageChars: 13_200, // all markdown blocks of a message; metabase#79908
  messageBlocks: 50,
  viewBlocks: 100,
  attachments: 100,
  idChars: 255,
  metadataBytes: 4_000, // seen: seratch/ChatGPT-in-Slack#17
  viewBytes: 250_000,
} as const;

type Rule = (at: string, value: Json, problems: string[]) => void;

const pointer = (at: string) => `[json-pointer:${at}]`;
const chars = (value: unknown) => [...String(value ?? "")].length;

function text(
  max: number,
  { plain = false, optional = false, min = 1 }: { plain?: boolean; optional?: boolean; min?: number } = {},
): Rule {
  return (at, value, problems) => {
    if (value === undefined || value === null) {
      if (!optional) problems.push(`missing required field: ${at.split("/").at(-1)} ${pointer(parent(at))}`);
      return;
    }
    if (typeof value !== "object" || !["plain_text", "mrkdwn"].includes(value.type))
      return void problems.push(`failed to match all allowed schemas ${pointer(at)}`);
    if (plain && value.type !== "plain_text")
      return void problems.push(`must be one of the allowed values: plain_text ${pointer(`${at}/type`)}`);
    if (typeof value.text !== "string")
      return void problems.push(`missing required field: text ${pointer(at)}`);
    string(max, { min })(`${at}/text`, value.text, problems);
  };
}

function string(max: number, { min = 0, required = true }: { min?: number; required?: boolean } = {}): Rule {
  return (at, value, problems) => {
    if (value === undefined || value === null) {
      if (required) problems.push(`missing required field: ${at.split("/").at(-1)} ${pointer(parent(at))}`);
      return;
    }
    if (typeof value !== "string") return void problems.push(`must be a string ${pointer(at)}`);
    if (chars(value) > max) problems.push(`must be less than ${max + 1} characters ${pointer(at)}`);
    if (chars(value) < min) problems.push(`must be more than ${min - 1} characters ${pointer(at)}`);
  };
}

function list(max: number, item: Rule, { min = 1, required = true } = {}): Rule {
  return (at, value, problems) => {
    if (value === undefined) {
      if (required) problems.push(`missing required field: ${at.split("/").at(-1)} ${pointer(parent(at))}`);
      return;
    }
    if (!Array.isArray(value)) return void problems.push(`must be an array ${pointer(at)}`);
    if (value.length > max) problems.push(`no more than ${max} items allowed ${pointer(at)}`);
    if (value.length < min) problems.push(`no fewer than ${min} items allowed ${pointer(at)}`);
    for (const [index, entry] of value.entries()) item(`${at}/${index}`, entry, problems);
  };
}

const parent = (at: string) => at.slice(0, at.lastIndexOf("/")) || "/";

const option: Rule = (at, value, problems) => {
  text(75)(`${at}/text`, value?.text, problems);
  // Slack's page says 150, its own types 75: the smaller one is safe.
  string(75, { min: 1 })(`${at}/value`, value?.value, problems);
  text(75, { optional: true })(`${at}/description`, value?.description, problems);
};

function options(max: number): Rule {
  return (at, value, problems) => {
    if (value?.option_groups)
      return list(100, (here, group, found) => {
        text(75, { plain: true })(`${here}/label`, group?.label, found);
        list(max, option)(`${here}/options`, group?.options, found);
      })(`${at}/option_groups`, value.option_groups, problems);
    list(max, option)(`${at}/options`, value?.options, problems);
    const values = (value?.options ?? []).map((entry: Json) => entry?.value);
    if (new Set(values).size < values.length)
      problems.push(`option values must be unique ${pointer(`${at}/options`)}`);
    for (const first of [value?.initial_option, ...(value?.initial_options ?? [])]) {
      if (first !== undefined && !values.includes(first?.value))
        problems.push(`initial option must be one of the options ${pointer(`${at}/initial_option`)}`);
    }
  };
}

const placeholder = text(150, { plain: true, optional: true });
const select: Rule = (at, value, problems) => {
  placeholder(`${at}/placeholder`, value.placeholder, problems);
  options(100)(at, value, problems);
};

const elements: Record<string, Rule> = {
  button(at, value, problems) {
    text(75, { plain: true })(`${at}/text`, value.text, problems);
    string(2_000, { required: false })(`${at}/value`, value.value, problems);
    string(3_000, { required: false })(`${at}/url`, value.url, problems);
    string(75, { required: false })(`${at}/accessibility_label`, value.accessibility_label, problems);
    if (value.style !== undefined && !["primary", "danger"].includes(value.style))
      problems.push(`must be one of the allowed values: primary, danger ${pointer(`${at}/style`)}`);
    confirm(`${at}/confirm`, value.confirm, problems);
  },
  static_select: select,
  multi_static_select: select,
  users_select: (at, value, problems) => placeholder(`${at}/placeholder`, value.placeholder, problems),
  conversations_select: (at, value, problems) =>
    placeholder(`${at}/placeholder`, value.placeholder, problems),
  channels_select: (at, value, problems) => placeholder(`${at}/placeholder`, value.placeholder, problems),
  radio_buttons: options(10),
  checkboxes: options(10),
  overflow: options(5),
  plain_text_input(at, value, problems) {
    placeholder(`${at}/placeholder`, value.placeholder, problems);
    for (const name of ["min_length", "max_length"]) {
      const length = value[name];
      if (length !== undefined && (length < (name === "max_length" ? 1 : 0) || length > 3_000))
        problems.push(`must be between 0 and 3000 ${pointer(`${at}/${name}`)}`);
    }
    string(value.max_length ?? 3_000, { required: false })(
      `${at}/initial_value`,
      value.initial_value,
      problems,
    );
  },
  number_input(at, value, problems) {
    if (typeof value.is_decimal_allowed !== "boolean")
      problems.push(`missing required field: is_decimal_allowed ${pointer(at)}`);
  },
  email_text_input: (at, value, problems) => placeholder(`${at}/placeholder`, value.placeholder, problems),
  url_text_input: (at, value, problems) => placeholder(`${at}/placeholder`, value.placeholder, problems),
  rich_text_input: (at, value, problems) => placeholder(`${at}/placeholder`, value.placeholder, problems),
  file_input: () => {},
  datepicker: (at, value, problems) => placeholder(`${at}/placeholder`, value.placeholder, problems),
  timepicker: (at, value, problems) => placeholder(`${at}/placeholder`, value.placeholder, problems),
  image(at, value, problems) {
    string(3_000, { required: !value.slack_file })(`${at}/image_url`, value.image_url, problems);
    string(2_000)(`${at}/alt_text`, value.alt_text, problems);
  },
  feedback_buttons(at, value, problems) {
    for (const side of ["positive_button", "negative_button"]) {
      text(75, { plain: true })(`${at}/${side}/text`, value[side]?.text, problems);
      string(2_000, { min: 1 })(`${at}/${side}/value`, value[side]?.value, problems);
    }
  },
  icon_button(at, value, problems) {
    text(75, { plain: true })(`${at}/text`, value.text, problems);
    string(255)(`${at}/icon`, value.icon, problems);
  },
};

const confirm: Rule = (at, value, problems) => {
  if (value === undefined) return;
  text(100, { plain: true })(`${at}/title`, value.title, problems);
  text(300)(`${at}/text`, value.text, problems);
  text(30, { plain: true })(`${at}/confirm`, value.confirm, problems);
  text(30, { plain: true })(`${at}/deny`, value.deny, problems);
};

function element(allowed: string[]): Rule {
  return (at, value, problems) => {
    if (!value || typeof value !== "object" || !allowed.includes(value.type) || !elements[value.type])
      return void problems.push(`unsupported type: ${value?.type} ${pointer(`${at}/type`)}`);
    string(limits.idChars, { required: false })(`${at}/action_id`, value.action_id, problems);
    elements[value.type]!(at, value, problems);
  };
}

const interactive = [
  "button",
  "static_select",
  "multi_static_select",
  "users_select",
  "conversations_select",
  "channels_select",
  "radio_buttons",
  "checkboxes",
  "overflow",
  "datepicker",
  "timepicker",
];
const inputs = [
  ...interactive.filter((type) => type !== "button" && type !== "overflow"),
  "plain_text_input",
  "number_input",
  "email_text_input",
  "url_text_input",
  "rich_text_input",
  "file_input",
];

const richSection: Rule = (at, value, problems) => {
  const kinds = ["rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"];
  if (!kinds.includes(value?.type))
    return void problems.push(`unsupported type: ${value?.type} ${pointer(`${at}/type`)}`);
  if (value.type === "rich_text_list") {
    if (!["bullet", "ordered"].includes(value.style))
      problems.push(`missing required field: style ${pointer(at)}`);
    return list(1_000, richSection)(`${at}/elements`, value.elements, problems);
  }
  list(10_000, richLeaf, { min: 0 })(`${at}/elements`, value.elements, problems);
};
const richLeaves = [
  "text",
  "link",
  "user",
  "usergroup",
  "channel",
  "emoji",
  "broadcast",
  "color",
  "date",
  "team",
];
const richLeaf: Rule = (at, value, problems) => {
  if (!richLeaves.includes(value?.type))
    return void problems.push(`unsupported type: ${value?.type} ${pointer(`${at}/type`)}`);
  if (value.type === "text") string(40_000, { min: 1 })(`${at}/text`, value.text, problems);
  if (value.type === "link") string(3_000, { min: 1 })(`${at}/url`, value.url, problems);
};
const richText: Rule = (at, value, problems) =>
  list(1_000, richSection, { min: 0 })(`${at}/elements`, value?.elements, problems);

const cell: Rule = (at, value, problems) => {
  if (value?.type === "raw_text") return string(10_000, { min: 1 })(`${at}/text`, value.text, problems);
  if (value?.type === "raw_number") {
    if (typeof value.value !== "number") problems.push(`missing required field: value ${pointer(at)}`);
    return;
  }
  if (value?.type === "rich_text") return richText(at, value, problems);
  problems.push(`failed to match all allowed schemas ${pointer(at)}`);
};

const cellsTotalChars = 10_000;
function rows(min: number, max: number, equal: boolean): Rule {
  return (at, value, problems) => {
    list(max, list(20, cell), { min })(at, value, problems);
    if (!Array.isArray(value)) return;
    if (cellChars(value) > cellsTotalChars)
      problems.push(`all cells together must be less than ${cellsTotalChars + 1} characters ${pointer(at)}`);
    if (equal && new Set(value.map((row: Json) => row?.length)).size > 1)
      problems.push(`all rows must have the same number of cells ${pointer(at)}`);
  };
}

function cellChars(value: Json): number {
  if (Array.isArray(value)) return value.reduce((sum, part) => sum + cellChars(part), 0);
  if (value?.type === "raw_number") return chars(value.text ?? value.value);
  if (typeof value?.text === "string") return chars(value.text);
  return value?.elements ? cellChars(value.elements) : 0;
}

const blocks: Record<string, Rule> = {
  section(at, value, problems) {
    if (value.text === undefined && value.fields === undefined)
      return void problems.push(`missing required field: text ${pointer(at)}`);
    text(3_000, { optional: true })(`${at}/text`, value.text, problems);
    list(10, text(2_000), { required: false })(`${at}/fields`, value.fields, problems);
    if (value.accessory) element([...interactive, "image"])(`${at}/accessory`, value.accessory, problems);
  },
  header: (at, value, problems) => text(150, { plain: true })(`${at}/text`, value.text, problems),
  divider: () => {},
  context: (at, value, problems) =>
    list(10, (here, entry, found) =>
      entry?.type === "image" ? elements.image!(here, entry, found) : text(2_000)(here, entry, found),
    )(`${at}/elements`, value.elements, problems),
  actions: (at, value, problems) =>
    list(25, element(interactive))(`${at}/elements`, value.elements, problems),
  context_actions: (at, value, problems) =>
    list(5, element(["feedback_buttons", "icon_button"]))(`${at}/elements`, value.elements, problems),
  image(at, value, problems) {
    elements.image!(at, value, problems);
    text(2_000, { plain: true, optional: true })(`${at}/title`, value.title, problems);
  },
  input(at, value, problems) {
    text(2_000, { plain: true })(`${at}/label`, value.label, problems);
    text(2_000, { plain: true, optional: true })(`${at}/hint`, value.hint, problems);
    element(inputs)(`${at}/element`, value.element, problems);
  },
  markdown: (at, value, problems) =>
    string(limits.markdownBlockChars, { min: 1 })(`${at}/text`, value.text, problems),
  rich_text: richText,
  table(at, value, problems) {
    rows(1, 100, false)(`${at}/rows`, value.rows, problems);
    list(20, () => {}, { min: 0, required: false })(`${at}/column_settings`, value.column_settings, problems);
  },
  data_table(at, value, problems) {
    rows(2, 101, true)(`${at}/rows`, value.rows, problems);
    string(10_000, { min: 1 })(`${at}/caption`, value.caption, problems);
    if (value.page_size !== undefined && !(value.page_size >= 1 && value.page_size <= 100))
      problems.push(`must be between 1 and 100 ${pointer(`${at}/page_size`)}`);
  },
  data_visualization(at, value, problems) {
    string(50, { min: 1 })(`${at}/title`, value.title, problems);
    const chart = value.chart ?? value;
    list(12, (here, series, found) => string(20, { min: 1 })(`${here}/name`, series?.name, found), {
      required: false,
    })(`${at}/series`, chart.series, problems);
    list(20, string(20), { required: false })(`${at}/categories`, chart.categories, problems);
  },
  alert(at, value, problems) {
    text(3_000)(`${at}/text`, value.text, problems);
    if (
      value.level !== undefined &&
      !["default", "info", "warning", "error", "success"].includes(value.level)
    )
      problems.push(`must be one of the allowed values ${pointer(`${at}/level`)}`);
  },
  card(at, value, problems) {
    if (!value.hero_image && !value.title && !value.actions && !value.body)
      problems.push(`missing required field: title ${pointer(at)}`);
    text(150, { optional: true })(`${at}/title`, value.title, problems);
    text(150, { optional: true })(`${at}/subtitle`, value.subtitle, problems);
    text(200, { optional: true })(`${at}/body`, value.body, problems);
    list(5, element(["button"]), { required: false })(`${at}/actions`, value.actions, problems);
  },
  carousel: (at, value, problems) =>
    list(10, (here, card, found) => block(["card"])(here, card, found))(
      `${at}/elements`,
      value.elements,
      problems,
    ),
  container(at, value, problems) {
    if (!value.title && !value.rich_text_title) problems.push(`missing required field: title ${pointer(at)}`);
    text(150, { plain: true, optional: true })(`${at}/title`, value.title, problems);
    text(150, { optional: true })(`${at}/subtitle`, value.subtitle, problems);
    list(10, block(inContainer))(`${at}/child_blocks`, value.child_blocks, problems);
    if (value.default_collapsed && !value.is_collapsible)
      problems.push(`default_collapsed requires is_collapsible ${pointer(`${at}/default_collapsed`)}`);
  },
  plan(at, value, problems) {
    string(40_000, { min: 1 })(`${at}/title`, value.title, problems);
    list(50, block(["task_card"]), { min: 0, required: false })(`${at}/tasks`, value.tasks, problems);
  },
  task_card(at, value, problems) {
    string(limits.idChars, { min: 1 })(`${at}/task_id`, value.task_id, problems);
    string(40_000, { min: 1 })(`${at}/title`, value.title, problems);
    if (!["pending", "in_progress", "complete", "error"].includes(value.status))
      problems.push(`must be one of the allowed values ${pointer(`${at}/status`)}`);
  },
  video: (at, value, problems) => string(3_000, { min: 1 })(`${at}/video_url`, value.video_url, problems),
};

const inContainer = [
  "actions",
  "context",
  "divider",
  "file",
  "header",
  "image",
  "input",
  "rich_text",
  "section",
  "table",
  "video",
];
const inMessages = Object.keys(blocks).filter((type) => type !== "input");
const inViews = Object.keys(blocks).filter(
  (type) => !["plan", "task_card", "context_actions", "markdown", "data_visualization"].includes(type),
);

function block(allowed: string[]): Rule {
  return (at, value, problems) => {
    if (!value || typeof value !== "object")
      return void problems.push(`failed to match all allowed schemas ${pointer(at)}`);
    if (!allowed.includes(value.type) || !blocks[value.type])
      return void problems.push(`unsupported type: ${value.type} ${pointer(`${at}/type`)}`);
    string(limits.idChars, { required: false })(`${at}/block_id`, value.block_id, problems);
    blocks[value.type]!(at, value, problems);
    const ids = (value.elements ?? []).map((entry: Json) => entry?.action_id).filter(Boolean);
    if (new Set(ids).size < ids.length)
      problems.push(`action_id already exists in this block ${pointer(`${at}/elements`)}`);
  };
}

/** Refuses what Slack would refuse in the blocks of a message. */
export function checkBlocks(value: Json, at = "/blocks"): void {
  const problems: string[] = [];
  list(limits.messageBlocks, block(inMessages), { min: 0 })(at, value, problems);
  sameIds(value, at, problems);
  if (problems.length > 0) refuse("invalid_blocks", problems);
  checkTables(value);
  checkMarkdown(value, at);
}

function sameIds(value: Json, at: string, problems: string[]): void {
  const ids = (value ?? []).map((entry: Json) => entry?.block_id).filter(Boolean);
  if (new Set(ids).size < ids.length) problems.push(`block_id already exists ${pointer(at)}`);
}

function checkTables(value: Json[]): void {
  const tables = value.flatMap((entry) => [entry, ...(entry.child_blocks ?? [])]);
  const drawn = value.flatMap((entry) => (entry.type === "markdown" ? expand(entry.text) : []));
  const count = [...tables.map(({ type }) => type), ...drawn].filter((type) => type === "table").length;
  // One table a message: docs.slack.dev/reference/block-kit/blocks/table-block
  if (count > 1) refuse("invalid_attachments", ["only_one_table_allowed"]);
  const charts = tables.filter(({ type }) => type === "data_visualization").length;
  if (charts > 2)
    refuse("invalid_blocks", [`no more than 2 data_visualization blocks allowed ${pointer("/blocks")}`]);
}

function checkMarkdown(value: Json[], at: string): void {
  const markdown = value.filter(({ type }) => type === "markdown");
  const total = markdown.reduce((sum, entry) => sum + chars(entry.text), 0);
  if (total > limits.markdownMessageChars) refuse("msg_blocks_too_long");
  const after = value.length - markdown.length + markdown.flatMap((entry) => expand(entry.text)).length;
  // A markdown block becomes one block per heading, list, table and fence: archestra-ai/archestra#4980
  if (after > limits.messageBlocks)
    refuse("invalid_blocks", [`no more than ${limits.messageBlocks} items allowed ${pointer(at)}`]);
}

/** Refuses what Slack would refuse in Markdown sent as the text of a message. */
export function checkMarkdownText(markdown: string): void {
  if (chars(markdown) > limits.markdownTextChars)
    refuse("invalid_arguments", [
      `must be less than ${limits.markdownTextChars + 1} characters ${pointer("/markdown_text")}`,
    ]);
  const drawn = expand(markdown);
  if (drawn.filter((type) => type === "table").length > 1)
    refuse("invalid_attachments", ["only_one_table_allowed"]);
  if (drawn.length > limits.messageBlocks)
    refuse("invalid_blocks", [`no more than ${limits.messageBlocks} items allowed ${pointer("/blocks")}`]);
}

/** Refuses a modal or home view as `views.*` would. */
export function checkView(view: Json): void {
  const problems: string[] = [];
  if (!["modal", "home"].includes(view?.type))
    refuse("invalid_arguments", [`must be one of the allowed values: modal, home ${pointer("/view/type")}`]);
  if (Buffer.byteLength(JSON.stringify(view)) > limits.viewBytes) refuse("view_too_large");
  if (view.type === "modal") {
    text(24, { plain: true })("/view/title", view.title, problems);
    text(24, { plain: true, optional: true })("/view/submit", view.submit, problems);
    text(24, { plain: true, optional: true })("/view/close", view.close, problems);
    if (view.blocks?.some((entry: Json) => entry?.type === "input") && !view.submit)
      problems.push(`missing required field: submit ${pointer("/view")}`);
  }
  string(3_000, { required: false })("/view/private_metadata", view.private_metadata, problems);
  string(limits.idChars, { required: false })("/view/callback_id", view.callback_id, problems);
  string(limits.idChars, { required: false })("/view/external_id", view.external_id, problems);
  list(limits.viewBlocks, block(inViews))("/view/blocks", view.blocks, problems);
  sameIds(view.blocks, "/view/blocks", problems);
  if (problems.length > 0) refuse("invalid_arguments", problems);
}

export function checkMetadata(metadata: Json): void {
  if (typeof metadata !== "object" || typeof metadata?.event_type !== "string" || !metadata.event_payload)
    refuse("invalid_metadata_format");
  if (Buffer.byteLength(JSON.stringify(metadata)) > limits.metadataBytes) refuse("metadata_too_large");
}

export const charsOf = chars;
