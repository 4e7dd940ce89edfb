import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { PermanentError } from "#model/platform.ts";

/** Slack answered, and the answer was no: `code` is Slack's own word for why. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly method: string;
  readonly code: string;
  /** The scope that was missing, where that was it. */
  readonly needed: string | undefined;
  constructor(method: string, data: { error: string; needed?: string; messages?: readonly string[] }) {
    const more = [data.needed && `needs ${data.needed}`, ...(data.messages ?? [])].filter(Boolean).join("; ");
    super(`slack: ${method} answered ${data.error}${more ? ` (${more})` : ""}`);
    this.method = method;
    this.code = data.error;
    this.needed = data.needed;
  }
}

/** No answer came, or none that says whether it was done. */
export class Unclear extends Error {
  override readonly name = "Unclear";
}

/** What became of one request. */
export type Outcome =
  | { kind: "limited"; afterMs: number }
  | { kind: "refused"; error: Refused }
  /** It never reached Slack: it may be repeated, whatever it is. */
  | { kind: "unsent"; error: unknown }
  | { kind: "unclear"; error: Unclear };

const NEVER_SENT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT/;
/** Slack's words for "try again"; whether it was done, it does not say. */
const UNSURE: readonly string[] = [
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
];

/** Reads an error of the Web API client. */
export function outcomeOf(method: string, error: unknown): Outcome {
  if (error instanceof WebAPIRateLimitedError) return { kind: "limited", afterMs: error.retryAfter * 1000 };
  if (error instanceof WebAPIPlatformError) {
    const { error: code } = error.data;
    if (code === "ratelimited" || code === "rate_limited") return { kind: "limited", afterMs: 1_000 };
    if (UNSURE.includes(code)) return unclear(method, code, error);
    const data = error.data as { needed?: string; response_metadata?: { messages?: string[] } };
    const messages = data.response_metadata?.messages;
    return {
      kind: "refused",
      error: new Refused(method, {
        error: code,
        ...(data.needed && { needed: data.needed }),
        ...(messages && { messages }),
      }),
    };
  }
  if (error instanceof WebAPIHTTPError) return unclear(method, `HTTP ${error.statusCode}`, error);
  if (error instanceof WebAPIRequestError && NEVER_SENT.test(codesOf(error.original)))
    return { kind: "unsent", error };
  return unclear(method, error instanceof Error ? error.message : String(error), error);
}

function unclear(method: string, why: string, cause: unknown): Outcome {
  return {
    kind: "unclear",
    error: new Unclear(`slack: ${method} may or may not have been done (${why})`, { cause }),
  };
}

/** Codes of an error and of what caused it: fetch hides the one that tells behind "fetch failed". */
function codesOf(error: unknown): string {
  const codes: string[] = [];
  for (let at = error as { code?: string; cause?: unknown; errors?: unknown[] } | undefined; at; ) {
    if (at.code) codes.push(at.code);
    for (const one of at.errors ?? []) codes.push(codesOf(one));
    at = at.cause as typeof at;
  }
  return codes.join(" ");
}

/** What is wrong with the words or blocks of a message; said otherwise, it may be taken. */
const content = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "invalid_arguments",
  "invalid_chunks",
  "msg_too_long",
  "msg_blocks_too_long",
  "msg_blocks_too_many",
  "markdown_text_conflict",
  "no_text",
  "blocks_too_long",
  "invalid_attachments",
]);
/** This Slack does not have it, or not for this app: it need not be asked again. */
const unsupported = new Set([
  "unknown_method",
  "method_not_supported_for_channel_type",
  "feature_disabled",
  "feature_not_enabled",
  "not_agent_app",
  "not_allowed_token_type",
  "missing_scope",
  "method_deprecated",
  "not_authorized",
  "team_access_not_granted",
]);
const gone = new Set([
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "is_inactive",
  "thread_not_found",
  "message_not_found",
  "invalid_thread_ts",
  "user_not_found",
  "user_not_in_channel",
]);
const shutOut = new Set(["channel_not_found", "not_in_channel"]);
/** It is in there, and may not write. */
const closed = new Set([
  "is_archived",
  "restricted_action",
  "restricted_action_read_only_channel",
  "restricted_action_thread_only_channel",
  "restricted_action_non_threadable_channel",
  "restricted_action_thread_locked",
]);
/** The token is of no use any more: nothing can be done before an operator gives another. */
const revoked = new Set([
  "invalid_auth",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "not_authed",
  "org_login_required",
]);

const isOne = (codes: ReadonlySet<string>) => (error: unknown) =>
  error instanceof Refused && codes.has(error.code);
export const isContent = isOne(content);
export const isUnsupported = isOne(unsupported);
export const isGone = isOne(gone);
export const isShutOut = isOne(shutOut);
export const isClosed = isOne(closed);
export const isRevoked = isOne(revoked);

/** A refusal as the journey understands it: no retry helps. */
export function permanent(error: Refused): PermanentError {
  const isTooLong = error.code.includes("too_long") || error.code.includes("too_large");
  const reason = isGone(error) ? "gone" : isTooLong ? "too-large" : "refused";
  return new PermanentError(error.message, { reason, cause: error });
}
