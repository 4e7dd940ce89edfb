import { readFile, stat, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import { packedBytes } from "#model/archive.ts";
import type { Block } from "#model/block.ts";
import type { Attachment, Event } from "#model/conversation.ts";
import { definePlatform, type Say, type Step } from "#model/platform.ts";
import { type Language, languages } from "#model/text.ts";
import { drawBlock, drawStatus, type Pen } from "./terminal/draw.ts";
import { Gatherer } from "./terminal/lines.ts";
import { Marks } from "./terminal/marks.ts";

/** The streams of a terminal, and where the person stands; handed in, so that tests can play both. */
export type Streams = {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  cwd: string;
};

const pasteMs = 25; // nobody types two lines in this time; a paste delivers all of them
const widest = 110; // longer lines are hard to read, however wide the window
const pipedWidth = 100;
const mostFileBytes = packedBytes;
const CLEAR_LINE = "\r\u001B[K";
const COMMAND = /^\/(file|save)(?:\s+(.*))?$/;

type File = Extract<Block, { kind: "file" }>;

/** A conversation in a terminal or a pipe, over any pair of streams. */
export function createTerminal({ stdin, stdout, cwd }: Streams) {
  return definePlatform({
    name: "terminal",
    env: z.object({
      LANG: z.string().optional().describe("Language of the terminal's own words, such as de_DE.UTF-8."),
      NO_COLOR: z.string().optional().describe("Any value switches colours off."),
    }),
    limits: {
      blockText: 1_000_000,
      messageText: 10_000_000,
      blocksPerMessage: 10_000,
      tableRows: 100_000,
      tableColumns: 20,
      tableCharacters: 1_000_000,
      options: 100,
      buttons: 100,
      files: true,
      fileBytes: 1_000_000_000,
    },

    async connect({ env, bot, log, signal, notes }) {
      const isTTY = Boolean(stdin.isTTY && stdout.isTTY);
      /** Undefined while neither the environment nor a conversation has told it. */
      let language = languageOf(env.LANG);
      let say: Say = bot.say(language ?? "en");
      const marks = new Marks();
      const gatherer = new Gatherer();
      const posted = new Map<string, string>();
      const closed = Promise.withResolvers<void>();
      const session = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
      /** Lines of a paste, until no more of them come. */
      const held: string[] = [];
      let files: File[] = [];
      let events = 0;
      let isRunning = false;
      let statusLine = "";
      let mayLeave = false;
      let isOpen = true;
      let pasted: NodeJS.Timeout | undefined;

      const pen = (): Pen => ({
        width: Math.min(widest, (isTTY ? stdout.columns : undefined) ?? pipedWidth),
        colour: isTTY && !env.NO_COLOR,
      });

      // Lines must be listened for before the first await, or what is piped in is lost.
      const reader = createInterface({ input: stdin, ...(isTTY ? { output: stdout } : {}), terminal: isTTY });
      reader.setPrompt(promptOf(say));
      let queue: Promise<void> = Promise.resolve();
      const enqueue = (job: () => Promise<void>): Promise<void> => {
        queue = queue.then(job).catch((error: unknown) => {
          log.error({ err: error }, "terminal: a message could not be handled");
          print([{ kind: "notice", tone: "error", text: say("failure.internal") }]);
        });
        return queue;
      };

      reader.on("line", (line) => {
        mayLeave = false;
        clearTimeout(pasted);
        if (!isTTY) {
          takeWhole(gatherer.take(line));
          return;
        }
        held.push(line);
        pasted = setTimeout(takePaste, pasteMs);
      });
      function takePaste(): void {
        if (held.length === 0) return;
        const lines = held.splice(0);
        // A fence waits for its end, however many pastes that takes; anything else pasted together is one message.
        if (gatherer.isOpen || lines.some((line) => /^\s*(```|~~~)/.test(line))) {
          let whole: string | undefined;
          for (const line of lines) whole = joined(whole, gatherer.take(line));
          takeWhole(whole);
          return;
        }
        takeWhole(lines.join("\n"));
      }
      function takeWhole(text: string | undefined): void {
        if (text === undefined) return;
        void enqueue(() => take(text));
      }
      reader.on("SIGINT", () => {
        if (isRunning) {
          void enqueue(() => receive({ kind: "pressed", action: "stop" }));
          return;
        }
        if (mayLeave) return reader.close();
        mayLeave = true;
        print([{ kind: "notice", tone: "info", text: say("terminal.stillHere") }]);
      });
      reader.on("close", () => {
        clearTimeout(pasted);
        isOpen = false;
        takePaste();
        takeWhole(gatherer.flush());
        void enqueue(async () => {
          if (isTTY) write(`\n${say("terminal.bye", { id: await conversation }).replaceAll("`", "")}\n`);
          closed.resolve();
        });
      });
      const leave = () => reader.close();
      if (signal.aborted) queueMicrotask(leave);
      signal.addEventListener("abort", leave, { once: true });

      // A conversation goes on where it was; `chat --new` takes the note away.
      const conversation = enqueueFirst();
      async function enqueueFirst(): Promise<string> {
        const known = await notes.get("conversation");
        if (typeof known === "string") return known;
        const fresh = `terminal:${session}`; // The part before the colon names the platform.
        await notes.set("conversation", fresh);
        return fresh;
      }

      if (isTTY) {
        print([{ kind: "paragraph", text: say("terminal.welcome") }]);
      }

      function write(text: string): void {
        if (!stdout.destroyed && !stdout.writableEnded) stdout.write(text);
      }

      function print(blocks: readonly Block[], isMarked = true): void {
        const brush = pen();
        if (isTTY) write(CLEAR_LINE);
        const drawn = blocks.map((block) => {
          const given = isMarked ? marks.give(block) : [];
          return drawBlock(block, brush, given);
        });
        const text = drawn
          .filter((lines) => lines.length > 0)
          .map((lines) => lines.join("\n"))
          .join("\n\n");
        if (text !== "") write(`${text}\n\n`);
        redraw();
      }

      function redraw(): void {
        if (!isTTY || !isOpen) return;
        if (statusLine !== "") write(CLEAR_LINE + drawStatus(statusLine, pen()));
        else reader.prompt(true);
      }

      /** The terminal's own words follow the conversation, so that nobody reads two languages. */
      function follow(spoken: Language): void {
        language = spoken;
        say = bot.say(spoken);
        reader.setPrompt(promptOf(say));
      }

      function tell(
        key: string,
        values: Record<string, string | number> = {},
        tone: "info" | "warning" | "success" = "info",
      ): void {
        print([{ kind: "notice", tone, text: say(key, values) }]);
      }

      type What =
        | { kind: "said"; text: string; attachments?: Attachment[] }
        | { kind: "pressed"; action: string; value?: string };
      async function receive(what: What): Promise<void> {
        const event: Event = {
          id: `terminal:${session}:${++events}`,
          conversation: await conversation,
          at: Date.now(),
          person: { id: "terminal", name: say("terminal.prompt") },
          ...(language ? { language } : {}),
          ...what,
        };
        await bot.receive(event);
      }

      async function take(text: string): Promise<void> {
        if (text.trim() === "") return redraw();
        const [, command, argument = ""] = COMMAND.exec(text.trim()) ?? [];
        if (command === "file") return attach(argument.trim());
        if (command === "save") return save(argument.trim());
        const button = marks.find(text);
        marks.clear();
        if (!button) return receive({ kind: "said", text });
        const { action, value } = button;
        await receive({ kind: "pressed", action, ...(value === undefined ? {} : { value }) });
      }

      async function attach(path: string): Promise<void> {
        if (path === "") return tell("terminal.fileUsage", {}, "warning");
        const full = resolve(cwd, path);
        try {
          const { size } = await stat(full);
          if (size > mostFileBytes) {
            const values = { path, size: bytes(size), max: bytes(mostFileBytes) };
            return tell("terminal.fileTooLarge", values, "warning");
          }
          const content = await readFile(full);
          const text = textOf(content);
          const attachment = {
            name: basename(full),
            bytes: size,
            content,
            ...(text === undefined ? {} : { text }),
          };
          await receive({ kind: "said", text: "", attachments: [attachment] });
        } catch (error) {
          if (!isFileError(error)) throw error;
          tell("terminal.fileFailed", { path, reason: error.code }, "warning");
        }
      }

      async function save(folder: string): Promise<void> {
        if (files.length === 0) return tell("terminal.noFile", {}, "warning");
        for (const file of files) {
          const path = join(resolve(cwd, folder || "."), basename(file.name));
          try {
            // Never over something that is there.
            await writeFile(path, file.content, { flag: "wx" });
            tell("terminal.saved", { path }, "success");
          } catch (error) {
            if (!isFileError(error)) throw error;
            if (error.code === "EEXIST") tell("terminal.exists", { path }, "warning");
            else tell("terminal.saveFailed", { path, reason: error.code }, "warning");
          }
        }
      }

      function keep(blocks: readonly Block[]): void {
        const fresh = blocks.filter((block) => block.kind === "file");
        if (fresh.length === 0) return;
        files = [...files.filter(({ name }) => !fresh.some((file) => file.name === name)), ...fresh];
        for (const { name, content } of fresh) {
          tell("terminal.fileReady", { name, size: bytes(Buffer.byteLength(content)) }, "success");
        }
      }

      return {
        async post(_conversation, blocks, { key, language: spoken }) {
          if (spoken && spoken !== language) follow(spoken);
          const known = posted.get(key);
          if (known !== undefined) return known;
          const id = `${session}-m${posted.size + 1}`;
          posted.set(key, id);
          print(blocks);
          keep(blocks);
          return id;
        },
        async edit(_conversation, _message, blocks, { superseded }) {
          // What was printed stays; what became of it is printed below.
          if (!superseded) print(blocks, false);
        },
        status(_conversation, steps) {
          isRunning = steps.some(({ state }) => state === "running" || state === "open");
          const before = statusLine;
          statusLine = isRunning ? steps.map((step) => stepWords(step, say)).join(" · ") : "";
          if (isTTY && before !== statusLine) {
            write(CLEAR_LINE);
            redraw();
          }
        },
        closed: closed.promise,
        async close() {
          signal.removeEventListener("abort", leave);
          reader.close();
          await queue;
        },
      };
    },
  });
}

const STATES: Record<Step["state"], string> = { open: "", running: " …", done: " ✓", failed: " ✗" };

function stepWords({ key, state, note }: Step, say: Say): string {
  const words = say(`status.${key}`, note === undefined ? {} : { model: note });
  const isNoted = note === undefined || words.includes(note);
  return words + (isNoted ? "" : ` ${note}`) + STATES[state];
}

function joined(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return `${one}\n${other}`;
}

function promptOf(say: Say): string {
  return `${say("terminal.prompt")} › `;
}

/** The language of a locale such as de_DE.UTF-8; C, POSIX and what we do not speak tell nothing. */
function languageOf(locale = ""): Language | undefined {
  return languages.find((language) => locale.toLowerCase().startsWith(language));
}

function textOf(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return undefined; // Not text; who reads the event says so.
  }
}

function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1_000_000 ? `${Math.round(size / 1000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

function isFileError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === "string";
}

export default createTerminal({
  stdin: process.stdin,
  stdout: process.stdout,
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
