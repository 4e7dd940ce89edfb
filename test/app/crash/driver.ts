import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Conversation, Event } from "#model/conversation.ts";

/** What was seen over all kills; `problems` is empty when nothing was lost, doubled or out of order. */
export type CrashReport = {
  kills: number;
  events: number;
  deliveries: number;
  posts: number;
  acknowledgedMs: number[];
  problems: string[];
};

type Message =
  | { kind: "ready" }
  | { kind: "ack"; id: string; ms: number }
  | { kind: "error"; message: string; fields: string }
  | { kind: "finished"; records: [string, Conversation][]; open: number; blobs: number };

const conversations = ["crash:1", "crash:2", "crash:3"];
const child = join(import.meta.dirname, "child.ts");
const longestLifeMs = 220; // after it is ready; it lives about as long before

/**
 * Kills a session at random moments, its start included, while events keep coming: each is delivered until it is
 * acknowledged, and some once more. In the end every event must be handled once and every message be there once, in order.
 */
export async function crash({ kills, seed }: { kills: number; seed: number }): Promise<CrashReport> {
  const folder = mkdtempSync(join(tmpdir(), "edgewright-crash-"));
  const paths = [join(folder, "store.sqlite"), join(folder, "posts.jsonl")];
  const random = mulberry(seed);
  const report: CrashReport = {
    kills: 0,
    events: 0,
    deliveries: 0,
    posts: 0,
    acknowledgedMs: [],
    problems: [],
  };
  const queues = new Map(conversations.map((id) => [id, [] as Event[]]));
  const acknowledged: Event[] = [];

  function start(): ChildProcess {
    const process = fork(child, paths, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    process.on("error", () => {}); // a message to a process that was just killed
    process.on("message", (message: Message) => {
      if (message.kind === "error") report.problems.push(`${message.message}: ${message.fields}`);
      if (message.kind === "ready") for (const queue of queues.values()) deliver(process, queue[0]);
      if (message.kind !== "ack") return;
      report.acknowledgedMs.push(message.ms);
      for (const queue of queues.values()) {
        if (queue[0]?.id !== message.id) continue;
        acknowledged.push(queue.shift()!);
        // Platforms deliver again what was acknowledged too late for them, and what came long ago.
        if (random() < 0.3) deliver(process, acknowledged[Math.floor(random() * acknowledged.length)]);
        deliver(process, queue[0]);
      }
    });
    return process;
  }

  function deliver(process: ChildProcess, event: Event | undefined): void {
    if (!event || !process.connected) return;
    report.deliveries++;
    process.send(event, () => {});
  }

  function add(count: number): void {
    for (let n = 0; n < count; n++) {
      const conversation = conversations[Math.floor(random() * conversations.length)]!;
      const text = String(report.events++);
      queues.get(conversation)!.push({ id: `event-${text}`, conversation, at: 1, kind: "said", text });
    }
  }

  try {
    while (report.kills < kills) {
      add(1 + Math.floor(random() * 8));
      const process = start();
      const ended = once(process, "exit");
      // One in five dies while it starts, before or while it resumes.
      if (random() < 0.8) await Promise.race([once(process, "message"), ended]);
      await wait(random() * longestLifeMs);
      process.kill("SIGKILL");
      await ended;
      report.kills++;
    }
    const last = start();
    while ([...queues.values()].some((queue) => queue.length > 0)) await wait(10);
    last.send("finish");
    for (;;) {
      const [message] = (await once(last, "message")) as [Message];
      if (message.kind !== "finished") continue;
      judge(report, { ...message, lines: readFileSync(paths[1]!, "utf8").split("\n").filter(Boolean) });
      break;
    }
    await once(last, "exit");
    return report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Ending = { records: [string, Conversation][]; open: number; blobs: number; lines: string[] };

function judge(report: CrashReport, { records, open, blobs, lines }: Ending): void {
  const { problems } = report;
  const posts = lines.map((line) => JSON.parse(line) as { key: string; conversation: string; text: string });
  report.posts = posts.length;
  if (open > 0) problems.push(`${open} conversations are still open`);
  if (blobs > 0) problems.push(`${blobs} large effects were left behind`);
  if (new Set(posts.map(({ key }) => key)).size !== posts.length) problems.push("a key was posted twice");
  const handled: string[] = [];
  for (const [id, { state, outbox }] of records) {
    if (outbox.length > 0) problems.push(`${id}: ${outbox.length} effects were never carried out`);
    const asked = state.plans.filter((text) => !text.endsWith(" done"));
    handled.push(...asked);
    const texts = posts.filter(({ conversation }) => conversation === id).map(({ text }) => text);
    // What a turn said stands in the order of the turns; a result stands where its turn came.
    const expected = state.plans.flatMap((text) =>
      text.endsWith(" done") ? [text] : [`${text} a`, `${text} b`],
    );
    if (texts.join() !== expected.join())
      problems.push(`${id}: posted ${texts.join()}, expected ${expected.join()}`);
    const works = asked.filter((text) => Number(text) % 3 === 0).map((text) => `${text} done`);
    const done = state.plans.filter((text) => text.endsWith(" done"));
    if (done.toSorted().join() !== works.toSorted().join())
      problems.push(`${id}: works ${done.join()}, expected ${works.join()}`);
    if (asked.join() !== asked.toSorted((a, b) => Number(a) - Number(b)).join())
      problems.push(`${id}: events out of order: ${asked.join()}`);
  }
  const every = Array.from({ length: report.events }, (_, n) => String(n));
  if (handled.toSorted().join() !== every.toSorted().join())
    problems.push(`handled ${handled.length} events of ${report.events}, or one of them twice`);
}

/** A small seeded generator (mulberry32), so that a run can be repeated, as far as a clock lets it. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
