import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { Block } from "#model/block.ts";
import { makePlan } from "#src/app/make-plan.ts";
import { createSpeech } from "#src/app/speech.ts";
import { openWorkshop } from "#src/app/workshop.ts";
import { arrange } from "#src/platforms/discord/arrange.ts";
import { decode, encode } from "#src/platforms/discord/controls.ts";
import { drawBlock, drawMessage, drawText } from "#src/platforms/discord/draw.ts";
import { link } from "#src/platforms/discord/escape.ts";
import { flags, types, walk } from "#src/platforms/discord/limits.ts";
import { withoutTowers } from "#src/platforms/discord/table.ts";
import { render, renderDocument } from "#steps/render.ts";
import { split } from "#steps/split.ts";
import { briefOf } from "../../steps/decide/briefs.ts";
import { anyLanguage, anyPlan, anyWords, faultsOf, readCode, readText } from "./any-plan.ts";

const say = createSpeech();
const real = makePlan(
  briefOf({
    sites: 5_000,
    memoryMiB: 2_048,
    arch: "arm64",
    storage: "emmc",
    network: "intermittent",
    gitops: "argocd",
  }),
  await openWorkshop(),
);
const paragraph = (text: string): Block => ({ kind: "paragraph", text });
const draw = (...blocks: Block[]) => drawMessage(blocks, {});

function wholeOf(plan = real, language: Parameters<typeof say>[0] = "en"): Block[] {
  const speaker = { say: say(language), language };
  const blocks = render(plan, { ...speaker, part: "whole" });
  const zip: Block = {
    kind: "file",
    name: "fleet-r1.zip",
    content: new Uint8Array(2_000),
    mime: "application/zip",
  };
  return [...blocks.slice(0, -1), zip, renderDocument(plan, speaker), ...blocks.slice(-1)];
}

test("a number with a point in it is no list, one with a space behind it would be", () => {
  expect(drawBlock(paragraph("1.200 Standorte"))).toBe("1.200 Standorte");
  expect(drawBlock(paragraph("1. Standort"))).toBe("1\\. Standort");
});

test("a difference that no fence holds is attached under a name of its own", () => {
  const diff: Block = { kind: "code", language: "diff", title: "docs/README.md", text: "-```\n+````\n" };
  const [attached] = arrange([diff], split).flat();
  expect(attached).toMatchObject({ kind: "file", name: "README.md.diff", content: diff.text });
});

describe("any plan", () => {
  test("fits, closes its fences, keeps its code, rings nobody and unfolds nothing", () => {
    fc.assert(
      fc.property(anyPlan(real), anyLanguage, (plan, language) => {
        expect(faultsOf(wholeOf(plan, language))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test("that was really made is whole in all languages", () => {
    for (const language of ["en", "de", "es", "zh"] as const)
      expect(faultsOf(wholeOf(real, language))).toEqual([]);
  });
});

describe("any words", () => {
  const words = anyWords(60);
  const block: fc.Arbitrary<Block> = fc.oneof(
    words.map(paragraph),
    words.map((text): Block => ({ kind: "heading", level: 1, text })),
    words.map((text): Block => ({ kind: "notice", tone: "warning", text })),
    fc.record({
      kind: fc.constant("code" as const),
      language: words,
      title: fc.constant("a/b.yaml"),
      text: anyWords(900),
    }),
    fc
      .array(fc.record({ action: fc.constant("answer:sites"), label: words, value: words }), {
        maxLength: 60,
      })
      .map((options): Block => ({ kind: "choice", id: "question:sites", prompt: "which?", options })),
    fc
      .array(fc.record({ action: words, label: words }), { minLength: 1, maxLength: 40 })
      .map((buttons): Block => ({ kind: "actions", id: "x", buttons })),
    fc.record({
      kind: fc.constant("file" as const),
      name: words,
      content: words,
      mime: fc.constant("text/plain"),
    }),
    fc.constant<Block>({ kind: "image", name: "a.png", content: new Uint8Array(8), alt: "a picture" }),
    fc.constant<Block>({ kind: "divider" }),
  );

  test("and buttons in any order fit", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), (blocks) => {
        const untitled = blocks.map((one) => (one.kind === "code" ? { ...one, title: undefined } : one));
        expect(faultsOf(untitled as Block[])).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  test("are read as they were written, once markup is taken away", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w \\_~|[\]<>#.:()-]{0,80}$/), (text) => {
        const shown = drawBlock(paragraph(text)).replace(/\\([^\p{L}\p{N}\s])/gu, "$1");
        expect(shown).toBe(text.trim() === "" ? "" : text);
      }),
    );
  });
});

describe("a plan", () => {
  const messages = arrange(wholeOf(), split).map((one) => drawMessage(one, {}));
  const [card, ...rest] = messages;

  test("opens with a card: title, verdict, both files shown, buttons", () => {
    expect(card!.body.flags & flags.card).toBeTruthy();
    expect(card!.body.content).toBeUndefined();
    const text = readText(card!);
    expect(text).toContain("# Edge fleet plan, revision 1");
    expect(text).toMatch(/Checked: \d+ files/);
    expect(text).toContain("catalogue");
    const parts = [...walk(card!.body.components ?? [])];
    const shown = parts
      .filter(({ type }) => type === types.file)
      .map(({ file }) => (file as { url: string }).url);
    expect(shown).toEqual(["attachment://fleet-r1.zip", "attachment://edge-fleet-plan-r1.md"]);
    expect(card!.files.map(({ name }) => name)).toEqual(["fleet-r1.zip", "edge-fleet-plan-r1.md"]);
    expect(parts.filter(({ type }) => type === types.button).length).toBeGreaterThanOrEqual(6);
  });

  test("whose first words are more than the 4,000 characters of a card says the others below it", () => {
    const lead = Array.from(
      { length: 9 },
      (_, at): Block => ({ kind: "paragraph", text: `${at} `.repeat(250) }),
    );
    const [heading, ...others] = wholeOf();
    const [first, ...below] = arrange([heading!, ...lead, ...others], split).map((one) =>
      drawMessage(one, {}),
    );
    expect(readText(first!).length).toBeGreaterThan(3_000);
    const shown = [...walk(first!.body.components ?? [])].map(({ content = "" }) => String(content));
    expect(shown.join("").length).toBeLessThanOrEqual(4_000);
    const said = [first!, ...below].map(readText).join("\n");
    for (const block of lead) expect(said).toContain(block.kind === "paragraph" && block.text.trim());
  });

  test("goes on in plain messages, with its buttons once more at the end", () => {
    expect(rest.every(({ body }) => (body.flags & flags.card) === 0)).toBe(true);
    expect(rest.every(({ files }) => files.length === 0)).toBe(true);
    const ids = [...walk(rest.at(-1)!.body.components ?? [])].map(({ custom_id }) => custom_id);
    expect(ids).toEqual(expect.arrayContaining(["prompt", "change", "feedback|up", "feedback|down"]));
    expect(rest.slice(0, -1).every(({ body }) => body.components?.length === 0)).toBe(true);
  });

  test("shows its files as code under their paths", () => {
    const code = rest.flatMap((one) => readCode(readText(one)));
    const config = real.files.find(({ path }) => path.endsWith("k3s/config.yaml"))!;
    const pieces = code.filter(({ title }) => title.startsWith(`\`${config.path}`));
    expect(pieces.map((piece) => piece.code).join("")).toBe(config.content);
  });

  test("says what it cost at the end", () => {
    expect(readText(rest.at(-1)!)).toContain("catalogue");
  });
});

test("files of one name keep apart in a message", () => {
  const file = (content: string): Block => ({
    kind: "file",
    name: "values.yaml",
    content,
    mime: "text/yaml",
  });
  const { body, files } = drawMessage([file("a: 1\n"), file("a: 2\n")], {});
  expect(files.map(({ name }) => name)).toEqual(["values.yaml", "values-2.yaml"]);
  expect(body.attachments?.map(({ filename }) => filename)).toEqual(["values.yaml", "values-2.yaml"]);
});

test.each([":", "："])("a line that ends in %s stays with what it leads to", (colon) => {
  const blocks: Block[] = [
    { kind: "paragraph", text: "word ".repeat(380) },
    { kind: "paragraph", text: `Inside the cluster${colon}` },
    { kind: "list", items: ["no root ".repeat(20), "no inbound ".repeat(20)] },
  ];
  const [first, second] = arrange(blocks, split).map((one) => drawMessage(one, {}).body.content);
  expect(first).not.toContain("Inside");
  expect(second).toMatch(/^Inside/);
  const plan = arrange(wholeOf(), split).map((one) => drawMessage(one, {}).body.content ?? "");
  expect(plan.filter((content) => /[:：]$/.test(content))).toEqual([]);
});

describe("tables", () => {
  const table = (rows: string[][], columns = ["what", "值", "MiB"]): Block => ({
    kind: "table",
    columns,
    rows,
    align: ["left", "left", "right"],
  });

  test("are aligned blocks; a Chinese character takes two columns", () => {
    const drawn = drawBlock(
      table([
        ["K3s", "边缘集群", "800"],
        ["**Sum**", "a", "1,215"],
      ]),
    );
    const lines = drawn.split("\n");
    expect([lines[0], lines.at(-1)]).toEqual(["```", "```"]);
    expect(new Set(lines.slice(1, -1).map((line) => stringWidth(line))).size).toBe(1);
    expect(drawn).not.toContain("**");
  });

  test("of figures stay tables, even where two rows explain themselves at length", () => {
    const long = "Upper bound: all packaged components, Prometheus and Grafana were running on it. ".repeat(
      3,
    );
    const table: Block = {
      kind: "table",
      columns: ["Component", "MiB", "Source"],
      rows: [
        ["CoreDNS", "70", "K3s"],
        ["Flux", "64", "Flux"],
        ["Kairos", "64", "Kairos"],
        [long, "1,215", "K3s"],
        [long, "1,596", "K3s"],
      ],
    };
    expect(withoutTowers(table)).toEqual([table]);
  });

  test("with sentences in their cells are read as lists", () => {
    const why = "it publishes no footprint and sets no requests. ".repeat(6);
    const drawn = drawText(withoutTowers(table([["Argo CD", why, "1,920"]])));
    expect(drawn).not.toContain("```");
    expect(drawn).toMatch(/^\*\*Argo CD\*\*\n- 值：it publishes/);
    expect(drawn).toContain("- MiB: 1,920");
  });

  test("too long for a message are parted between rows, each part with its head", () => {
    const rows = Array.from({ length: 120 }, (_, at) => [`component ${at}`, "边缘", String(at)]);
    const messages = arrange([table(rows)], split);
    const texts = messages.map((one) => drawMessage(one, {}).body.content!);
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) expect(text.split("\n")[1]).toMatch(/^what .*MiB$/);
    expect(messages.flat().flatMap((one) => (one.kind === "table" ? one.rows : []))).toEqual(rows);
  });
});

describe("controls", () => {
  test("carry what was pressed, whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        (action, value) => {
          const id = encode({ action, value, conversation: "123" });
          if (id !== undefined)
            expect(decode(id)).toEqual({ action, ...(value && { value }), conversation: "123" });
        },
      ),
    );
  });

  test("up to five choices are buttons, more a menu; a value too long to carry says its words", () => {
    const options = (count: number, value = "v") =>
      Array.from({ length: count }, (_, at) => ({
        action: "answer:sites",
        label: `choice ${at}`,
        value: `${value}${at}`,
      }));
    const few = draw({ kind: "choice", id: "q", prompt: "?", options: options(5) });
    expect([...walk(few.body.components ?? [])].filter(({ type }) => type === types.button)).toHaveLength(5);
    const many = draw({ kind: "choice", id: "q", prompt: "?", options: options(6) });
    expect([...walk(many.body.components ?? [])].filter(({ type }) => type === types.select)).toHaveLength(1);
    const long = draw({ kind: "choice", id: "q", prompt: "?", options: options(1, "x".repeat(200)) });
    const [button] = [...walk(long.body.components ?? [])].filter(({ type }) => type === types.button);
    expect(decode(button!.custom_id as string)).toEqual({ action: "say" });
  });

  test("an open question has a way to write where messages cannot be read", () => {
    const steps: Block = { kind: "actions", id: "steps:sites", buttons: [{ action: "skip", label: "Skip" }] };
    const drawn = drawMessage([paragraph("?"), steps], { write: "Write …" });
    expect([...walk(drawn.body.components ?? [])].map(({ custom_id }) => custom_id)).toContain("write");
  });
});

test("links are masked, unfold nowhere, and only lead to the web", () => {
  expect(link("K3s [docs]", "https://docs.k3s.io/a_(b)")).toBe(
    "[K3s \\[docs\\]](<https://docs.k3s.io/a_%28b%29>)",
  );
  expect(link("x", "javascript:alert(1)")).toBe("x");
});

test("code that a fence cannot hold is attached whole", () => {
  const text = "a\n```yaml\nb\n```\n";
  const [message] = arrange([{ kind: "code", language: "markdown", title: "system", text }], split);
  const { files, body } = drawMessage(message!, {});
  expect(body.content).toBe("`system`");
  expect(files.map(({ name, data }) => [name, Buffer.from(data).toString()])).toEqual([["system.md", text]]);
});
