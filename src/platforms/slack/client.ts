import { type Logger, LogLevel, WebClient } from "@slack/web-api";
import type { Log } from "#model/platform.ts";
import { isRevoked, isUnsupported, outcomeOf, Refused } from "./errors.ts";
import { problemsOfCall } from "./limits/calls.ts";
import { type Clock, createScheduler, pacesOf } from "./scheduler.ts";

export type CallOptions = {
  signal?: AbortSignal;
  /** Doing it twice does no harm: it is repeated when nobody knows whether it was done. */
  repeatable: boolean;
};

export type Client = {
  /** Calls a method at Slack's pace. Throws Refused when Slack says no, Unclear when it may have been done. */
  call: (method: string, args: Record<string, unknown>, options: CallOptions) => Promise<Answer>;
  /** Whether this Slack has a method: false once it said that it does not. */
  has: (method: string) => boolean;
  token: string;
};
export type Answer = { ok: boolean; [key: string]: unknown };

const timeoutMs = 10_000; // Slack answers within one; its own client would wait for ever
const mostTries = 4;
const mostLimited = 20; // each waits as long as Slack says
const firstPauseMs = 250;

export type ClientOptions = {
  token: string;
  apiUrl?: string | undefined;
  log: Log;
  clock: Clock;
  postsPerSecond: number;
  /** The token was revoked: nothing will work any more. */
  onRevoked?: (error: Refused) => void;
};

/**
 * The Web API, with the client's own retries switched off: it would repeat a post that Slack has taken, and pause every
 * channel for the sake of one. Headers are never set, they would leak from one token to another.
 */
export function createClient({
  token,
  apiUrl,
  log,
  clock,
  postsPerSecond,
  onRevoked,
}: ClientOptions): Client {
  const web = new WebClient(token, {
    ...(apiUrl && { slackApiUrl: apiUrl }),
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: loggerOf(log),
  });
  const scheduler = createScheduler(clock);
  const missing = new Set<string>();

  async function call(method: string, args: Record<string, unknown>, options: CallOptions): Promise<Answer> {
    const { signal, repeatable } = options;
    // What Slack would refuse is refused here, and falls back to plainer words just the same.
    const problems = problemsOfCall(method, args);
    if (problems.length > 0) throw new Refused(method, { error: "invalid_arguments", messages: problems });
    const channel = channelOf(args);
    const paces = pacesOf(method, channel, postsPerSecond);
    let limited = 0;
    for (let tries = 1; ; ) {
      await scheduler.turn([...paces, pauseOf(method, channel)], signal);
      const outcome = await web.apiCall(method, args).then(
        (answer) => ({ kind: "done" as const, answer: answer as Answer }),
        (error: unknown) => outcomeOf(method, error),
      );
      switch (outcome.kind) {
        case "done":
          return outcome.answer;
        case "limited":
          log.debug({ method, channel, afterMs: outcome.afterMs }, "slack asks to wait");
          scheduler.pause(pauseOf(method, channel).key, outcome.afterMs);
          if (++limited > mostLimited) throw new Refused(method, { error: "ratelimited" });
          continue;
        case "refused":
          refused(method, outcome.error);
          throw outcome.error;
        case "unsent":
        case "unclear":
          if ((outcome.kind === "unclear" && !repeatable) || tries >= mostTries) throw outcome.error;
          log.debug({ method, channel, err: outcome.error }, "slack did not answer, asked again");
          await clock.sleep(firstPauseMs * 4 ** (tries++ - 1), signal);
      }
    }
  }

  function refused(method: string, error: Refused): void {
    if (isRevoked(error)) onRevoked?.(error);
    if (!isUnsupported(error) || missing.has(method)) return;
    if (error.code === "unknown_method" || error.code.startsWith("feature") || error.code === "not_agent_app")
      missing.add(method);
    log.info({ method, code: error.code, needed: error.needed }, "this Slack does not let us call a method");
  }

  return { call, has: (method) => !missing.has(method), token };
}

/** What Retry-After holds for: this method in this channel, nothing else. */
const pauseOf = (method: string, channel = "") => ({
  key: `pause:${method}:${channel}`,
  perMinute: 60_000,
  burst: 60_000,
});

function channelOf({ channel, channel_id }: Record<string, unknown>): string | undefined {
  const id = channel ?? channel_id;
  return typeof id === "string" ? id : undefined;
}

/** Slack's packages say much that is ours to say: only what nobody else tells is passed on. */
export function loggerOf(log: Log): Logger {
  const join = (words: unknown[]) => words.map(String).join(" ");
  return {
    debug() {},
    info: (...words) => log.debug({ from: "slack" }, join(words)),
    warn: (...words) => log.debug({ from: "slack" }, join(words)),
    error: (...words) => log.warn({ from: "slack" }, join(words)),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}
