import { afterAll, beforeAll, expect, test } from "vitest";
import anthropic from "#src/providers/anthropic.ts";
import { type ModelServer, startModelServer } from "../fakes/model-server.ts";
import { collect, goodText, smallWire } from "../fakes/models.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const open = (env: object) => anthropic.open({ model: "claude-sonnet-5", env: anthropic.env.parse(env) });

test("needs a key for Anthropic itself, and none for a gateway", async () => {
  await expect(open({})).rejects.toThrow("ANTHROPIC_API_KEY is missing");
  expect((await open({ ANTHROPIC_API_KEY: "k" })).pricing).toBe("list");
  expect((await open({ ANTHROPIC_BASE_URL: "http://127.0.0.1:1" })).pricing).toBe("unknown");
});

test("sends the schema as it is, the budget of each call, and lets the stable part be cached", async () => {
  const { url, received } = server.scenario("body", { answer: goodText });
  const model = await open({ ANTHROPIC_BASE_URL: url });
  for (const maxTokens of [100, 200])
    await collect(model, { schema: { name: "plan", wire: smallWire }, maxTokens });
  expect(received.map(({ body }) => body.max_tokens)).toEqual([100, 200]);
  // The adapter's own rewriting would turn enums into words.
  expect(received[0]!.body.output_config).toEqual({ format: { type: "json_schema", schema: smallWire } });
  expect(received[0]!.body.system).toEqual([
    { type: "text", text: "stable", cache_control: { type: "ephemeral" } },
  ]);
  expect(JSON.stringify(received[0]!.body.messages)).not.toContain("cache_control");
});

test("does not count the first output token twice", async () => {
  const { url } = server.scenario("usage", { answer: goodText });
  const { usage, finish } = await collect(await open({ ANTHROPIC_BASE_URL: url }));
  expect(usage).toEqual({ input: 1_200, output: 80, cacheRead: 1_024, cacheWrite: 0 });
  expect(finish).toBe("end_turn");
});
