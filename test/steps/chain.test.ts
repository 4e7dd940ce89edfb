import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { costOf, pricedModels, priceOf, priceSources } from "#catalogue/prices.ts";
import type { Attempt, ChainOptions, Chunk, Model } from "#model/provider.ts";
import { outcomes } from "#model/provider.ts";
import { judge, unfence } from "#src/steps/chain/judge.ts";
import { faultOf, outcomeOfFinish, policies } from "#src/steps/chain/outcome.ts";
import { drift } from "#src/steps/chain/repair.ts";
import { defaultDeadlines, loggable, runChain } from "#src/steps/chain.ts";
import { badText, good, goodText, noMicroK8s, Small, smallWire, unsoundText } from "../fakes/models.ts";

type Script = string | Chunk[] | Error | ((signal: AbortSignal) => AsyncIterable<Chunk>);

/** A model that answers from a list; the last entry is repeated. Keeps what it was asked. */
function scripted(id: string, ...script: Script[]) {
  const asked: string[][] = [];
  const model: Model = {
    id,
    async *stream({ messages, signal }) {
      const entry = script[Math.min(asked.length, script.length - 1)]!;
      asked.push(messages.map(({ content }) => content));
      if (entry instanceof Error) throw entry;
      if (typeof entry === "function") yield* entry(signal);
      else if (typeof entry === "string") yield* [{ text: entry }, { finish: "stop" }];
      else yield* entry;
    },
  };
  return Object.assign(model, { asked });
}

const never = new AbortController().signal;
function chain(models: Model[], options: Partial<ChainOptions<Small>> = {}) {
  return runChain<Small>({
    schema: Small,
    wire: smallWire,
    check: noMicroK8s,
    messages: [{ role: "user", content: "three nodes" }],
    models,
    signal: never,
    ...options,
  });
}
const httpError = (status: number, headers: Record<string, string> = {}) =>
  Object.assign(new Error(`status ${status}`), { status, headers: new Headers(headers) });
const kinds = ({ attempts }: { attempts: Attempt[] }) => attempts.map(({ kind }) => kind);

describe("repair", () => {
  test("quotes every finding as a JSON pointer and keeps at most two corrections", async () => {
    const model = scripted("m", badText);
    const result = await chain([model]);
    expect(result).toMatchObject({ kind: "schema" });
    expect(model.asked).toHaveLength(3);
    expect(model.asked[1]!.at(-1)).toContain("- /distro: ");
    expect(model.asked[1]!.at(-1)).toContain("- /nodes: ");
    expect(model.asked[1]![0]).toBe(model.asked[0]![0]);
    expect(model.asked[2]).toHaveLength(3); // the best so far and its findings, not a growing talk
  });

  test("throws a correction away that also changed what nobody named", async () => {
    const drifted = JSON.stringify({ ...good, distro: "k0s", note: "and by the way" });
    const model = scripted("m", unsoundText, drifted, goodText);
    const result = await chain([model]);
    expect(kinds(result)).toEqual(["guard", "guard", "ok"]);
    expect(result.attempts[1]!.objections).toEqual([
      expect.objectContaining({ pointer: "/note", rule: "drift" }),
    ]);
    expect(model.asked[2]!.at(-1)).toContain("also changed /note");
    expect(model.asked[2]!.at(-2)).toBe(unsoundText);
  });

  test("keeps the best answer with what is still wrong with it when nobody corrects it", async () => {
    const result = await chain([scripted("m", unsoundText)]);
    expect(result).toMatchObject({
      kind: "guard",
      best: { value: { distro: "microk8s" }, objections: [{ pointer: "/distro" }] },
    });
  });

  test("keeps the answer before a correction that drifted, unless there was none", async () => {
    const note = (text: string) => JSON.stringify({ ...good, note: text });
    const drifting = await chain([scripted("m", unsoundText, note("and by the way"))]);
    expect(drifting).toMatchObject({ kind: "guard", best: { value: { distro: "microk8s", note: null } } });
    const broken = await chain([scripted("m", badText, note("and by the way"))]);
    expect(broken).toMatchObject({
      kind: "guard",
      best: { value: { distro: "k3s" }, objections: [{ pointer: "/note", rule: "drift" }] },
    });
  });

  test("keeps the best of two models", async () => {
    const check = ({ note }: Small) =>
      [...(note ?? "")].map((_, at) => ({ pointer: "/note", rule: `r${at}`, message: "no" }));
    const noted = (note: string) => JSON.stringify({ ...good, note });
    const result = await chain([scripted("a", noted("xxx")), scripted("b", noted("xx"), noted("xxxx"))], {
      check,
    });
    expect(result).toMatchObject({ kind: "guard", best: { value: { note: "xx" } } });
  });

  test("never repairs half an answer, though it would fit", async () => {
    const model = scripted("m", [{ text: goodText }, { finish: "max_tokens" }]);
    expect(kinds(await chain([model]))).toEqual(["length"]);
  });

  test("accepts no correction that touches an unnamed pointer, whatever it changes", () => {
    const value = fc.object({ maxDepth: 3, values: [fc.integer(), fc.string(), fc.constant(null)] });
    fc.assert(
      fc.property(value, value, (before, after) => {
        const judged = (raw: unknown, pointers: string[]) => ({
          kind: "schema" as const,
          text: "",
          raw,
          objections: pointers.map((pointer) => ({ pointer, rule: "r", message: "m" })),
        });
        const [a, b] = [before, after].map((raw) => JSON.parse(JSON.stringify(raw)));
        const changed = drift(judged(a, []), judged(b, []));
        expect(changed.length === 0).toBe(canonical(a) === canonical(b));
        // What is reported is all there is: once named, it may change.
        if (changed.length < 10) expect(drift(judged(a, changed), judged(b, []))).toEqual([]);
        expect(drift(judged(a, [""]), judged(b, []))).toEqual([]);
      }),
    );
  });

  test("lets named items of a list go, and only those", () => {
    const list = (items: number[], pointers: string[] = []) => ({
      kind: "schema" as const,
      text: "",
      raw: { list: items },
      objections: pointers.map((pointer) => ({ pointer, rule: "r", message: "m" })),
    });
    expect(drift(list([1, 2, 3, 4], ["/list/1"]), list([1, 3, 4]))).toEqual([]);
    expect(drift(list([1, 2, 3, 4], ["/list/1", "/list/3"]), list([1, 9, 3]))).toEqual([]);
    expect(drift(list([1, 2, 3, 4], ["/list/1"]), list([1, 2, 4]))).toEqual(["/list"]);
    expect(drift(list([1, 2], ["/list/1"]), list([1, 2, 3]))).toEqual(["/list"]);
    expect(drift(list([1, 2], ["/list"]), list([7]))).toEqual([]);
  });
});

/** JSON with sorted keys and without what is absent. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

describe("reading", () => {
  const read = (text: string) => judge(text, { schema: Small, check: noMicroK8s });

  test("never throws, and never takes for good what is not the schema", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((text) => `\`\`\`json\n${text}\n\`\`\``),
        ),
        (text) => {
          const { kind } = read(text);
          if (kind === "ok") expect(Small.safeParse(JSON.parse(unfence(text))).success).toBe(true);
        },
      ),
    );
  });

  test.each([
    ["a prototype", `{"__proto__":{"distro":"k3s"},${goodText.slice(1)}`, "schema"],
    ["an unknown key", `{"exec":"rm -rf /",${goodText.slice(1)}`, "schema"],
    ["two objects", goodText + goodText, "malformed"],
    ["a tower of brackets", "[".repeat(300) + "]".repeat(300), "malformed"],
    ["a byte order mark", `\uFEFF${goodText}`, "ok"],
    ["fences without end", "`".repeat(200_000), "malformed"],
    ["blanks after a fence", `\`\`\`\n${" ".repeat(200_000)}x`, "malformed"],
    ["a number for everything", "1e999", "schema"],
  ])("judges %s", (_, text, kind) => {
    const startedAt = performance.now();
    expect(read(text).kind).toBe(kind);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test("names an unknown key by its own pointer", () => {
    const judged = read(`{"a/b":1,${goodText.slice(1)}`);
    expect(judged.objections).toMatchObject([{ pointer: "/a~1b", rule: "unrecognized_keys" }]);
  });
});

describe("outcomes", () => {
  test("has one policy and one sentence for each", () => {
    expect(Object.keys(policies).sort()).toEqual(outcomes.filter((kind) => kind !== "ok").sort());
    for (const [kind, { say }] of Object.entries(policies)) expect(say).toBe(`model.${kind}`);
  });

  test.each([
    ["stop", "done"],
    ["end_turn", "done"],
    ["STOP", "done"],
    ["completed", "done"],
    ["length", "length"],
    ["max_tokens", "length"],
    ["MAX_TOKENS", "length"],
    ["max_output_tokens", "length"],
    ["model_context_window_exceeded", "length"],
    ["refusal", "refusal"],
    ["content_filter", "filter"],
    ["RECITATION", "filter"],
    ["PROHIBITED_CONTENT", "filter"],
    ["MALFORMED_FUNCTION_CALL", "cut"],
    ["pause_turn", "cut"],
    [undefined, "cut"],
  ])("reads the finish %s as %s", (finish, kind) => {
    expect(outcomeOfFinish({ ...(finish && { finish }) })).toBe(kind);
  });

  test("goes by status wherever an SDK keeps it, and blanks credentials out of what it said", () => {
    for (const key of ["status", "statusCode", "status_code"])
      expect(faultOf({ message: "x", [key]: 503 }, { started: false }).kind).toBe("server");
    expect(faultOf(new Error("x", { cause: { status: 429 } }), { started: false }).kind).toBe("rate");
    const secret = `sk-proj-${"A1b2".repeat(12)}`;
    const { detail } = faultOf({ status: 401, message: `Incorrect API key: ${secret}` }, { started: false });
    expect(detail).not.toContain(secret);
    for (const thrown of [undefined, null, "x", 7, {}]) faultOf(thrown, { started: true });
  });

  test.each([
    [{ status: 400, code: "content_filter" }, "filter", undefined],
    [{ status: 400, message: "Output blocked by content filtering policy" }, "filter", undefined],
    [{ status: 429, code: "insufficient_quota" }, "rate", true],
    [{ status: 400, message: "Your credit balance is too low" }, "rate", true],
    [{ status: 402 }, "config", true],
    [{ status: 413 }, "config", true],
    [{ status: 408 }, "server", undefined],
    [{ status: 529 }, "rate", undefined],
    [{ message: "terminated" }, "cut", undefined],
    [{ message: "fetch failed", cause: { code: "ECONNREFUSED" } }, "server", undefined],
  ])("reads %j as %s", (error, kind, alert) => {
    expect(faultOf(error, { started: false })).toMatchObject({ kind, ...(alert && { alert }) });
  });

  test("tells a log nothing of prompt or answer", async () => {
    const { attempts } = await chain([scripted("m", JSON.stringify({ ...good, distro: "SECRET WORDS" }))]);
    expect(JSON.stringify(attempts.map(loggable))).not.toContain("SECRET");
    expect(JSON.stringify(attempts.map(loggable))).not.toContain("three nodes");
  });
});

describe("time", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test("asks again after a growing pause, at most twice, and never longer than ten seconds", async () => {
    const model = scripted("m", httpError(503), httpError(429, { "retry-after": "9" }), goodText);
    const running = chain([model]);
    await vi.advanceTimersByTimeAsync(499);
    expect(model.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(model.asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(8_900);
    expect(model.asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(200);
    expect((await running).kind).toBe("ok");
    expect(kinds(await chain([scripted("m", httpError(429, { "retry-after": "11" }))]))).toEqual(["rate"]);
  });

  test("ends within the total deadline, whatever the models do", async () => {
    // A piece every ten seconds, for ever: neither silent nor done.
    const drip = () =>
      (async function* () {
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 10_000));
          yield { text: " " };
        }
      })();
    const startedAt = Date.now();
    const running = chain([scripted("a", drip), scripted("b", drip), scripted("c", drip)]);
    await vi.advanceTimersByTimeAsync(defaultDeadlines.totalMs + 10);
    const result = await running;
    expect(result.kind).toBe("timeout");
    expect(kinds(result)).toEqual(["timeout", "timeout"]);
    expect(Date.now() - startedAt).toBeLessThanOrEqual(defaultDeadlines.totalMs + 10);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(2); // only the models' own
  });

  test("waits long for the first text, whatever else comes before it, and short for the next", async () => {
    const thinking = () =>
      (async function* (): AsyncGenerator<Chunk> {
        yield { usage: { input: 1, output: 0, cacheRead: 0, cacheWrite: 0 } };
        await new Promise((resolve) => setTimeout(resolve, 80_000));
        yield { text: goodText };
        await new Promise((resolve) => setTimeout(resolve, 29_000));
        yield { finish: "stop" };
      })();
    const running = chain([scripted("m", thinking)]);
    await vi.advanceTimersByTimeAsync(110_000);
    expect(await running).toMatchObject({ kind: "ok", attempts: [{ firstTextMs: 80_000 }] });
  });

  test("stops in the middle of a pause", async () => {
    const cancel = new AbortController();
    const running = chain([scripted("m", httpError(503))], { signal: cancel.signal });
    await vi.advanceTimersByTimeAsync(100);
    cancel.abort();
    expect((await running).kind).toBe("aborted");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("comes back at once from a model that ignores its signal", async () => {
    const cancel = new AbortController();
    const deaf: Model = {
      id: "deaf",
      stream: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }),
    };
    const running = chain([deaf], { signal: cancel.signal });
    await vi.advanceTimersByTimeAsync(10);
    cancel.abort();
    expect((await running).kind).toBe("aborted");
  });
});

describe("cost", () => {
  const usage = { input: 1_200, output: 100, cacheRead: 1_000, cacheWrite: 100 };
  const counted: Script = [{ text: goodText }, { finish: "stop", usage }];

  test("is counted for failed attempts too, estimated and marked where nothing was told", async () => {
    const cut: Script = [{ text: "x".repeat(400) }];
    const { attempts } = await chain([
      scripted("openai:gpt-5.5", cut),
      scripted("anthropic:claude-sonnet-5", counted),
    ]);
    expect(attempts).toMatchObject([
      { kind: "cut", estimated: true, usage: { output: 100 } },
      { kind: "ok", estimated: false, usage },
    ]);
    // 100 fresh, 1,000 read, 100 written, 100 out at 2 / 0.2 / 2.5 / 10 dollars a million
    expect(attempts[1]!.costUsd).toBeCloseTo((100 * 2 + 1_000 * 0.2 + 100 * 2.5 + 100 * 10) / 1e6, 12);
  });

  test("is null for a model without a listed price, and for somebody else's server; nothing on our own", async () => {
    const cost = async (id: string, pricing?: Model["pricing"]) =>
      (await chain([{ ...scripted(id, counted), ...(pricing && { pricing }) }])).attempts[0]!.costUsd;
    expect(await cost("openai:gpt-99")).toBeNull();
    expect(await cost("openai:gpt-5.5", "unknown")).toBeNull();
    expect(await cost("ollama:qwen3", "free")).toBe(0);
  });

  test("takes a dated name for its alias, long prompts for dearer, and an ended price for none", () => {
    expect(priceOf("anthropic:claude-haiku-4-5-20251001")).toEqual(priceOf("anthropic:claude-haiku-4-5"));
    const long = { input: 300_000, output: 1_000, cacheRead: 0, cacheWrite: 0 };
    expect(costOf("google:gemini-2.5-pro", long)).toBeCloseTo((300_000 * 2.5 + 1_000 * 15) / 1e6, 9);
    expect(priceOf("google:gemini-3.8-flash", Date.parse("2027-01-01T00:00:00Z"))).toBeUndefined();
    expect(priceOf("openai:__proto__")).toBeUndefined();
    for (const model of pricedModels) {
      expect(priceSources[model.split(":")[0]!], model).toMatch(/^https:/);
      const { input, output, cacheRead } = priceOf(model, 0)!;
      expect(cacheRead).toBeLessThan(input);
      expect(output).toBeGreaterThan(input);
    }
  });

  test("is reserved before each call and settled after it; a cap ends the chain", async () => {
    const settled: Attempt[] = [];
    let left = 2;
    const model = scripted("m", badText);
    const result = await chain([model, scripted("n", goodText)], {
      maxTokens: 900,
      reserve: async ({ model: { id }, inputTokens, outputTokens }) => {
        expect([id, outputTokens]).toEqual(["m", 900]);
        expect(inputTokens).toBeGreaterThan(0);
        left -= 1;
        return left < 0 ? undefined : async (attempt) => void settled.push(attempt);
      },
    });
    expect(result.kind).toBe("budget");
    expect(model.asked).toHaveLength(2);
    expect(settled).toEqual(result.attempts);
  });
});

test("ends with the outcome of the last model when nobody could be asked", async () => {
  expect(await chain([])).toEqual({ kind: "config", attempts: [] });
  const result = await chain([scripted("a", httpError(401)), scripted("b", httpError(404))]);
  expect(kinds(result)).toEqual(["config", "config"]);
  expect(result.attempts.every(({ alert }) => alert)).toBe(true);
});

test("lets a fault of ours through instead of blaming the model", async () => {
  const boom = () => {
    throw new RangeError("ours");
  };
  await expect(chain([scripted("m", goodText)], { check: boom })).rejects.toThrow("ours");
  const slow: Script = () =>
    (async function* () {
      yield { text: "{" };
      await new Promise((resolve) => setTimeout(resolve, 750));
      yield { text: goodText.slice(1) };
      yield { finish: "stop" };
    })();
  await expect(chain([scripted("m", slow)], { onPartial: boom })).rejects.toThrow("ours");
});

test("runs with any schema of one object", async () => {
  const Other = z.strictObject({ ok: z.boolean() });
  const result = await runChain({
    schema: Other,
    wire: { type: "object" },
    check: () => [],
    messages: [],
    models: [scripted("m", '{"ok":true}')],
    signal: never,
  });
  expect(result).toMatchObject({ kind: "ok", value: { ok: true } });
});
