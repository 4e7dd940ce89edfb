import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Block, Limits } from "#model/block.ts";
import { sizeOf, split, splitText } from "../../src/steps/split.ts";

const discord: Limits = {
  blockText: 1900,
  messageText: 1900,
  blocksPerMessage: 10,
  tableRows: 30,
  tableColumns: 5,
  tableCharacters: 1800,
  options: 25,
  buttons: 5,
  files: true,
  fileBytes: 8_000_000,
};
const tiny: Limits = {
  ...discord,
  blockText: 120,
  messageText: 160,
  blocksPerMessage: 4,
  tableRows: 5,
  tableColumns: 3,
  tableCharacters: 150,
  options: 4,
  buttons: 2,
};

const letters = ["a", "z", "ä", "中", "文", "😀", "e\u0301", " ", ".", "!", "。", "|", "`", "\n"];
const words = fc.string({ unit: fc.constantFrom(...letters), maxLength: 400 });
const block: fc.Arbitrary<Block> = fc.oneof(
  words.map((text): Block => ({ kind: "paragraph", text })),
  words.map((text): Block => ({ kind: "code", language: "yaml", text, title: "a/b.yaml" })),
  fc.array(words, { maxLength: 8 }).map((items): Block => ({ kind: "list", items })),
  fc
    .array(fc.tuple(words, words), { maxLength: 8 })
    .map((rows): Block => ({ kind: "table", columns: ["what", "why"], rows: rows.map((row) => [...row]) })),
  fc.constant<Block>({ kind: "heading", level: 2, text: "A heading" }),
  fc.integer({ min: 0, max: 40 }).map(
    (count): Block => ({
      kind: "choice",
      id: "q",
      prompt: "which?",
      options: Array.from({ length: count }, (_, at) => ({
        action: "a",
        label: `choice ${at}`,
        value: String(at),
      })),
    }),
  ),
);

/** What a person gets to read of each kind, with the seams taken out. */
function contents(blocks: Block[]): Record<string, string> {
  const read: Record<string, string> = {};
  const add = (kind: string, text: string) => {
    read[kind] = (read[kind] ?? "") + text;
  };
  for (const one of blocks) {
    if (one.kind === "paragraph") add("paragraph", one.text);
    if (one.kind === "code") add("code", one.text);
    if (one.kind === "list") add("list", one.items.join(""));
    if (one.kind === "table")
      one.columns.forEach((_, at) => {
        for (const row of one.rows) add(`column ${at}`, row[at] ?? "");
      });
    if (one.kind === "choice") add("choice", one.options.map(({ value }) => `${value},`).join(""));
  }
  return Object.fromEntries(Object.entries(read).filter(([, text]) => text !== ""));
}

const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

describe.each([
  ["discord", discord],
  ["tiny", tiny],
])("within the limits of %s", (_, limits) => {
  test("every message fits, and all of them together say everything", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
        const messages = split(blocks, limits);
        expect(contents(messages.flat())).toEqual(contents(blocks));
        for (const message of messages) {
          expect(message.length).toBeGreaterThan(0);
          expect(message.length).toBeLessThanOrEqual(limits.blocksPerMessage);
          expect(message.reduce((sum, one) => sum + sizeOf(one), 0)).toBeLessThanOrEqual(limits.messageText);
          for (const one of message) {
            expect(JSON.stringify(one)).not.toMatch(/\\ud[89a-f]/i);
            if (one.kind === "table") expect(one.rows.length).toBeLessThanOrEqual(limits.tableRows);
            if (one.kind === "choice") expect(one.options.length).toBeLessThanOrEqual(limits.options);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

test("a text is parted at sentences, and joined again it is the same", () => {
  const text = "One sentence here. Another sentence there. 第三句话在这里。最后一句。";
  const pieces = splitText(text, 30);
  expect(pieces.join("")).toBe(text);
  expect(pieces[0]).toBe("One sentence here.");
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.integer({ min: 16, max: 60 }),
      (any, room) => {
        const parts = splitText(any, room);
        expect(parts.join("")).toBe(any);
        for (const one of parts) {
          expect(one.length).toBeLessThanOrEqual(room);
          expect(one).not.toMatch(LONE);
        }
      },
    ),
  );
});

test("a family of emoji is not torn apart", () => {
  const family = "👨‍👩‍👧‍👦";
  expect(splitText(family.repeat(4), 24)).toEqual([family.repeat(2), family.repeat(2)]);
});

test("code is parted between lines, titled with its part, with every fence whole", () => {
  const text = Array.from({ length: 40 }, (_, at) => `line-${at}: value`).join("\n");
  const parts = split([{ kind: "code", language: "yaml", text, title: "a.yaml" }], tiny).flat();
  expect(parts.length).toBeGreaterThan(3);
  for (const [at, one] of parts.entries()) {
    if (one.kind !== "code") throw new Error("no code");
    expect(one.title).toBe(`a.yaml (${at + 1}/${parts.length})`);
    expect(one.text).toMatch(/^line-/);
  }
});

test("a table repeats its header on every part", () => {
  const rows = Array.from({ length: 12 }, (_, at) => [`row ${at}`, "because"]);
  const parts = split([{ kind: "table", columns: ["what", "why"], rows }], tiny).flat();
  expect(parts.length).toBeGreaterThan(1);
  for (const one of parts) expect(one).toMatchObject({ kind: "table", columns: ["what", "why"] });
  expect(parts.flatMap((one) => (one.kind === "table" ? one.rows : []))).toEqual(rows);
});

test("a table too wide becomes several with the first column repeated", () => {
  const columns = ["a", "b", "c", "d", "e"];
  const parts = split([{ kind: "table", columns, rows: [["1", "2", "3", "4", "5"]] }], tiny).flat();
  expect(parts).toEqual([
    { kind: "table", columns: ["a", "b", "c"], rows: [["1", "2", "3"]] },
    { kind: "table", columns: ["a", "d", "e"], rows: [["1", "4", "5"]] },
  ]);
});

test("a heading goes along with what it is about", () => {
  const messages = split(
    [
      { kind: "paragraph", text: "x".repeat(100) },
      { kind: "heading", level: 2, text: "Next" },
      { kind: "paragraph", text: "y".repeat(100) },
    ],
    tiny,
  );
  expect(messages.map((message) => message.map(({ kind }) => kind))).toEqual([
    ["paragraph"],
    ["heading", "paragraph"],
  ]);
});

test("a file stands alone and tables are counted where a platform wants it so", () => {
  const file: Block = { kind: "file", name: "a.zip", content: "x", mime: "application/zip" };
  const table: Block = { kind: "table", columns: ["a"], rows: [["1"]] };
  const text: Block = { kind: "paragraph", text: "words" };
  const limits = { ...discord, filesAlone: true, tables: 1 };
  const kinds = split([text, file, text, table, table, text], limits).map((blocks) =>
    blocks.map(({ kind }) => kind),
  );
  expect(kinds).toEqual([["paragraph"], ["file"], ["paragraph", "table"], ["table", "paragraph"]]);
  expect(split([text, file, text, table, table, text], discord)).toHaveLength(1);
});
