import { block, inMessages, inViews, weightOf } from "./limits/blocks.ts";
import { text } from "./limits/properties.ts";
import { charsOf, fields, list, pointer, string } from "./limits/rules.ts";
import { expand } from "./markdown.ts";
import type { Json } from "./types.ts";
import { refuse } from "./world.ts";

export { charsOf };

/** Slack's limits on whole messages and views; what single blocks may hold stands with the blocks. */
export const limits = {
  textChars: 40_000, // longer is cut: docs.slack.dev/changelog/2018-truncating-really-long-messages
  updateTextChars: 4_000, // docs.slack.dev/reference/methods/chat.update, msg_too_long
  markdownTextChars: 12_000, // per call
  messageBlocks: 50,
  viewBlocks: 100,
  attachments: 100,
  metadataBytes: 4_000, // seen: seratch/ChatGPT-in-Slack#17
  viewBytes: 250_000,
} as const;

/**
 * All blocks of one message together. Measured: 13,297 characters in one Markdown block and 13,172 with a divider
 * beside it (slackapi/bolt-js#2509), so a block weighs 125; rich text of 11,341 characters was refused too
 * (slackapi/bolt-js#2867), so its elements weigh something, how much is our guess. `response_url` has no such limit.
 */
const wholeMessage = { chars: 13_422, perBlock: 125, perRichElement: 25 } as const;

/** Refuses what Slack would refuse in the blocks of a message. */
export function checkBlocks(value: Json, { at = "/blocks", whole = true } = {}): void {
  const problems: string[] = [];
  list(limits.messageBlocks, block(inMessages), { min: 0 })(at, value, problems);
  sameIds(value, at, problems);
  if (problems.length > 0) refuse("invalid_blocks", problems);
  checkTables(value, at);
  checkExpansion(value, at);
  const { chars, blocks, leaves } = weightOf(value);
  const weight = chars + blocks * wholeMessage.perBlock + leaves * wholeMessage.perRichElement;
  if (whole && weight > wholeMessage.chars) refuse("msg_blocks_too_long");
}

function sameIds(value: Json, at: string, problems: string[]): void {
  const ids = (Array.isArray(value) ? value : []).map((entry: Json) => entry?.block_id).filter(Boolean);
  if (new Set(ids).size < ids.length) problems.push(`block_id already exists ${pointer(at)}`);
}

function checkTables(value: Json[], at: string): void {
  const every = value.flatMap((entry) => [entry, ...(entry.child_blocks ?? [])]);
  const drawn = value.flatMap((entry) => (entry.type === "markdown" ? expand(entry.text) : []));
  const count = [...every.map(({ type }) => type), ...drawn].filter((type) => type === "table").length;
  // One table a message: docs.slack.dev/reference/block-kit/blocks/table-block
  if (count > 1) refuse("invalid_attachments", ["only_one_table_allowed"]);
  const charts = every.filter(({ type }) => type === "data_visualization").length;
  if (charts > 2) refuse("invalid_blocks", [`no more than 2 data_visualization blocks ${pointer(at)}`]);
}

/** A Markdown block becomes one block per heading, list, table and fence: archestra-ai/archestra#4980 */
function checkExpansion(value: Json[], at: string): void {
  const after = value.flatMap((entry) => (entry.type === "markdown" ? expand(entry.text) : [entry.type]));
  if (after.length > limits.messageBlocks)
    refuse("invalid_blocks", [`no more than ${limits.messageBlocks} items allowed ${pointer(at)}`]);
}

/** Refuses what Slack would refuse in Markdown sent as the text of a message. */
export function checkMarkdownText(markdown: string): void {
  if (charsOf(markdown) > limits.markdownTextChars) refuse("msg_too_long");
  const drawn = expand(markdown);
  if (drawn.filter((type) => type === "table").length > 1)
    refuse("invalid_attachments", ["only_one_table_allowed"]);
  if (drawn.length > limits.messageBlocks)
    refuse("invalid_blocks", [`no more than ${limits.messageBlocks} items allowed ${pointer("/blocks")}`]);
}

/** Refuses a modal or home view as `views.*` would. */
export function checkView(view: Json): void {
  if (!["modal", "home"].includes(view?.type))
    refuse("invalid_arguments", [`must be one of the allowed values: modal, home ${pointer("/view/type")}`]);
  if (Buffer.byteLength(JSON.stringify(view)) > limits.viewBytes) refuse("view_too_large");
  const problems: string[] = [];
  fields({
    private_metadata: string(3_000, { optional: true }),
    callback_id: string(255, { optional: true }),
    external_id: string(255, { optional: true }),
    blocks: list(limits.viewBlocks, block(inViews)),
  })("/view", view, problems);
  if (view.type === "modal") checkModal(view, problems);
  else
    for (const name of ["title", "submit", "close"])
      if (view[name] !== undefined) problems.push(`invalid additional property: ${name} ${pointer("/view")}`);
  sameIds(view.blocks, "/view/blocks", problems);
  if (problems.length > 0) refuse("invalid_arguments", problems);
}

function checkModal(view: Json, problems: string[]): void {
  const words = (optional: boolean) => text(24, { plain: true, optional });
  fields({ title: words(false), submit: words(true), close: words(true) })("/view", view, problems);
  const asks = (Array.isArray(view.blocks) ? view.blocks : []).some((entry: Json) => entry?.type === "input");
  if (asks && !view.submit) problems.push(`missing required field: submit ${pointer("/view")}`);
}

export function checkMetadata(metadata: Json): void {
  if (typeof metadata !== "object" || typeof metadata?.event_type !== "string" || !metadata.event_payload)
    refuse("invalid_metadata_format");
  if (Buffer.byteLength(JSON.stringify(metadata)) > limits.metadataBytes) refuse("metadata_too_large");
}
