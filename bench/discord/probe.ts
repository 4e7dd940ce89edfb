// Loaded with `--import` before the bot, or before the bare client: writes down when the listener of a message or an
// interaction begins, and when the first record of its conversation is committed to SQLite. It changes nothing else.
// SIGUSR2 has it print what it saw, as one line of JSON. Milliseconds of `process.hrtime`, which all processes share.
import { EventEmitter } from "node:events";
import { DatabaseSync, StatementSync } from "node:sqlite";

const now = () => Number(process.hrtime.bigint()) / 1e6;
const heard: Record<string, number> = {};
const stored: Record<string, number> = {};

// discord.js: the packets themselves, a message made of one, an interaction.
const events: readonly unknown[] = ["raw", "messageCreate", "interactionCreate"];
const RECORD = /^conversations\/discord:(\d+)$/;

type Listener = (...given: unknown[]) => void;
const { on } = EventEmitter.prototype;
EventEmitter.prototype.on = function (name, listener: Listener) {
  if (!events.includes(name)) return on.call(this, name, listener);
  return on.call(this, name, (...given: unknown[]) => {
    const one = given[0] as { id?: string; t?: string; d?: { id: string } };
    const id = name === "raw" ? one.t === "MESSAGE_CREATE" && one.d?.id : one.id;
    if (id) heard[id] ??= now();
    listener(...given);
  });
};

/** Records of the transaction that is open; undefined outside of one. */
let written: string[] | undefined;
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (sql) {
  exec.call(this, sql);
  if (sql.startsWith("BEGIN IMMEDIATE")) written = [];
  if (sql === "COMMIT") for (const id of written ?? []) stored[id] ??= now();
  if (sql === "COMMIT" || sql === "ROLLBACK") written = undefined;
};

const { run } = StatementSync.prototype as unknown as { run: (...given: unknown[]) => unknown };
(StatementSync.prototype as { run: unknown }).run = function (...given: unknown[]) {
  const result = run.apply(this, given);
  const ids = given.flatMap((one) => RECORD.exec(String(one))?.[1] ?? []);
  if (written) written.push(...ids);
  else for (const id of ids) stored[id] ??= now();
  return result;
};

process.on("SIGUSR2", () => process.stderr.write(`${JSON.stringify({ msg: "probe", heard, stored })}\n`));
