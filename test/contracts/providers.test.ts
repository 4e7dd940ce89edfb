import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Attempt, ChainOptions, Clock, Deadlines, Outcome } from "#model/provider.ts";
import { all, names } from "#src/app/shelf.ts";
import { policies } from "#src/steps/chain/outcome.ts";
import { runChain } from "#src/steps/chain.ts";
import { type Act, type ModelServer, startModelServer } from "../fakes/model-server.ts";
import {
  type Api,
  apis,
  badText,
  good,
  goodText,
  noMicroK8s,
  Small,
  smallWire,
  unsoundText,
} from "../fakes/models.ts";

/** Our clock runs ten times as fast as the server's, so that nobody waits for pauses. */
const haste = 10;
const clock: Clock = {
  now: () => performance.now() * haste,
  after(ms, run) {
    const timer = setTimeout(run, ms / haste);
    return () => clearTimeout(timer);
  },
};
const deadlines: Deadlines = { firstTextMs: 6_000, idleMs: 4_000, attemptMs: 50_000, totalMs: 80_000 };
const slackMs = 600;

let server: ModelServer;
const rejections: unknown[] = [];
const onRejection = (reason: unknown) => rejections.push(reason);
beforeAll(async () => {
  process.on("unhandledRejection", onRejection);
  server = await startModelServer();
  for (const { open } of apis) await open(server.scenario("warm").url); // imports are not what is timed
});
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 10)); // a late rejection belongs to the test before
  expect(rejections.splice(0)).toEqual([]);
});
afterAll(() => {
  process.off("unhandledRejection", onRejection);
  server.close();
});

type Row = {
  fault: string;
  acts: Act[];
  /** The kinds of all attempts, in order; the chain ends with the last, or with "ok". */
  kinds: Outcome[];
  /** Calls that reached the server; more than attempts would be hidden retries. */
  endsWithinMs?: number;
  alert?: true;
  /** Ollama's protocol has no words for it. */
  notPlain?: true;
};

const answer = (text: string): Act => ({ answer: text });
const fenced = `Here is the plan:\n\`\`\`json\n${JSON.stringify(good, null, 2)}\n\`\`\`\nGood luck!`;

/** Every row of the fault table: one model alone. */
const rows: Row[] = [
  { fault: "nothing", acts: [answer(goodText)], kinds: ["ok"] },
  {
    fault: "malformed JSON, then good",
    acts: [answer('{"distro": k3s,,}'), answer(goodText)],
    kinds: ["malformed", "ok"],
  },
  {
    fault: "malformed JSON for ever",
    acts: [answer('{"distro": k3s,,}')],
    kinds: ["malformed", "malformed", "malformed"],
  },
  { fault: "an empty answer", acts: [answer("")], kinds: ["malformed", "malformed", "malformed"] },
  { fault: "fenced JSON with chatter", acts: [answer(fenced)], kinds: ["ok"] },
  {
    fault: "a truncated answer",
    acts: [{ answer: goodText.slice(0, 60), end: "length" }],
    kinds: ["length"],
  },
  {
    fault: "a truncated answer that happens to be whole",
    acts: [{ answer: goodText, end: "length" }],
    kinds: ["length"],
  },
  { fault: "a broken schema, then good", acts: [answer(badText), answer(goodText)], kinds: ["schema", "ok"] },
  { fault: "a broken schema for ever", acts: [answer(badText)], kinds: ["schema", "schema", "schema"] },
  {
    fault: "guards that object, then good",
    acts: [answer(unsoundText), answer(goodText)],
    kinds: ["guard", "ok"],
  },
  { fault: "a refusal", acts: [{ answer: "", end: "refusal" }], kinds: ["refusal"], notPlain: true },
  {
    fault: "a content filter",
    acts: [{ filter: true, answer: goodText }],
    kinds: ["filter"],
    notPlain: true,
  },
  {
    fault: "429 with Retry-After",
    acts: [{ status: 429, code: "rate_limit_exceeded", headers: { "retry-after": "2" } }, answer(goodText)],
    kinds: ["rate", "ok"],
  },
  {
    fault: "429 with a Retry-After nobody waits for",
    acts: [{ status: 429, code: "rate_limit_exceeded", headers: { "retry-after": "60" } }],
    kinds: ["rate"],
    endsWithinMs: 300,
  },
  {
    fault: "a bare 429, then good",
    acts: [{ status: 429, code: "rate_limit_exceeded" }, answer(goodText)],
    kinds: ["rate", "ok"],
  },
  {
    fault: "a quota that is used up",
    acts: [{ status: 429, code: "insufficient_quota", message: "insufficient_quota: check your plan" }],
    kinds: ["rate"],
    alert: true,
    endsWithinMs: 300,
  },
  {
    fault: "500 twice, then good",
    acts: [{ status: 500 }, { status: 500 }, answer(goodText)],
    kinds: ["server", "server", "ok"],
  },
  { fault: "500 for ever", acts: [{ status: 500 }], kinds: ["server", "server", "server"] },
  {
    fault: "529 overloaded",
    acts: [{ status: 529, code: "overloaded_error" }],
    kinds: ["rate", "rate", "rate"],
  },
  {
    fault: "400 for the schema",
    acts: [{ status: 400, message: "Invalid schema for response_format: 'oneOf' is not permitted." }],
    kinds: ["config"],
    alert: true,
  },
  {
    fault: "401 for the key",
    acts: [{ status: 401, code: "invalid_api_key" }],
    kinds: ["config"],
    alert: true,
  },
  {
    fault: "404 for the model",
    acts: [{ status: 404, code: "model_not_found" }],
    kinds: ["config"],
    alert: true,
  },
  {
    fault: "a hung connection",
    acts: [{ break: "hang" }],
    kinds: ["timeout"],
    endsWithinMs: deadlines.firstTextMs / haste + slackMs,
  },
  {
    fault: "headers and then nothing",
    acts: [{ break: "headers" }],
    kinds: ["timeout"],
    endsWithinMs: deadlines.firstTextMs / haste + slackMs,
  },
  {
    fault: "a stalled stream",
    acts: [{ break: "stall", answer: goodText }],
    kinds: ["timeout"],
    endsWithinMs: deadlines.idleMs / haste + slackMs,
  },
  {
    fault: "a reset connection, then good",
    acts: [{ break: "reset" }, answer(goodText)],
    kinds: ["cut", "ok"],
  },
  {
    fault: "a socket cut mid-stream",
    acts: [{ break: "cut", answer: goodText }, answer(goodText)],
    kinds: ["cut", "ok"],
  },
  {
    fault: "a clean end without a finish",
    acts: [{ break: "clean-end", answer: goodText }, answer(goodText)],
    kinds: ["cut", "ok"],
  },
  {
    fault: "an error inside the stream",
    acts: [{ break: "error", answer: goodText }, answer(goodText)],
    kinds: ["cut", "ok"],
  },
  {
    fault: "a whole answer without an end",
    acts: [{ break: "clean-end", answer: goodText.slice(0, 40) }],
    kinds: ["cut", "cut", "cut"],
  },
  {
    fault: "an answer without bounds",
    acts: [{ answer: `{"reasoning":"${"x".repeat(1_000_000)}"}`, pieceChars: 8_000 }],
    kinds: ["length"],
  },
  {
    fault: "a tower of brackets",
    acts: [{ answer: "[".repeat(100_000), pieceChars: 8_000 }],
    kinds: ["malformed"],
  },
];

let count = 0;
/** Runs a chain over one API and one scenario. */
async function run(api: Api, acts: Act[], options: Partial<ChainOptions<Small>> = {}) {
  count += 1;
  const { url, received } = server.scenario(`s${count}`, ...acts);
  const seen: Attempt[] = [];
  const startedAt = Date.now();
  const result = await runChain<Small>({
    schema: Small,
    wire: smallWire,
    check: noMicroK8s,
    messages: [
      { role: "system", content: "Answer with one JSON object." },
      { role: "user", content: "Three nodes, 2 GB." },
    ],
    models: [await api.open(url)],
    deadlines,
    clock,
    maxTokens: 500,
    signal: new AbortController().signal,
    onAttempt: (attempt) => seen.push(attempt),
    ...options,
  });
  expect(seen).toEqual(result.attempts);
  return { result, received, ms: Date.now() - startedAt };
}

test("covers every provider on the shelf", async () => {
  expect([...new Set(apis.map(({ provider }) => provider.name))].sort()).toEqual(await names("providers"));
});

test("loads the shelf without loading LangChain, and describes every setting", async () => {
  for (const { env } of await all<{ env: Api["provider"]["env"] }>("providers")) {
    expect(env.safeParse({}).success).toBe(true);
    for (const [name, field] of Object.entries(env.shape)) expect(field.description, name).toBeTruthy();
  }
});

describe.each(apis.map((api): [string, Api] => [api.name, api]))("%s", (_, api) => {
  const expressible = rows.filter(({ notPlain }) => !(notPlain && api.plain));

  test.concurrent.each(expressible.map((row): [string, Row] => [row.fault, row]))(
    "meets %s",
    async (_, row) => {
      const { result, received, ms } = await run(api, row.acts);
      expect(result.attempts.map(({ kind }) => kind)).toEqual(row.kinds);
      expect(result.kind).toBe(row.kinds.at(-1));
      expect(received.length).toBe(row.kinds.length); // nothing was sent behind our back
      expect(result.attempts.some(({ alert }) => alert)).toBe(row.alert === true);
      if (row.endsWithinMs) expect(ms).toBeLessThan(row.endsWithinMs);
      if (result.kind === "ok") expect(result.value).toEqual(good);
      else expect(policies[result.kind].say).toBe(`model.${result.kind}`);
    },
  );

  test("asks for the schema natively, with our number of tokens, and counts as the provider does", async () => {
    const { result, received } = await run(api, [answer(goodText)]);
    const body = JSON.stringify(received[0]!.body);
    expect(body).toContain('"k3s","k0s","microk8s"');
    expect(body).toContain('"additionalProperties":false');
    expect(body).toMatch(/"(max_tokens|max_output_tokens|maxOutputTokens|num_predict)":500\b/);
    const { usage, estimated } = result.attempts[0]!;
    expect(usage).toEqual({ input: 1_200, output: 80, cacheRead: api.plain ? 0 : 1_024, cacheWrite: 0 });
    expect(estimated).toBe(false);
  });

  test("sends an answer back with pointers, and keeps the first messages as they were", async () => {
    const { received } = await run(api, [answer(badText), answer(goodText)]);
    const [first, second] = received.map(({ body }) => JSON.stringify(body));
    expect(second).toContain("/distro: ");
    expect(second).toContain("/nodes: ");
    expect(first).not.toContain("/distro: ");
    const head = first!.slice(first!.indexOf("Answer with one"), first!.indexOf("Three nodes"));
    expect(second).toContain(head);
  });

  test("closes the socket within 50 ms of a cancel, before the first text and in the middle", async () => {
    for (const acts of [[{ break: "hang" }], [{ break: "stall", answer: goodText }]] satisfies Act[][]) {
      const late: number[] = [];
      // A busy machine may be late by itself: the best of three counts.
      while (late.length < 3 && !late.some((ms) => ms < 50)) late.push(await cancelled(acts));
      expect(Math.min(...late)).toBeLessThan(50);
    }

    async function cancelled(acts: Act[]): Promise<number> {
      const cancel = new AbortController();
      let at = 0;
      setTimeout(() => {
        at = Date.now();
        cancel.abort();
      }, 150);
      const { result, received } = await run(api, acts, { signal: cancel.signal });
      const backMs = Date.now() - at;
      expect(result.kind).toBe("aborted");
      await expect.poll(() => received[0]?.closedAt, { interval: 5 }).toBeDefined();
      return Math.max(backMs, received[0]!.closedAt! - at);
    }
  });

  test("puts characters together that arrive in pieces of bytes", async () => {
    const note = "边缘节点 — ‹2 GB› 🚚🚛 \u0000 Größe";
    const text = JSON.stringify({ ...good, note });
    const { result } = await run(api, [{ answer: text, pieceChars: 5, bytes: 7 }]);
    expect(result).toMatchObject({ kind: "ok", value: { note } });
  });

  test("sends nothing once it was cancelled", async () => {
    const { result, received } = await run(api, [answer(goodText)], { signal: AbortSignal.abort() });
    expect(result.kind).toBe("aborted");
    expect(received).toEqual([]);
    expect(result.attempts[0]).toMatchObject({ usage: null, costUsd: 0 });
  });

  test("streams: the answer is seen growing", async () => {
    const seen: unknown[] = [];
    await run(api, [{ answer: goodText, pieceMs: 15 }], { onPartial: (value) => seen.push(value) });
    expect(seen.length).toBeGreaterThanOrEqual(1);
    expect(seen.length).toBeLessThanOrEqual(5); // never faster than every 700 ms
    expect(seen[0]).toHaveProperty("reasoning");
  });
});

test("Gemini's blocked prompt is a filter, not a silence", async () => {
  const google = apis.find(({ name }) => name === "google")!;
  const { result } = await run(google, [{ blockedPrompt: true }]);
  expect(result.kind).toBe("filter");
});

test("falls over to another provider whatever the first one does, unless it must stop", async () => {
  const [first, second] = [apis[0]!, apis.find(({ name }) => name === "anthropic")!];
  for (const { fault, acts, kinds } of rows) {
    const last = kinds.at(-1)!;
    if (["ok", "aborted"].includes(last)) continue;
    count += 1;
    const healthy = server.scenario(`h${count}`, answer(goodText));
    const sick = server.scenario(`i${count}`, ...acts);
    const { result } = await run(first, acts, {
      models: [await first.open(sick.url), await second.open(healthy.url)],
    });
    const stops = policies[last as keyof typeof policies].then === "stop";
    expect(result.kind, fault).toBe(stops ? last : "ok");
    expect(healthy.received.length, fault).toBe(stops ? 0 : 1);
    // The first model is not asked again while another one is there.
    expect(sick.received.length, fault).toBeLessThanOrEqual(3);
  }
});

test("names a server that is not there a server fault", async () => {
  const gone = await startModelServer();
  const { url } = gone.scenario("gone");
  gone.close();
  for (const api of apis) {
    const { result } = await run(api, [], { models: [await api.open(url)] });
    expect(new Set(result.attempts.map(({ kind }) => kind)), api.name).toEqual(new Set(["server"]));
  }
});
