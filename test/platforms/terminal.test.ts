import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { Block } from "#model/block.ts";
import { columnWidths, wrap } from "#model/columns.ts";
import type { Connection } from "#model/platform.ts";
import { drawBlock } from "../../src/platforms/terminal/draw.ts";
import { Gatherer } from "../../src/platforms/terminal/lines.ts";
import { createTerminal } from "../../src/platforms/terminal.ts";
import { split } from "../../src/steps/split.ts";
import { listeningBot, quiet } from "../fakes/bot.ts";

const ESCAPES = /\u001B\[[0-9;?]*[A-Za-z]/g;

async function open({
  isTTY = false,
  columns = 80,
  env = {},
}: {
  isTTY?: boolean;
  columns?: number;
  env?: object;
} = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stdout = Object.assign(new PassThrough(), { isTTY, columns });
  const cwd = mkdtempSync(join(tmpdir(), "terminal-"));
  let printed = "";
  stdout.on("data", (piece) => {
    printed += piece;
  });
  const { bot, events, notes } = await listeningBot("terminal");
  const stop = new AbortController();
  const context = {
    env: env as { LANG?: string; NO_COLOR?: string },
    bot,
    split,
    log: quiet,
    signal: stop.signal,
    notes,
  };
  // Written before anybody listens, as a pipe does.
  const connect = (): Promise<Connection> => createTerminal({ stdin, stdout, cwd }).connect(context);
  return {
    stdin,
    stdout,
    cwd,
    events,
    stop,
    notes,
    connect,
    printed: () => printed,
    plain: () => printed.replace(ESCAPES, ""),
  };
}

const post = (connection: Connection, blocks: Block[], key = "k") =>
  connection.post("c", blocks, { key, signal: new AbortController().signal });

test("a column keeps its words whole while another can give way", () => {
  expect(columnWidths([40, 12], 40, [10, 12])).toEqual([28, 12]);
  expect(columnWidths([40, 30], 40, [10, 26])).toEqual([14, 26]);
  expect(columnWidths([40, 40], 20, [30, 30])).toEqual([10, 10]);
});

test("a German closing quotation mark stays with its word", () => {
  const lines = wrap("Ohne Antwort gilt „1“; ändern lässt es sich jederzeit.", 22);
  expect(lines.every((line) => !/^\s*[;“]/.test(line))).toBe(true);
  expect(lines.join(" ")).toContain("„1“;");
});

describe("in a pipe", () => {
  test("every line is a message, none is lost, and the end of input closes", async () => {
    const terminal = await open();
    terminal.stdin.end("5,000 trucks\n2 GB\n\ngenerate\n");
    const connection = await terminal.connect();
    await connection.closed;
    expect(terminal.events.map((event) => event.kind === "said" && event.text)).toEqual([
      "5,000 trucks",
      "2 GB",
      "generate",
    ]);
    expect(new Set(terminal.events.map(({ id }) => id)).size).toBe(3);
    expect(terminal.printed()).toBe("");
  });

  test("prints without colours, prompt or progress", async () => {
    const terminal = await open();
    const connection = await terminal.connect();
    connection.status("c", [{ key: "decide", state: "running" }], { language: "en" });
    await post(connection, [
      { kind: "heading", level: 1, text: "Plan" },
      { kind: "paragraph", text: "**bold** and `code`" },
    ]);
    expect(terminal.printed()).toBe("Plan\n════\n\nbold and code\n\n");
    terminal.stdin.end();
    await connection.closed;
  });

  test("a fence is one message, however many lines it has", async () => {
    const terminal = await open();
    terminal.stdin.end("check this\n```yaml\nkind: Pod\n\nmetadata: {}\n```\nthanks\n");
    const connection = await terminal.connect();
    await connection.closed;
    expect(terminal.events.map((event) => event.kind === "said" && event.text)).toEqual([
      "check this",
      "```yaml\nkind: Pod\n\nmetadata: {}\n```",
      "thanks",
    ]);
  });

  test("the same message is printed once, however often it is posted", async () => {
    const terminal = await open();
    const connection = await terminal.connect();
    const first = await post(connection, [{ kind: "paragraph", text: "once" }], "a");
    expect(await post(connection, [{ kind: "paragraph", text: "once" }], "a")).toBe(first);
    expect(terminal.printed().match(/once/g)).toHaveLength(1);
    terminal.stdin.end();
  });

  test("its own words follow the conversation's language; a LANG of C tells none", async () => {
    const terminal = await open({ env: { LANG: "C.UTF-8" } });
    const connection = await terminal.connect();
    terminal.stdin.write("hallo\n");
    await wait(10);
    expect(terminal.events[0]).not.toHaveProperty("language");
    const signal = new AbortController().signal;
    const file: Block = { kind: "file", name: "a.zip", content: "x", mime: "application/zip" };
    await connection.post("c", [file], { key: "f", signal, language: "de" });
    expect(terminal.plain()).toContain("liegt bereit");
    terminal.stdin.end();
    await connection.closed;
  });

  test("goes on with the conversation of last time", async () => {
    const terminal = await open();
    await terminal.notes.set("conversation", "terminal-old");
    terminal.stdin.end("hello\n");
    await (await terminal.connect()).closed;
    expect(terminal.events[0]!.conversation).toBe("terminal-old");
  });
});

describe("with a person", () => {
  const network: Block = {
    kind: "choice",
    id: "question:network",
    prompt: "What is the link like?",
    options: [
      { action: "answer:network", value: "stable", label: "Stable" },
      { action: "answer:network", value: "intermittent", label: "Intermittent" },
    ],
  };
  const nodes: Block = {
    kind: "choice",
    id: "question:nodesPerSite",
    prompt: "How many nodes?",
    options: ["10", "20", "30"].map((value) => ({ action: "answer:nodesPerSite", value, label: value })),
  };

  test("a number or the words of a choice press it; other words are said", async () => {
    const terminal = await open();
    const connection = await terminal.connect();
    const type = async (line: string) => {
      await post(connection, [network], line);
      terminal.stdin.write(`${line}\n`);
      await wait(5);
    };
    await type("2");
    await type("stable");
    await type("two days offline at times");
    expect(terminal.plain()).toContain("[1] Stable  [2] Intermittent");
    expect(terminal.events).toMatchObject([
      { kind: "pressed", action: "answer:network", value: "intermittent" },
      { kind: "pressed", value: "stable" },
      { kind: "said", text: "two days offline at times" },
    ]);
    terminal.stdin.end();
  });

  test("a number under a question for a number is that number", async () => {
    const terminal = await open();
    const connection = await terminal.connect();
    await post(connection, [nodes]);
    terminal.stdin.write("2\n");
    await wait(5);
    expect(terminal.events[0]).toMatchObject({ kind: "said", text: "2" });
    await post(connection, [nodes], "again");
    terminal.stdin.write("c\n");
    await wait(5);
    expect(terminal.events[1]).toMatchObject({ kind: "pressed", value: "30" });
    terminal.stdin.end();
  });

  test("Ctrl-C stops the work; at rest it asks, and leaves the second time with how to go on", async () => {
    const terminal = await open({ isTTY: true });
    const connection = await terminal.connect();
    connection.status("c", [{ key: "guard", state: "running" }], { language: "en" });
    terminal.stdin.write("\u0003");
    await wait(20);
    expect(terminal.events).toMatchObject([{ kind: "pressed", action: "stop" }]);
    connection.status("c", [], { language: "en" });
    terminal.stdin.write("\u0003");
    await wait(20);
    expect(terminal.plain()).toContain("once more");
    terminal.stdin.write("\u0003");
    await connection.closed;
    expect(terminal.plain()).toContain("edgewright chat");
  });

  test("lines pasted together are one message", async () => {
    const terminal = await open({ isTTY: true });
    const connection = await terminal.connect();
    terminal.stdin.write("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n");
    await wait(80);
    expect(terminal.events).toMatchObject([
      { kind: "said", text: "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a" },
    ]);
    terminal.stdin.write("\u0004");
    await connection.closed;
  });

  test("colours only where they are wanted", async () => {
    const bright = await open({ isTTY: true });
    await post(await bright.connect(), [{ kind: "notice", tone: "error", text: "no" }]);
    expect(bright.printed()).toContain("\u001B[31m");
    const plain = await open({ isTTY: true, env: { NO_COLOR: "1" } });
    await post(await plain.connect(), [{ kind: "notice", tone: "error", text: "no" }]);
    expect(plain.printed()).not.toContain("\u001B[31m");
    bright.stdin.end();
    plain.stdin.end();
  });

  test("writes files only when asked, and never over one that is there", async () => {
    const terminal = await open();
    const connection = await terminal.connect();
    const content = new Uint8Array([80, 75, 3, 4]);
    await post(connection, [{ kind: "file", name: "../fleet.zip", content, mime: "application/zip" }]);
    expect(terminal.plain()).toContain("/save");
    terminal.stdin.write("/save\n");
    await wait(40);
    expect(new Uint8Array(readFileSync(join(terminal.cwd, "fleet.zip")))).toEqual(content);
    terminal.stdin.write("/save\n");
    await wait(40);
    expect(terminal.plain()).toContain("left alone");
    expect(terminal.events).toEqual([]);
    terminal.stdin.end();
  });

  test("attaches a file, and says so when there is none", async () => {
    const terminal = await open();
    const connection = await terminal.connect();
    writeFileSync(join(terminal.cwd, "a.yaml"), "kind: Pod\n");
    terminal.stdin.end("/file a.yaml\n/file none.yaml\n");
    await connection.closed;
    expect(terminal.events).toMatchObject([
      { kind: "said", attachments: [{ name: "a.yaml", text: "kind: Pod\n" }] },
    ]);
    expect(terminal.plain()).toContain("ENOENT");
  });
});

describe("drawing", () => {
  const pen = { width: 40, colour: false };
  const cell = fc.string({
    unit: fc.constantFrom("a", "bc", " ", "中", "文", "。", "😀", "\n", "long-word-that-goes-on"),
    maxLength: 30,
  });

  test("wrapped lines fit, and lose nothing but spaces", () => {
    fc.assert(
      fc.property(cell, fc.integer({ min: 4, max: 60 }), (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });

  test("tables fit the width, Chinese too, and every column starts where its header does", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
        const block: Block = {
          kind: "table",
          columns: ["组件", "why", "MiB"],
          rows: rows.map((row) => [...row]),
        };
        for (const line of drawBlock(block, pen)) expect(stringWidth(line)).toBeLessThanOrEqual(40);
      }),
    );
    const drawn = drawBlock(
      {
        kind: "table",
        columns: ["组件", "n"],
        rows: [
          ["发行版", "1"],
          ["os", "22"],
        ],
        align: ["left", "right"],
      },
      pen,
    );
    expect(drawn).toEqual(["组件     n", "──────  ──", "发行版   1", "os      22"]);
  });

  test("columns share what room there is", () => {
    expect(columnWidths([4, 100, 100], 44)).toEqual([4, 20, 20]);
    expect(columnWidths([4, 10], 44)).toEqual([4, 10]);
  });

  test("control characters of a message never reach the screen", () => {
    const drawn = drawBlock({ kind: "paragraph", text: "a\u001B[2Jb\u202Ec\u0007" }, pen);
    expect(drawn).toEqual(["a[2Jbc"]);
  });

  test("an unfinished fence still becomes a message in the end", () => {
    const gatherer = new Gatherer();
    expect(gatherer.take("```")).toBeUndefined();
    expect(gatherer.take("kind: Pod")).toBeUndefined();
    expect(gatherer.flush()).toBe("```\nkind: Pod");
  });
});
