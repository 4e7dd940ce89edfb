import type { Clock, Deadlines, Message, Model, Usage, WireSchema } from "#model/provider.ts";
import { type Fault, faultOf, outcomeOfFinish } from "./outcome.ts";

/** Longest answer that is read; more is not a plan but an attack or a loop. */
export const answerMaxChars = 400_000;
/** Partial answers are parsed anew each time, which is quadratic: never more often than chats can be edited. */
export const partialEveryMs = 700;

/** What one call gave: a whole text, or why there is none. */
export type Called = {
  end: { kind: "text"; text: string } | Fault;
  ms: number;
  firstTextMs: number | null;
  usage: Usage | null;
  estimated: boolean;
};

type Call = {
  model: Model;
  messages: readonly Message[];
  schema: { name: string; wire: WireSchema };
  maxTokens: number;
  signal: AbortSignal;
  deadlines: Pick<Deadlines, "firstTextMs" | "idleMs" | "attemptMs">;
  /** Set once everything took too long. */
  overdue: AbortSignal;
  clock: Clock;
  onText?: ((text: string) => void) | undefined;
};

/** Makes one call and reads its stream to the end, within its deadlines. Never throws what the adapter throws. */
export async function call(given: Call): Promise<Called> {
  const { model, messages, schema, maxTokens, signal, deadlines, overdue, clock, onText } = given;
  const startedAt = clock.now();
  const watch = watchdog({ signal, overdue, deadlines, clock });
  let text = "";
  let usage: Usage | null = null;
  let finish: string | undefined;
  let refusal = "";
  let firstTextMs: number | null = null;
  let fault: Fault | undefined;
  let pieces = 0;
  let sent = false;
  let broken: { error: unknown } | undefined;
  let partialAt = startedAt;
  let iterator: AsyncIterator<unknown> | undefined;

  try {
    const stream = model
      .stream({ messages, schema, maxTokens, signal: watch.signal })
      [Symbol.asyncIterator]();
    iterator = stream;
    while (!watch.fired()) {
      const next = stream.next();
      sent = true;
      next.catch(() => {}); // after a stop nobody waits for it, and what it throws then means nothing
      const got = await Promise.race([next, watch.stopped]);
      if (got === undefined || got.done || watch.fired()) break;
      const chunk = got.value;
      pieces += 1;
      if (chunk.usage) usage = chunk.usage;
      if (chunk.finish) finish = chunk.finish;
      if (chunk.refusal) refusal += chunk.refusal;
      if (!chunk.text) continue;
      text += chunk.text;
      firstTextMs ??= clock.now() - startedAt;
      watch.heard();
      if (text.length > answerMaxChars) {
        fault = { kind: "length", detail: `more than ${answerMaxChars} characters` };
        break;
      }
      if (onText && clock.now() - partialAt >= partialEveryMs) {
        partialAt = clock.now();
        try {
          onText(text);
        } catch (error) {
          broken = { error }; // a fault of ours, not of the model
          break;
        }
      }
    }
  } catch (error) {
    // Own signals go first: each adapter has its own way to say that it was stopped.
    if (!watch.fired()) fault = faultOf(error, { started: pieces > 0 });
  } finally {
    watch.close(); // closes the socket, wherever the stream stands
    void iterator?.return?.()?.catch?.(() => {});
  }

  if (broken) throw broken.error;
  fault = watch.fired() ?? fault;
  const end = fault ?? endOf({ text, finish, refusal });
  // Whoever answers with an error has counted nothing; whoever was hung up on may have.
  const taken = sent && (pieces > 0 || ["text", "timeout", "aborted"].includes(end.kind));
  return {
    end,
    ms: clock.now() - startedAt,
    firstTextMs,
    usage: usage ?? (taken ? estimate(messages, text) : null),
    estimated: usage === null && taken,
  };
}

function endOf({
  text,
  finish,
  refusal,
}: {
  text: string;
  finish: string | undefined;
  refusal: string;
}): Called["end"] {
  const outcome = outcomeOfFinish({ ...(finish && { finish }), refusal });
  if (outcome === "done") return { kind: "text", text };
  return {
    kind: outcome,
    detail: refusal.slice(0, 300) || (finish ? `ended with "${finish}"` : "ended without saying so"),
  };
}

/** About four characters a token in Latin scripts; a count that is marked as an estimate. */
export function estimate(messages: readonly Message[], answer: string): Usage {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  return {
    input: Math.ceil(characters / 4),
    output: Math.ceil(answer.length / 4),
    cacheRead: 0,
    cacheWrite: 0,
  };
}

/** One signal for everything that can end a call, which remembers what it was. */
function watchdog({
  signal,
  overdue,
  deadlines,
  clock,
}: Pick<Call, "signal" | "overdue" | "deadlines" | "clock">) {
  const stop = new AbortController();
  let fired: Fault | undefined;
  let release = () => {};
  const stopped = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined);
  });
  const end = (fault: Fault) => {
    if (stop.signal.aborted) return;
    fired = fault;
    stop.abort();
    release();
  };
  const late = (detail: string) => () => end({ kind: "timeout", detail });
  const onAbort = () => end({ kind: "aborted", detail: "stopped" });
  const onOverdue = late("everything together took too long");
  if (signal.aborted) onAbort();
  else if (overdue.aborted) onOverdue();
  signal.addEventListener("abort", onAbort, { once: true });
  overdue.addEventListener("abort", onOverdue, { once: true });
  const endAttempt = clock.after(
    deadlines.attemptMs,
    late(`no whole answer after ${deadlines.attemptMs} ms`),
  );
  let endSilence = clock.after(deadlines.firstTextMs, late(`no text after ${deadlines.firstTextMs} ms`));

  return {
    signal: stop.signal,
    stopped,
    fired: () => fired,
    /** Text came: from now on only silence between two pieces counts. */
    heard() {
      endSilence();
      if (!stop.signal.aborted)
        endSilence = clock.after(deadlines.idleMs, late(`silent for ${deadlines.idleMs} ms`));
    },
    close() {
      endSilence();
      endAttempt();
      signal.removeEventListener("abort", onAbort);
      overdue.removeEventListener("abort", onOverdue);
      stop.abort();
      release();
    },
  };
}
