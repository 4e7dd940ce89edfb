import { UsageError } from "#model/errors.ts";
import type { Outcome } from "#model/provider.ts";
import { blank } from "#model/secrets.ts";

/** What follows an outcome, and the sentence a person reads when it was the last one. */
export type Policy = {
  /** `repair`: the same model, with the objections · `next`: the next model · `stop`: nobody else is asked. */
  then: "repair" | "next" | "stop";
  /** It may pass by itself: once all models were tried, this one is asked again after a pause. */
  again: boolean;
  say: `model.${Outcome}`;
};
type Failed = Exclude<Outcome, "ok">;

const row = (kind: Failed, then: Policy["then"], again = false): [Failed, Policy] => [
  kind,
  { then, again, say: `model.${kind}` },
];

/** One row for everything that can become of an attempt. */
export const policies = Object.fromEntries([
  row("schema", "repair"),
  row("guard", "repair"),
  row("malformed", "repair"),
  row("length", "next"), // half an answer may fit a loose schema: it is never repaired
  row("refusal", "stop"), // asking others until one agrees is not ours to do
  row("filter", "stop"),
  row("cut", "next", true),
  row("timeout", "next"), // the person has waited long enough for this one
  row("rate", "next", true),
  row("server", "next", true),
  row("config", "next"),
  row("aborted", "stop"),
  row("budget", "stop"),
]) as Record<Failed, Policy>;

/** What an error means. `permanent`: the pause after which it might pass is longer than anybody waits. */
export type Fault = {
  kind: Failed;
  detail: string;
  retryAfterMs?: number;
  alert?: true;
  permanent?: true;
};

const LENGTH = /^(length|max_tokens|max_output_tokens|model_context_window_exceeded)$/i;
const FILTER =
  /content_?filter|recitation|blocklist|prohibited|spii|^(image_)?safety$|content filtering policy/i;
const DONE = /^(stop|end_turn|stop_sequence|completed)$/i;
const QUOTA = /insufficient_quota|credit balance/i;

/** What the provider's word for the end means; an end without one, or with a strange one, is a cut. */
export function outcomeOfFinish({
  finish,
  refusal,
}: {
  finish?: string;
  refusal?: string;
}): "done" | "length" | "refusal" | "filter" | "cut" {
  if (refusal || /refus/i.test(finish ?? "")) return "refusal";
  if (!finish) return "cut";
  if (DONE.test(finish)) return "done";
  if (LENGTH.test(finish)) return "length";
  return FILTER.test(finish) ? "filter" : "cut";
}

type Thrown = {
  message?: unknown;
  status?: unknown;
  statusCode?: unknown;
  status_code?: unknown;
  code?: unknown;
  headers?: unknown;
  cause?: unknown;
};

/** What a thrown thing means. Goes by status and code, never by class: each SDK has classes of its own. */
export function faultOf(error: unknown, { started }: { started: boolean }): Fault {
  const chain = causes(error);
  const status = chain.map(statusOf).find((found) => found !== undefined);
  const codes = chain.map(({ code }) => String(code ?? "")).join(" ");
  const message = chain.map(({ message }) => String(message ?? "")).join(" ← ");
  const retryAfterMs = chain.map(({ headers }) => retryAfter(headers)).find((found) => found !== undefined);
  const fault = { detail: blank(message).slice(0, 300), ...(retryAfterMs !== undefined && { retryAfterMs }) };

  // A provider that could not be opened at all: its key is missing.
  if (error instanceof UsageError) return { ...fault, kind: "config", alert: true };
  if (FILTER.test(codes) || /content filtering policy|content_filter/i.test(message))
    return { ...fault, kind: "filter" };
  if (status === undefined) {
    const unreachable = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(`${codes} ${message}`);
    // A broken connection before and after the first piece is the same to a person.
    return { ...fault, kind: !started && unreachable ? "server" : "cut" };
  }
  if (QUOTA.test(`${codes} ${message}`)) return { ...fault, kind: "rate", alert: true, permanent: true };
  if (status === 429 || status === 529) return { ...fault, kind: "rate" };
  if (status >= 500 || status === 408 || status === 409) return { ...fault, kind: "server" };
  return { ...fault, kind: "config", alert: true };
}

function causes(error: unknown): Thrown[] {
  const found: Thrown[] = [];
  for (let at = error; typeof at === "object" && at !== null && found.length < 5; at = (at as Thrown).cause)
    found.push(at as Thrown);
  return found.length > 0 ? found : [{ message: String(error) }];
}

function statusOf({ status, statusCode, status_code }: Thrown): number | undefined {
  const found = status ?? statusCode ?? status_code;
  return typeof found === "number" && found >= 400 ? found : undefined;
}

function retryAfter(headers: unknown): number | undefined {
  const read = (name: string): string | undefined => {
    if (headers instanceof Headers) return headers.get(name) ?? undefined;
    const value = (headers as Record<string, unknown> | undefined)?.[name];
    return typeof value === "string" ? value : undefined;
  };
  const ms = Number(read("retry-after-ms"));
  if (ms > 0) return ms;
  const text = read("retry-after");
  if (!text) return undefined;
  const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
