import type { Json } from "./types.ts";

export const plain = (length: number) => ({ type: "plain_text", text: "x".repeat(length) });
const mrkdwn = (length: number) => ({ type: "mrkdwn", text: "x".repeat(length) });
export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
export const section = (length: number) => ({ type: "section", text: mrkdwn(length) });
const button = (more: Json = {}) => ({ type: "button", action_id: "a", text: plain(2), ...more });
const actions = (...elements: Json[]) => [{ type: "actions", elements }];
const select = (more: Json) =>
  actions({ type: "static_select", action_id: "s", placeholder: plain(5), ...more });
const option = (at: number, length = 5) => ({ text: plain(length), value: `v${at}` });
const cells = (rows: number, columns: number, text = "x") =>
  many(rows, () => many(columns, () => ({ type: "raw_text", text })));
const container = (more: Json) => [
  { type: "container", title: plain(5), child_blocks: [section(5)], is_collapsible: true, ...more },
];
const rich = (length: number) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: "x".repeat(length) }] }],
});
export const markdown = (text: string) => ({ type: "markdown", text });
const dataTable = (more: Json) => [{ type: "data_table", caption: "c", rows: cells(2, 2), ...more }];
const feedback = (value: string) => [
  {
    type: "context_actions",
    elements: [
      {
        type: "feedback_buttons",
        action_id: "f",
        positive_button: { text: plain(4), value },
        negative_button: { text: plain(4), value: "no" },
      },
    ],
  },
];

/** What just fits, what no longer does, and what Slack then says. */
export const blockLimits: [what: string, fits: Json[], tooMuch: Json[], error: string, says: string][] = [
  [
    "blocks of a message",
    many(50, () => section(5)),
    many(51, () => section(5)),
    "invalid_blocks",
    "no more than 50 items",
  ],
  [
    "section",
    [section(3_000)],
    [section(3_001)],
    "invalid_blocks",
    "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
  ],
  ["empty section", [section(1)], [section(0)], "invalid_blocks", "must be more than 0 characters"],
  [
    "section fields",
    [{ type: "section", fields: many(10, () => mrkdwn(900)) }],
    [{ type: "section", fields: many(11, () => mrkdwn(5)) }],
    "invalid_blocks",
    "no more than 10 items",
  ],
  [
    "a section field",
    [{ type: "section", fields: [mrkdwn(2_000)] }],
    [{ type: "section", fields: [mrkdwn(2_001)] }],
    "invalid_blocks",
    "2001 characters",
  ],
  [
    "header",
    [{ type: "header", text: plain(150) }],
    [{ type: "header", text: plain(151) }],
    "invalid_blocks",
    "151 characters",
  ],
  [
    "header in mrkdwn",
    [{ type: "header", text: plain(5) }],
    [{ type: "header", text: mrkdwn(5) }],
    "invalid_blocks",
    "plain_text",
  ],
  [
    "context",
    [{ type: "context", elements: many(10, () => mrkdwn(5)) }],
    [{ type: "context", elements: many(11, () => mrkdwn(5)) }],
    "invalid_blocks",
    "no more than 10 items",
  ],
  [
    "unknown block",
    [{ type: "divider" }],
    [{ type: "chart" }],
    "invalid_blocks",
    "unsupported type: chart [json-pointer:/blocks/0/type]",
  ],
  [
    "input in a message",
    [{ type: "divider" }],
    [{ type: "input", label: plain(2), element: { type: "plain_text_input" } }],
    "invalid_blocks",
    "unsupported type: input",
  ],
  [
    "button text",
    actions(button({ text: plain(75) })),
    actions(button({ text: plain(76) })),
    "invalid_blocks",
    "76 characters",
  ],
  [
    "button value",
    actions(button({ value: "v".repeat(2_000) })),
    actions(button({ value: "v".repeat(2_001) })),
    "invalid_blocks",
    "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
  ],
  [
    "button url",
    actions(button({ url: "u".repeat(3_000) })),
    actions(button({ url: "u".repeat(3_001) })),
    "invalid_blocks",
    "3001 characters",
  ],
  [
    "action_id",
    actions(button({ action_id: "a".repeat(255) })),
    actions(button({ action_id: "a".repeat(256) })),
    "invalid_blocks",
    "256 characters",
  ],
  [
    "a property that is none",
    actions(button()),
    actions(button({ colour: "red" })),
    "invalid_blocks",
    "invalid additional property: colour [json-pointer:/blocks/0/elements/0]",
  ],
  [
    "emoji in mrkdwn",
    [section(5)],
    [{ type: "section", text: { ...mrkdwn(5), emoji: true } }],
    "invalid_blocks",
    "invalid additional property: emoji [json-pointer:/blocks/0/text]",
  ],
  [
    "same action_id twice",
    actions(button(), button({ action_id: "b" })),
    actions(button(), button()),
    "invalid_blocks",
    "action_id already exists",
  ],
  [
    "same block_id twice",
    [
      { ...section(5), block_id: "b" },
      { ...section(5), block_id: "c" },
    ],
    [
      { ...section(5), block_id: "b" },
      { ...section(5), block_id: "b" },
    ],
    "invalid_blocks",
    "block_id already exists",
  ],
  [
    "elements of actions",
    actions(...many(25, (at) => button({ action_id: `a${at}` }))),
    actions(...many(26, (at) => button({ action_id: `a${at}` }))),
    "invalid_blocks",
    "no more than 25 items",
  ],
  [
    "options",
    select({ options: many(100, option) }),
    select({ options: many(101, option) }),
    "invalid_blocks",
    "no more than 100 items",
  ],
  [
    "option text",
    select({ options: [option(1, 75)] }),
    select({ options: [option(1, 76)] }),
    "invalid_blocks",
    "76 characters",
  ],
  [
    "option value",
    select({ options: [{ ...option(1), value: "v".repeat(75) }] }),
    select({ options: [{ ...option(1), value: "v".repeat(76) }] }),
    "invalid_blocks",
    "76 characters",
  ],
  [
    "radio buttons",
    actions({ type: "radio_buttons", action_id: "r", options: many(10, option) }),
    actions({ type: "radio_buttons", action_id: "r", options: many(11, option) }),
    "invalid_blocks",
    "no more than 10 items",
  ],
  [
    "first option",
    select({ options: [option(1)], initial_option: option(1) }),
    select({ options: [option(1)], initial_option: option(2) }),
    "invalid_blocks",
    "initial option",
  ],
  [
    "feedback value",
    feedback("v".repeat(2_000)),
    feedback("v".repeat(2_001)),
    "invalid_blocks",
    "2001 characters",
  ],
  [
    "context actions",
    [
      {
        type: "context_actions",
        elements: many(5, (at) => ({
          type: "icon_button",
          action_id: `i${at}`,
          icon: "trash",
          text: plain(4),
        })),
      },
    ],
    [
      {
        type: "context_actions",
        elements: many(6, (at) => ({
          type: "icon_button",
          action_id: `i${at}`,
          icon: "trash",
          text: plain(4),
        })),
      },
    ],
    "invalid_blocks",
    "no more than 5 items",
  ],
  [
    "table rows",
    [{ type: "table", rows: cells(100, 2) }],
    [{ type: "table", rows: cells(101, 2) }],
    "invalid_blocks",
    "no more than 100 items",
  ],
  [
    "table of rich cells",
    [{ type: "table", rows: many(100, () => many(6, () => rich(10))) }],
    [{ type: "table", rows: many(100, () => many(6, () => rich(17))) }],
    "invalid_blocks",
    "10001 characters",
  ],
  [
    "table columns",
    [{ type: "table", rows: cells(2, 20) }],
    [{ type: "table", rows: cells(2, 21) }],
    "invalid_blocks",
    "no more than 20 items",
  ],
  [
    "table characters",
    [{ type: "table", rows: cells(1, 2, "x".repeat(5_000)) }],
    [{ type: "table", rows: cells(1, 2, "x".repeat(5_001)) }],
    "invalid_blocks",
    "10001 characters",
  ],
  [
    "empty cell",
    [{ type: "table", rows: cells(1, 1, "x") }],
    [{ type: "table", rows: cells(1, 1, "") }],
    "invalid_blocks",
    "must be more than 0 characters",
  ],
  [
    "tables of a message",
    [{ type: "table", rows: cells(1, 1) }],
    [
      { type: "table", rows: cells(1, 1) },
      { type: "table", rows: cells(1, 1) },
    ],
    "invalid_attachments",
    "only_one_table_allowed",
  ],
  [
    "a table beside a drawn one",
    [{ type: "table", rows: cells(1, 1) }, markdown("a | b")],
    [{ type: "table", rows: cells(1, 1) }, markdown("a | b\n--|--\n1 | 2")],
    "invalid_attachments",
    "only_one_table_allowed",
  ],
  [
    "data table",
    dataTable({ rows: cells(101, 2) }),
    dataTable({ rows: cells(102, 2) }),
    "invalid_blocks",
    "no more than 101 items",
  ],
  [
    "data table without rows",
    dataTable({}),
    dataTable({ rows: cells(1, 2) }),
    "invalid_blocks",
    "no fewer than 2 items",
  ],
  [
    "data table of unequal rows",
    dataTable({}),
    dataTable({ rows: [...cells(1, 2), ...cells(1, 3)] }),
    "invalid_blocks",
    "same number of cells",
  ],
  [
    "data table without caption",
    dataTable({}),
    dataTable({ caption: undefined }),
    "invalid_blocks",
    "missing required field: caption",
  ],
  [
    "data table page",
    dataTable({ page_size: 100 }),
    dataTable({ page_size: 101 }),
    "invalid_blocks",
    "page_size must be between",
  ],
  [
    "charts",
    many(2, () => ({ type: "data_visualization", title: "t" })),
    many(3, () => ({ type: "data_visualization", title: "t" })),
    "invalid_blocks",
    "data_visualization",
  ],
  [
    "container",
    container({ child_blocks: many(10, () => section(5)) }),
    container({ child_blocks: many(11, () => section(5)) }),
    "invalid_blocks",
    "no more than 10 items",
  ],
  [
    "container title",
    container({ title: plain(150) }),
    container({ title: plain(151) }),
    "invalid_blocks",
    "151 characters",
  ],
  [
    "container without title",
    container({}),
    container({ title: undefined }),
    "invalid_blocks",
    "missing required field: title",
  ],
  [
    "Markdown in a container",
    container({ child_blocks: [rich(9)] }),
    container({ child_blocks: [markdown("x")] }),
    "invalid_blocks",
    "unsupported type: markdown",
  ],
  [
    "collapsible container with a line",
    container({}),
    container({ has_header_divider: true }),
    "invalid_blocks",
    "has_header_divider",
  ],
  [
    "Markdown block",
    [markdown("x".repeat(12_000))],
    [markdown("x".repeat(12_001))],
    "invalid_blocks",
    "12001 characters",
  ],
  [
    "all Markdown of a message",
    [markdown("x".repeat(12_000)), markdown("x".repeat(1_172))],
    [markdown("x".repeat(12_000)), markdown("x".repeat(1_173))],
    "msg_blocks_too_long",
    "",
  ],
  [
    "Markdown with a divider",
    [markdown("x".repeat(12_000)), { type: "divider" }, markdown("x".repeat(1_047))],
    [markdown("x".repeat(12_000)), { type: "divider" }, markdown("x".repeat(1_048))],
    "msg_blocks_too_long",
    "",
  ],
  [
    "all sections of a message",
    many(4, () => section(3_000)),
    many(5, () => section(3_000)),
    "msg_blocks_too_long",
    "",
  ],
  ["rich text", [rich(12_000)], [rich(13_400)], "msg_blocks_too_long", ""],
  [
    "what Markdown becomes",
    [markdown(many(25, (at) => `# h${at}\n\ntext`).join("\n\n"))],
    [markdown(many(26, (at) => `# h${at}\n\ntext`).join("\n\n"))],
    "invalid_blocks",
    "no more than 50 items",
  ],
];
