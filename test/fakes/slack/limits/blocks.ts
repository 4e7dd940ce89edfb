import type { Json } from "../types.ts";
import { element, elements, inputs, interactive } from "./elements.ts";
import { text, typed } from "./properties.ts";
import { all, charsOf, fields, list, must, oneOf, type Rule, string } from "./rules.ts";

const plain = (max: number, optional = false) => text(max, { plain: true, optional });
const anyText = string(40_000, { min: 1 });

const richLeaves = "text link user usergroup channel emoji broadcast color date team".split(" ");
const leaf = typed(
  Object.fromEntries(
    richLeaves.map((type): [string, Rule] => {
      if (type === "text") return [type, fields({ text: anyText })];
      return [type, type === "link" ? fields({ url: string(3_000, { min: 1 }) }) : () => {}];
    }),
  ),
  richLeaves,
);
const leaves = fields({ elements: list(10_000, leaf, { min: 0 }) });
const richParts: Record<string, Rule> = {
  rich_text_section: leaves,
  rich_text_preformatted: leaves,
  rich_text_quote: leaves,
  rich_text_list: fields({
    style: all(string(10), oneOf("bullet", "ordered")),
    elements: list(1_000, typed({ rich_text_section: leaves }, ["rich_text_section"])),
  }),
};
const richText = fields({ elements: list(1_000, typed(richParts, Object.keys(richParts))) });

const cells: Record<string, Rule> = {
  raw_text: fields({ text: string(10_000, { min: 1 }) }),
  raw_number: must(({ value }) => typeof value === "number", "missing required field: value"),
  rich_text: richText,
};
const cell = typed(cells, Object.keys(cells));

/** Rows of a table; all its cells together hold at most 10,000 characters. */
function rows(min: number, max: number): Rule {
  return all(
    list(max, list(20, cell), { min }),
    must((value) => weightOf(value).chars <= 10_000, "all cells together must be less than 10001 characters"),
  );
}

const blocks: Record<string, Rule> = {
  section: all(
    fields({
      text: text(3_000, { optional: true }),
      fields: list(10, text(2_000), { optional: true }),
      accessory: (at, value, problems) => {
        if (value !== undefined) element([...interactive, "image"])(at, value, problems);
      },
    }),
    must((value) => Boolean(value.text ?? value.fields), "missing required field: text"),
  ),
  header: fields({ text: plain(150) }),
  divider: () => {},
  context: fields({
    elements: list(10, (at, value, problems) =>
      (value?.type === "image" ? elements.image! : text(2_000))(at, value, problems),
    ),
  }),
  actions: fields({ elements: list(25, element(interactive)) }),
  context_actions: fields({ elements: list(5, element(["feedback_buttons", "icon_button"])) }),
  image: all(elements.image!, fields({ title: plain(2_000, true) })),
  input: fields({ label: plain(2_000), hint: plain(2_000, true), element: element(inputs) }),
  // Per block, whatever the page says of a sum: metabase#79908
  markdown: fields({ text: string(12_000, { min: 1 }) }),
  rich_text: richText,
  table: fields({ rows: rows(1, 100), column_settings: list(20, () => {}, { min: 0, optional: true }) }),
  data_table: all(
    fields({ rows: rows(2, 101), caption: string(10_000, { min: 1 }) }),
    must(
      ({ rows: every }) => new Set([every].flat().map((row: Json) => row?.length)).size <= 1,
      "all rows must have the same number of cells",
    ),
    must(({ page_size = 5 }) => page_size >= 1 && page_size <= 100, "page_size must be between 1 and 100"),
  ),
  data_visualization: all(fields({ title: string(50, { min: 1 }) }), (at, value, problems) => {
    const { series, categories } = value.chart ?? value;
    list(12, fields({ name: string(20, { min: 1 }) }), { optional: true })(`${at}/series`, series, problems);
    list(20, string(20), { optional: true })(`${at}/categories`, categories, problems);
  }),
  alert: fields({ text: text(3_000), level: oneOf("default", "info", "warning", "error", "success") }),
  card: all(
    fields({
      title: text(150, { optional: true }),
      subtitle: text(150, { optional: true }),
      body: text(200, { optional: true }),
      actions: list(5, element(["button"]), { optional: true }),
    }),
    must(
      ({ hero_image, title, actions, body }) => Boolean(hero_image ?? title ?? actions ?? body),
      "missing required field: title",
    ),
  ),
  carousel: fields({ elements: list(10, (at, value, problems) => block(["card"])(at, value, problems)) }),
  container: all(
    fields({
      title: plain(150, true),
      subtitle: text(150, { optional: true }),
      child_blocks: list(10, (at, value, problems) => block(inContainer)(at, value, problems)),
      width: oneOf("narrow", "standard", "wide", "full"),
    }),
    must(({ title, rich_text_title }) => Boolean(title ?? rich_text_title), "missing required field: title"),
    must(
      ({ is_collapsible, default_collapsed }) => !default_collapsed || is_collapsible === true,
      "default_collapsed requires is_collapsible",
    ),
    // Seen: slackapi/node-slack-sdk#2721
    must(
      ({ is_collapsible, has_header_divider }) => !(is_collapsible && has_header_divider),
      "has_header_divider is not allowed with is_collapsible",
    ),
  ),
  plan: fields({
    title: anyText,
    tasks: list(50, (at, value, problems) => block(["task_card"])(at, value, problems), {
      min: 0,
      optional: true,
    }),
  }),
  task_card: fields({
    task_id: string(255, { min: 1 }),
    title: anyText,
    status: all(string(20), oneOf("pending", "in_progress", "complete", "error")),
  }),
  video: fields({ video_url: string(3_000, { min: 1 }), alt_text: string(2_000), title: plain(199) }),
};

const inContainer = "actions context divider header image input rich_text section table video".split(" ");
export const inMessages = Object.keys(blocks).filter((type) => type !== "input");
export const inViews =
  "actions alert container context divider header image input rich_text section video".split(" ");

/** One of the named blocks, with ids that fit and are not used twice in it. */
export function block(allowed: string[]): Rule {
  const actionIds = ({ elements: own }: Json) =>
    (Array.isArray(own) ? own : []).map((entry: Json) => entry?.action_id).filter(Boolean);
  return all(
    typed(blocks, allowed),
    fields({ block_id: string(255, { optional: true }) }),
    must(
      (value) => new Set(actionIds(value ?? {})).size === actionIds(value ?? {}).length,
      "action_id already exists",
    ),
  );
}

const nested = ["child_blocks", "elements", "rows", "fields", "tasks", "actions"];
const spoken = ["text", "title", "subtitle", "body", "caption", "alt_text", "label", "hint", "placeholder"];

/** What blocks hold in characters, and in how many blocks and rich text elements; cells of tables are text only. */
export function weightOf(value: Json): { chars: number; blocks: number; leaves: number } {
  const weight = { chars: 0, blocks: 0, leaves: 0 };
  const walk = (part: Json, top: boolean, inTable = false) => {
    if (Array.isArray(part)) {
      for (const entry of part) walk(entry, top, inTable);
      return;
    }
    if (part === null || typeof part !== "object") return;
    if (top) weight.blocks += 1;
    if (!inTable && (/^rich_text_/.test(part.type) || richLeaves.includes(part.type))) weight.leaves += 1;
    for (const [key, entry] of Object.entries(part)) {
      if (typeof entry === "string" && spoken.includes(key)) weight.chars += charsOf(entry);
      else if (typeof entry === "number" && key === "value") weight.chars += charsOf(entry);
      else if (nested.includes(key) || spoken.includes(key) || key === "accessory")
        walk(entry, key === "child_blocks" || key === "tasks", inTable || key === "rows");
    }
  };
  walk(value, true);
  return weight;
}
