import type { AIMessage } from "@langchain/core/messages";
import type { Attempt, Deadlines, Model, Outcome, Reserve, Usage } from "#model/provider.ts";
import { faultOf, outcomeOfFinish } from "#steps/chain/outcome.ts";
import { wireSchema } from "#steps/chain/wire-schema.ts";
import { costFor } from "#steps/chain.ts";
import { type LookUp, lookUpsAtMost } from "#steps/look-ups.ts";

/** How long one question waits: for the first piece of each call, between two pieces, for everything. */
export type AgentDeadlines = Pick<Deadlines, "firstTextMs" | "idleMs" | "totalMs">;

export type AgentOptions = {
  system: string;
  /** What the person asked, as data. */
  user: string;
  lookUps: readonly LookUp[];
  deadlines: AgentDeadlines;
  signal: AbortSignal;
  reserve?: Reserve;
  onAttempt?: (attempt: Attempt) => void;
};

/** What an agent came to; `loop`: it went on looking up after its last look-up. */
export type AgentResult =
  | { kind: "text"; text: string; attempts: Attempt[] }
  | { kind: Exclude<Outcome, "ok"> | "loop"; attempts: Attempt[]; detail: string };

const answerTokens = 4_000; // an answer takes 500; thinking about it several times that
// One call for each look-up, one that is told there are no more, one to answer.
const callsAtMost = lookUpsAtMost + 2;
const noMore = "There are no look-ups left. Answer now from what was found, or say that it is unknown.";

class Stopped extends Error {}

/**
 * Lets one model answer with look-ups as its only tools, at most eight of them, all of it within its deadlines. LangChain's
 * agent is loaded by the first question. Never throws what an adapter throws.
 */
export async function runAgent(model: Model, options: AgentOptions): Promise<AgentResult> {
  const { system, user, lookUps, signal } = options;
  const attempts: Attempt[] = [];
  const watch = watchdog(options.deadlines, signal);
  let ended: { kind: Exclude<AgentResult["kind"], "text">; detail: string } | undefined;
  const stop = (kind: Exclude<AgentResult["kind"], "text">, detail: string): Stopped => {
    ended ??= { kind, detail };
    return new Stopped(detail);
  };
  try {
    if (!model.langchain) throw stop("config", `${model.id} cannot be asked with tools`);
    const [{ createAgent, createMiddleware, tool }, chat] = await Promise.all([
      import("langchain"),
      model.langchain({ maxTokens: answerTokens, signal: watch.signal }),
    ]);
    const counting = createMiddleware({
      name: "Counting",
      async wrapModelCall(request, handler) {
        if (attempts.length >= callsAtMost) throw stop("loop", `looked up more than ${lookUpsAtMost} times`);
        const asked = JSON.stringify(request.messages).length + system.length;
        const inputTokens = Math.ceil(asked / 4);
        const settle = await reserved(options, { model, inputTokens });
        if (!settle) throw stop("budget", "a cap on tokens or money is reached");
        watch.begin();
        const count = async (told: Pick<Attempt, "kind"> & Partial<Attempt>, usage: Usage | null) => {
          const attempt: Attempt = {
            model: model.id,
            ...watch.end(),
            usage,
            estimated: false,
            costUsd: costFor(model, usage),
            objections: [],
            repair: false,
            ...told,
          };
          attempts.push(attempt);
          await settle(attempt);
          options.onAttempt?.(attempt);
        };
        try {
          const message = (await handler(request)) as AIMessage;
          const usage = usageOf(message);
          const estimated = { input: inputTokens, output: answerTokens, cacheRead: 0, cacheWrite: 0 };
          await count({ kind: "ok", estimated: !usage }, usage ?? estimated);
          return message;
        } catch (error) {
          if (error instanceof Stopped) throw error;
          const fault = watch.fired() ?? faultOf(error, { started: false });
          // Whoever was hung up on may have counted.
          const taken = watch.fired() ? { input: inputTokens, output: 0, cacheRead: 0, cacheWrite: 0 } : null;
          await count({ ...fault, estimated: taken !== null }, taken);
          throw stop(fault.kind, fault.detail);
        }
      },
    });
    let lastEnd: Ended | undefined;
    const listening = {
      handleLLMNewToken: watch.heard,
      handleLLMEnd(end: Ended) {
        lastEnd = end;
      },
    };
    let left = lookUpsAtMost;
    const agent = createAgent({
      model: chat,
      systemPrompt: system,
      middleware: [counting],
      tools: lookUps.map(({ name, description, input, run }) =>
        tool(
          (asked: unknown) => {
            if (left === 0) return noMore;
            left -= 1;
            return left === 0 ? `${run(asked as never)}\n${noMore}` : run(asked as never);
          },
          // What a model asks for is parsed by the look-up itself, which answers instead of throwing.
          { name, description, schema: wireSchema(input) as never },
        ),
      ),
    });
    const state = await Promise.race([
      agent.invoke(
        { messages: [{ role: "user", content: user }] },
        {
          signal: watch.signal,
          recursionLimit: callsAtMost * 2 + 1,
          // Streamed, so that silence can be told from thinking.
          callbacks: [
            { ...listening, name: "watch", lc_prefer_streaming: true, awaitHandlers: true } as never,
          ],
        },
      ),
      watch.stopped,
    ]);
    if (state === undefined) throw new Stopped("stopped");
    const last = state.messages.at(-1) as AIMessage;
    const end = endOf(last, lastEnd);
    if (end !== "done") throw stop(end, "the answer is not whole");
    const text = last.tool_calls?.length ? "" : last.text.trim();
    // Chat Completions carries a refusal in a field that the adapter drops: nothing is left of it.
    if (text === "") throw stop("refusal", "the answer is empty");
    return { kind: "text", text, attempts };
  } catch (error) {
    const { kind, detail } = watch.fired() ?? ended ?? faultOf(error, { started: true });
    return { kind, detail, attempts };
  } finally {
    watch.close(); // closes the socket, wherever the agent stands
  }
}

type Settle = (attempt: Attempt) => Promise<void>;

async function reserved(
  { reserve }: AgentOptions,
  call: { model: Model; inputTokens: number },
): Promise<Settle | undefined> {
  return reserve ? reserve({ ...call, outputTokens: answerTokens }) : async () => {};
}

function usageOf({ usage_metadata: counted }: AIMessage): Usage | undefined {
  if (!counted) return undefined;
  const { input_tokens: input, output_tokens: output, input_token_details: details } = counted;
  return { input, output, cacheRead: details?.cache_read ?? 0, cacheWrite: details?.cache_creation ?? 0 };
}

type Ended = { generations: { generationInfo?: Record<string, unknown> }[][] };

/** How a call ended, in the word of whichever provider it was; Chat Completions says it beside the message. */
function endOf({ additional_kwargs: extra, response_metadata: metadata }: AIMessage, ended?: Ended) {
  const told: Record<string, unknown> = {
    ...ended?.generations[0]?.[0]?.generationInfo,
    ...metadata,
    ...extra,
  };
  const incomplete = told.incomplete_details as { reason?: string } | null | undefined;
  const words = ["finish_reason", "stop_reason", "finishReason", "done_reason", "status"];
  const finish =
    incomplete?.reason ?? words.map((word) => told[word]).find((word) => typeof word === "string");
  return outcomeOfFinish({
    ...(typeof finish === "string" && { finish }),
    // Gemini has no other way to say no.
    refusal: typeof told.refusal === "string" ? told.refusal : finish === "SAFETY" ? finish : "",
  });
}

/** One signal for everything that can end a question, which remembers what it was. */
function watchdog({ firstTextMs, idleMs, totalMs }: AgentDeadlines, signal: AbortSignal) {
  const stop = new AbortController();
  let fired: { kind: "timeout" | "aborted"; detail: string } | undefined;
  let release = () => {};
  const stopped = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined);
  });
  const end = (kind: "timeout" | "aborted", detail: string) => {
    fired ??= { kind, detail };
    stop.abort(new Stopped(detail));
    release();
  };
  const onAbort = () => end("aborted", "stopped");
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  const total = setTimeout(() => end("timeout", `no answer after ${totalMs} ms`), totalMs);
  let silence: NodeJS.Timeout | undefined;
  let beganAt = 0;
  let firstAt: number | undefined;
  const wait = (ms: number) => {
    clearTimeout(silence);
    silence = setTimeout(() => end("timeout", `silent for ${ms} ms`), ms);
  };
  return {
    signal: stop.signal,
    stopped,
    fired: () => fired,
    begin() {
      beganAt = Date.now();
      firstAt = undefined;
      wait(firstTextMs);
    },
    heard() {
      firstAt ??= Date.now();
      if (!stop.signal.aborted) wait(idleMs);
    },
    end() {
      clearTimeout(silence);
      const now = Date.now();
      return { ms: now - beganAt, firstTextMs: firstAt === undefined ? null : firstAt - beganAt };
    },
    close() {
      clearTimeout(total);
      clearTimeout(silence);
      signal.removeEventListener("abort", onAbort);
      stop.abort();
      release();
    },
  };
}
