import fc from "fast-check";
import type { Block, Button } from "#model/block.ts";

const nasty = [
  ...[
    "a",
    "Z",
    "ä",
    "中",
    "文",
    "😀",
    "👩‍🚀",
    "e\u0301",
    " ",
    "  ",
    ".",
    "!",
    "。",
    "\n",
    "\n\n",
    "\t",
    "\r\n",
  ],
  ...[
    "&",
    "<",
    ">",
    "&amp;",
    "<@U1>",
    "<!channel>",
    "<!here|x>",
    "<#C1>",
    "<https://evil.example|bank>",
    "@channel",
    "@here",
  ],
  ...[
    "`",
    "``",
    "```",
    "```\n",
    "~~~",
    "*",
    "**",
    "_",
    "~",
    "|",
    "[x](https://evil.example/?q=1)",
    "![i](x)",
    "\\",
    "# ",
    "- ",
    "1. ",
    "> ",
  ],
  ...[
    "---",
    "===",
    "https://evil.example/a_b*c",
    " www.evil.example/a ",
    ":smile:",
    "\u202E",
    "\u0007",
    "image: nginx",
    "kind: Pod\n",
    "    deep",
  ],
];
const piece = fc.constantFrom(...nasty);
const words = (most: number) => fc.string({ unit: piece, maxLength: most });
const name = fc.string({
  unit: fc.constantFrom("a", "b", "-", "/", ".yaml", "中"),
  minLength: 1,
  maxLength: 60,
});

const button: fc.Arbitrary<Button> = fc.record(
  {
    action: fc.constantFrom("answer:network", "edit", "zip", "skip", "feedback", "form"),
    label: words(30),
    value: fc.oneof(words(4), words(60), fc.string({ maxLength: 200 })),
    style: fc.constantFrom("primary", "danger"),
  },
  { requiredKeys: ["action", "label"] },
);
const ofOneQuestion = fc.tuple(fc.integer({ min: 0, max: 130 }), words(20)).map(([count, label]): Button[] =>
  Array.from({ length: count }, (_, at) => ({
    action: "answer:board",
    label: `${label} ${at}`,
    value: String(at),
  })),
);

/** Any block a plan or a conversation could hold, and many that none ever will. */
export const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.tuple(fc.constantFrom(1, 2, 3), words(80)).map(
    ([level, text]): Block => ({
      kind: "heading",
      level: level as 1 | 2 | 3,
      text,
    }),
  ),
  words(400).map((text): Block => ({ kind: "paragraph", text })),
  fc
    .tuple(fc.array(words(60), { maxLength: 40 }), fc.boolean())
    .map(([items, ordered]): Block => ({ kind: "list", items, ordered })),
  fc.tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 0, max: 130 }), words(20)).map(
    ([columns, rows, cell]): Block => ({
      kind: "table",
      columns: Array.from({ length: columns }, (_, at) => `column ${at}`),
      rows: Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (_, at) => (row % 3 === at % 3 ? cell : `${row}`)),
      ),
      align: ["left", "right"],
    }),
  ),
  fc
    .array(fc.tuple(words(120), words(120)), { maxLength: 12 })
    .map((rows): Block => ({ kind: "table", columns: ["what", "why"], rows: rows.map((row) => [...row]) })),
  fc
    .tuple(words(900), fc.option(name, { nil: undefined }), fc.constantFrom("yaml", "", "diff"))
    .map(([text, title, language]): Block => ({ kind: "code", language, text, ...(title && { title }) })),
  fc
    .tuple(fc.constantFrom("info", "warning", "error", "success"), words(300))
    .map(([tone, text]): Block => ({ kind: "notice", tone: tone as "info", text })),
  fc
    .array(
      fc.record(
        { title: words(30), url: fc.webUrl({ withQueryParameters: true }) },
        { requiredKeys: ["title"] },
      ),
      {
        maxLength: 80,
      },
    )
    .map((sources): Block => ({ kind: "sources", sources })),
  fc
    .tuple(words(200), fc.oneof(fc.array(button, { maxLength: 8 }), ofOneQuestion), name)
    .map(([prompt, options, id]): Block => ({ kind: "choice", id, prompt, options })),
  fc
    .tuple(name, fc.array(button, { maxLength: 40 }))
    .map(([id, buttons]): Block => ({ kind: "actions", id, buttons })),
  fc.constant<Block>({
    kind: "actions",
    id: "plan:1",
    buttons: [
      { action: "zip", label: "Zip" },
      { action: "feedback", value: "up", label: "👍" },
      { action: "feedback", value: "down", label: "👎" },
    ],
  }),
  fc.constant<Block>({ kind: "divider" }),
);
