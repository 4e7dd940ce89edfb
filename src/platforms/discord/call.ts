import { setTimeout as sleep } from "node:timers/promises";
import { DiscordAPIError, HTTPError } from "discord.js";
import type { Failure } from "#model/conversation.ts";
import { PermanentError } from "#model/platform.ts";

/** Discord's own numbers: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export const code = {
  unknownChannel: 10003,
  unknownGuild: 10004,
  unknownMessage: 10008,
  unknownUser: 10013,
  unknownInteraction: 10062,
  oldEdits: 30046,
  tooLarge: 40005,
  alreadyAcknowledged: 40060,
  missingAccess: 50001,
  closedDms: 50007,
  missingPermissions: 50013,
  badWebhookToken: 50027,
  noHistory: 50160,
  archived: 50083,
  threadExists: 160004,
  locked: 160005,
  threadCap: 160006,
} as const;

const gone: readonly number[] = [
  code.unknownChannel,
  code.unknownGuild,
  code.unknownMessage,
  code.unknownUser,
  code.missingAccess,
  code.closedDms,
];
const firstPauseMs = 300;
const longestPauseMs = 5_000;
const tries = 6;

/** Discord's number for a refusal; undefined for everything that is none. */
export function codeOf(error: unknown): number | undefined {
  const cause = error instanceof PermanentError ? error.cause : error;
  return cause instanceof DiscordAPIError ? Number(cause.code) : undefined;
}

/** The bot's token is no longer valid: nothing will work any more. */
export function isRevoked(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.status === 401 && Number(error.code) === 0;
  // What the library says once it has thrown the token away.
  return error instanceof Error && error.message.startsWith("Expected token to be set");
}

/** A refusal as the error that says so; whatever may go better next time stays as it is. */
function lasting(error: unknown): unknown {
  if (!(error instanceof DiscordAPIError) || error.status === 429) return error;
  if (isRevoked(error)) return error;
  const number = Number(error.code);
  const isLarge = number === code.tooLarge || error.status === 413;
  const reason: Failure = gone.includes(number) ? "gone" : isLarge ? "too-large" : "refused";
  return new PermanentError(`discord: ${error.method} refused: ${error.message} (${number})`, {
    reason,
    cause: error,
  });
}

/** Whether the same request may do better in a moment: Discord itself failed, or the connection did. */
function isPassing(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.status >= 500;
  if (error instanceof HTTPError) return error.status >= 500;
  if (error instanceof PermanentError || isRevoked(error)) return false;
  return true;
}

/**
 * What a request that may be repeated answers in the end: it is tried again with growing, scattered pauses until the signal fires,
 * since the library itself repeats at once and gives up. Refusals are thrown as PermanentError.
 */
export async function call<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error) || attempt >= tries) throw lasting(error);
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt) * (0.5 + Math.random() / 2);
      await sleep(pauseMs, undefined, { signal });
    }
  }
}
