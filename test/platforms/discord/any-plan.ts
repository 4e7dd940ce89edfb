import fc from "fast-check";
import type { Block } from "#model/block.ts";
import type { Decisions } from "#model/decision.ts";
import type { Plan } from "#model/plan.ts";
import { type Language, languages, type Text } from "#model/text.ts";
import { arrange } from "#src/platforms/discord/arrange.ts";
import { drawMessage } from "#src/platforms/discord/draw.ts";
import { type Payload, problemsOf, walk } from "#src/platforms/discord/limits.ts";
import { split } from "#steps/split.ts";

/** What models and people write to break a drawing: mentions, fences, links, markup, wide and joined characters. */
const nasty = [
  "@everyone",
  "@here",
  "<@123456789012345678>",
  "<@!123456789012345678>",
  "<@&987654321098765432>",
  "<#1>",
  "</edge plan:1>",
  "<t:1>",
  "```",
  "````yaml\n",
  "`",
  "``",
  "**",
  "*",
  "_",
  "__",
  "~~",
  "||",
  "|",
  "\\",
  "# ",
  "-# ",
  "> ",
  ">>> ",
  "- ",
  "1. ",
  "[click](https://evil.example/x)",
  "![](https://evil.example/p.png)",
  "https://evil.example/?secret=1",
  "<https://evil.example>",
  "discord.gg/abc",
  "\n",
  "\n\n",
  "\r\n",
  "\t",
  "\u202E",
  "\u0000",
  "中文字符",
  "边缘集群，断网仍运行。",
  "ä",
  "e\u0301",
  "👩‍👩‍👧‍👦",
  "🇩🇪",
  "word",
  "longlonglonglonglonglonglonglonglonglonglongword",
  " ",
  ". ",
  ": ",
];
export const anyWords = (most: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...nasty), { maxLength: most }).map((pieces) => pieces.join(""));

const anyText = (most = 40): fc.Arbitrary<Text> =>
  fc.record({ en: anyWords(most), de: anyWords(most), es: anyWords(most), zh: anyWords(most) });
const anySource = fc.record({
  title: anyWords(6),
  url: fc.constantFrom(
    "https://docs.k3s.io/a_b(c)",
    "https://example.com/ä b",
    "javascript:alert(1)",
    "https://x.example/%E4",
  ),
});
const anyPath = fc
  .array(fc.stringMatching(/^[a-z0-9_.-]{1,24}$/), { minLength: 1, maxLength: 5 })
  .map((parts) => `${parts.join("/")}.yaml`);
const anyContent = fc.oneof(
  fc.array(anyWords(8), { maxLength: 120 }).map((lines) => lines.join("\n")),
  fc
    .array(fc.stringMatching(/^[a-z: {}"-]{0,80}$/), { maxLength: 400 })
    .map((lines) => `${lines.join("\n")}\n`),
);

/** A real plan with everything a person or a model could have written in it exchanged, and other files. */
export function anyPlan(real: Plan): fc.Arbitrary<Plan> {
  const files = fc.uniqueArray(
    fc.record({ path: anyPath, content: anyContent, purpose: fc.constant(verbatim("x")) }),
    { selector: ({ path }) => path, minLength: 0, maxLength: 8 },
  );
  const decision = fc.record({
    reason: anyText(),
    rejected: fc.array(fc.record({ choice: anyWords(3), why: anyText() }), { maxLength: 4 }),
    sources: fc.array(anySource, { maxLength: 6 }),
  });
  const decisions = fc.dictionary(fc.constantFrom(...Object.keys(real.decisions)), decision, { maxKeys: 6 });
  const table = fc.integer({ min: 1, max: 8 }).chain((columns) =>
    fc.record({
      kind: fc.constant("table" as const),
      columns: fc.array(anyText(4), { minLength: columns, maxLength: columns }),
      rows: fc.array(fc.array(anyText(30), { minLength: columns, maxLength: columns }), { maxLength: 30 }),
    }),
  );
  const part = fc.oneof(
    fc.record({ kind: fc.constant("paragraph" as const), text: anyText(400) }),
    fc.record({ kind: fc.constant("list" as const), items: fc.array(anyText(60), { maxLength: 12 }) }),
    table,
    fc.nat().map((nth) => ({ kind: "file" as const, nth })),
  );
  const section = fc.record({
    title: anyText(6),
    parts: fc.array(part, { maxLength: 5 }),
    sources: fc.array(anySource, { maxLength: 8 }),
  });
  const finding = fc.record({
    rule: fc.constantFrom("IMG-01", "NET-01"),
    severity: fc.constantFrom("block" as const, "warn" as const),
    path: anyPath,
    line: fc.integer({ min: 1, max: 999 }),
    message: anyText(),
    fix: anyText(),
  });
  return fc
    .record({
      files,
      decisions,
      summary: anyText(300),
      denied: fc.array(
        fc.record({
          id: fc.constant("x"),
          wish: anyText(),
          why: anyText(),
          instead: anyText(),
          source: anySource,
        }),
        { maxLength: 5 },
      ),
      risks: fc.array(fc.record({ risk: anyText(), measure: anyText(), source: anySource }), {
        maxLength: 6,
      }),
      sections: fc.array(section, { maxLength: 5 }),
      findings: fc.array(finding, { maxLength: 12 }),
      unchecked: fc.array(fc.record({ path: anyPath, what: anyWords(6) }), { maxLength: 5 }),
      repairs: fc.array(anyText(), { maxLength: 3 }),
    })
    .map(({ files, decisions, sections, findings, unchecked, repairs, ...more }) => {
      const merged = Object.fromEntries(
        Object.entries(real.decisions).map(([topic, one]) => [topic, { ...one, ...decisions[topic] }]),
      ) as Decisions;
      const shown = new Set<string>();
      const toPart = (one: (typeof sections)[number]["parts"][number]): unknown[] => {
        if (one.kind !== "file") return [one];
        const path = files[one.nth % Math.max(1, files.length)]?.path;
        if (path === undefined || shown.has(path)) return [];
        shown.add(path);
        return [{ kind: "file" as const, path }];
      };
      return {
        ...real,
        ...more,
        files,
        decisions: merged,
        sections: sections.map((one) => ({ ...one, parts: one.parts.flatMap(toPart) })),
        report: { ...real.report, findings, unchecked },
        provenance: { ...real.provenance, model: "openai:x_y*z", repairs },
      } as unknown as Plan;
    });
}

const verbatim = (words: string): Text => ({ en: words, de: words, es: words, zh: words });
export const anyLanguage: fc.Arbitrary<Language> = fc.constantFrom(...languages);

/** Everything a client reads of one message, apart from files. */
export function readText({ body }: Payload): string {
  const texts = [...walk(body.components ?? [])].flatMap(({ content }) =>
    typeof content === "string" ? [content] : [],
  );
  return [body.content ?? "", ...texts].join("\n");
}

const OPEN = /^```[\w+-]*$/;
/** Code blocks of one message under the title before them; a fence that stays open is a fault. */
export function readCode(text: string): { title: string; code: string }[] {
  const found: { title: string; code: string }[] = [];
  let open: { title: string; lines: string[] } | undefined;
  let before = "";
  for (const line of text.split("\n")) {
    if (open && line === "```") {
      found.push({ title: open.title, code: open.lines.map((one) => `${one}\n`).join("") });
      open = undefined;
    } else if (open) {
      // A client ends the block at the first three backticks, wherever they stand.
      if (line.includes("```")) throw new Error(`a fence inside a fence: ${line}`);
      open.lines.push(line);
    } else if (OPEN.test(line)) open = { title: before, lines: [] };
    before = line;
  }
  if (open) throw new Error(`a fence stays open: ${text}`);
  return found;
}

/** What is wrong with blocks once they are drawn; nothing when all is well. */
export function faultsOf(blocks: Block[]): string[] {
  const messages = arrange(blocks, split).map((one) => drawMessage(one, { conversation: "1".repeat(41) }));
  const faults = messages.flatMap(problemsOf);
  const joined = new Map<string, string>();
  const attached: string[] = [];
  for (const message of messages) {
    if (message.body.allowed_mentions.parse.length > 0) faults.push("mentions can ring");
    if ((message.body.flags & 4) === 0) faults.push("links unfold");
    const text = readText(message);
    for (const { title, code } of readCode(text)) {
      const path = /^`(.+?)(?: \(\d+\/\d+\))?`$/.exec(title)?.[1];
      if (path) joined.set(path, (joined.get(path) ?? "") + code);
    }
    const prose = text.replace(/^```[\w+-]*\n[\s\S]*?^```$/gm, "");
    if (/@(everyone|here)/i.test(prose)) faults.push(`rings for everybody: ${prose}`);
    if (/(?<!\\)(?:\\\\)*<[@#/]/.test(prose)) faults.push(`a mention: ${prose}`);
    for (const [, url] of prose.matchAll(/(?<!\\)\]\(<([^>]*)>\)/g))
      if (!/^https?:\/\/\S+$/.test(url!)) faults.push(`a link to ${url}`);
    attached.push(...message.files.map(({ data }) => Buffer.from(data).toString("utf8")));
  }
  for (const block of blocks) {
    if (block.kind !== "code" || !block.title) continue;
    const text = block.text.endsWith("\n") || block.text === "" ? block.text : `${block.text}\n`;
    if (joined.get(block.title) !== text && !attached.includes(block.text))
      faults.push(`code differs: ${block.title}`);
  }
  return faults;
}
