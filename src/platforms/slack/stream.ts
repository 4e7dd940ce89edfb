import type { AnyChunk } from "@slack/types";
import type { Client } from "./client.ts";
import { isContent, Refused, Unclear } from "./errors.ts";
import { slackLimits } from "./limits.ts";
import type { Clock } from "./scheduler.ts";

/** Where a stream is shown, and to whom: in channels Slack wants to know. */
export type Target = { channel: string; thread: string; team: string; user: string };

type Row = Extract<AnyChunk, { type: "task_update" }>;

const paceMs = 700; // between two appends of one stream: 100 a minute and workspace, shared by all that run

/** Slack ended the stream: its age, or a person who pressed Stop. */
const over = new Set(["message_not_in_streaming_state", "stopped_by_user", "message_not_found"]);

/**
 * One running answer as a streamed message: rows that change their state under a title. Calls go one after the other, as
 * Slack asks for; a stream that grows too long or too old is finished and goes on in a new message.
 */
export class RowStream {
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #target: Target;
  readonly #signal: AbortSignal;
  readonly #onMessage: (ts: string) => Promise<unknown>;
  readonly #onStray: () => Promise<unknown>;
  #ts: string | undefined;
  #bytes = 0;
  #startedAt = 0;
  #sentAt = 0;
  /** What should be seen, and what is. */
  #wanted: { title: string; rows: Row[] } | undefined;
  #shown = new Map<string, string>();
  #running: Promise<void> | undefined;
  #isOver = false;
  /** A message may have been begun of which nobody knows. */
  #hasStrays = false;

  constructor(
    target: Target,
    {
      client,
      clock,
      signal,
      onMessage,
      onStray,
    }: {
      client: Client;
      clock: Clock;
      signal: AbortSignal;
      onMessage: (ts: string) => Promise<unknown>;
      /** The stream has ended, and others of ours that are still open in the thread are none of anybody's. */
      onStray: () => Promise<unknown>;
    },
  ) {
    this.#target = target;
    this.#client = client;
    this.#clock = clock;
    this.#signal = signal;
    this.#onMessage = onMessage;
    this.#onStray = onStray;
  }

  /** Shows this state; states that come faster than Slack takes them are left out, the newest never is. */
  show(title: string, rows: Row[]): Promise<void> {
    this.#wanted = { title, rows };
    this.#running ??= this.#send().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #send(): Promise<void> {
    while (this.#wanted && !this.#isOver) {
      const { title, rows } = this.#wanted;
      const isNew = this.#changed(title, rows).length > 0;
      const wait = this.#sentAt + paceMs - this.#clock.now();
      if (wait > 0 && isNew) await this.#clock.sleep(wait, this.#signal);
      const wanted = this.#wanted;
      this.#wanted = undefined;
      await this.#put(wanted);
    }
  }

  async #put({ title, rows }: { title: string; rows: Row[] }): Promise<void> {
    const isOld = this.#ts !== undefined && this.#clock.now() - this.#startedAt > slackLimits.streamMs;
    const changed = this.#changed(title, rows);
    if (changed.length === 0 && !isOld) return;
    if (isOld || (this.#ts !== undefined && this.#bytes + bytesOf(changed) > slackLimits.streamBytes))
      await this.#replace();
    const chunks = this.#changed(title, rows);
    try {
      if (this.#ts === undefined) await this.#start(chunks);
      else await this.#append(chunks);
    } catch (error) {
      if (!(error instanceof Refused) || (!over.has(error.code) && !isContent(error))) throw error;
      // Stopped by a person: nothing more is shown. Too old or too long: the same goes on in a new message.
      this.#isOver = error.code === "stopped_by_user" || this.#ts === undefined;
      this.#forget();
      if (!this.#isOver) await this.#start(this.#changed(title, rows));
    }
    for (const chunk of chunks) this.#shown.set(idOf(chunk), JSON.stringify(chunk));
  }

  #changed(title: string, rows: Row[]): AnyChunk[] {
    const all: AnyChunk[] = [{ type: "plan_update", title }, ...rows];
    return all.filter((chunk) => this.#shown.get(idOf(chunk)) !== JSON.stringify(chunk));
  }

  async #start(chunks: AnyChunk[]): Promise<void> {
    const { channel, thread, team, user } = this.#target;
    const args = {
      channel,
      thread_ts: thread,
      recipient_team_id: team,
      recipient_user_id: user,
      task_display_mode: "plan",
      chunks,
    };
    const { ts } = await this.#client
      .call("chat.startStream", args, { repeatable: false, signal: this.#signal })
      .catch((error: unknown) => {
        this.#hasStrays ||= error instanceof Unclear;
        throw error;
      });
    this.#ts = String(ts);
    this.#startedAt = this.#clock.now();
    this.#count(chunks);
    await this.#onMessage(this.#ts);
  }

  async #append(chunks: AnyChunk[]): Promise<void> {
    const args = { channel: this.#target.channel, ts: this.#ts, chunks };
    // The same state twice looks like once.
    await this.#client.call("chat.appendStream", args, { repeatable: true, signal: this.#signal });
    this.#count(chunks);
  }

  #count(chunks: AnyChunk[]): void {
    this.#bytes += bytesOf(chunks);
    this.#sentAt = this.#clock.now();
  }

  #forget(): void {
    this.#ts = undefined;
    this.#bytes = 0;
    this.#shown = new Map();
  }

  /** The message so far goes: what follows shows all of it again. */
  async #replace(): Promise<void> {
    const { channel } = this.#target;
    const ts = this.#ts;
    this.#forget();
    if (ts === undefined) return;
    await endStream(this.#client, { channel, ts, signal: this.#signal });
    await this.#client
      .call("chat.delete", { channel, ts }, { repeatable: true, signal: this.#signal })
      .catch(() => {});
  }

  /** Finishes the message; the last state that was wanted is in it. */
  async end(): Promise<void> {
    await this.#running?.catch(() => {});
    this.#isOver = true;
    if (this.#ts !== undefined) {
      const { channel } = this.#target;
      await endStream(this.#client, { channel, ts: this.#ts, signal: this.#signal });
    }
    if (this.#hasStrays) await this.#onStray();
  }
}

/** Finishes a stream, whoever began it; one that has ended by itself is fine. */
export async function endStream(
  client: Client,
  { channel, ts, signal }: { channel: string; ts: string; signal: AbortSignal },
): Promise<void> {
  await client
    .call("chat.stopStream", { channel, ts }, { repeatable: true, signal })
    .catch((error: unknown) => {
      if (!(error instanceof Refused && over.has(error.code))) throw error;
    });
}

const idOf = (chunk: AnyChunk): string => (chunk.type === "task_update" ? `row:${chunk.id}` : chunk.type);

/** Rows count their details and output twice: measured, CopilotKit#6064. */
function bytesOf(chunks: readonly AnyChunk[]): number {
  return chunks.reduce((sum, chunk) => sum + 2 * Buffer.byteLength(JSON.stringify(chunk)), 0);
}
