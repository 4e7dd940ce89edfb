import { afterAll, beforeAll, expect, test } from "vitest";
import openai from "#src/providers/openai.ts";
import { type ModelServer, startModelServer } from "../fakes/model-server.ts";
import { collect, goodText, smallWire } from "../fakes/models.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const open = (model: string, env: object) => openai.open({ model, env: openai.env.parse(env) });
const schema = { name: "plan", wire: smallWire };

test("needs a key for OpenAI itself, and none for a server of one's own", async () => {
  await expect(open("gpt-5.5", {})).rejects.toThrow("OPENAI_API_KEY is missing");
  expect(openai.lacks!(openai.env.parse({ OPENAI_BASE_URL: "http://127.0.0.1:8000/v1" }))).toBeUndefined();
  const local = await open("qwen3", { OPENAI_BASE_URL: "http://127.0.0.1:8000/v1" });
  expect(local.pricing).toBe("unknown");
  expect((await open("gpt-5.5", { OPENAI_API_KEY: "k" })).pricing).toBe("list");
});

test.each([
  ["gpt-4.1", "auto", "/v1/chat/completions"],
  ["gpt-5.5", "auto", "/v1/chat/completions"],
  ["gpt-5.6-sol", "auto", "/v1/responses"],
  ["gpt-5.6-sol", "chat", "/v1/chat/completions"],
  ["qwen3", "responses", "/v1/responses"],
])("speaks for %s with OPENAI_API=%s at %s", async (model, OPENAI_API, path) => {
  const { url, received } = server.scenario("api", { answer: goodText });
  const { text, finish } = await collect(await open(model, { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API }), {
    schema,
  });
  expect(text).toBe(goodText);
  expect(finish).toMatch(/stop|completed/);
  expect(received[0]!.path).toBe(`/api${path}`);
});

test("recovers a refusal that the adapter drops", async () => {
  const { url } = server.scenario("refusal", { answer: "", end: "refusal" });
  for (const OPENAI_API of ["chat", "responses"]) {
    const { refusal } = await collect(await open("gpt-4.1", { OPENAI_BASE_URL: `${url}/v1`, OPENAI_API }), {
      schema,
    });
    expect(refusal).toContain("I cannot help with that.");
  }
});

test("sends the schema strictly, the budget of each call, and no wish to keep the prompt", async () => {
  const { url, received } = server.scenario("body", { answer: goodText });
  const chat = await open("gpt-5.5", { OPENAI_BASE_URL: `${url}/v1` });
  for (const maxTokens of [100, 200, 100]) await collect(chat, { schema, maxTokens });
  expect(received.map(({ body }) => body.max_completion_tokens)).toEqual([100, 200, 100]);
  expect(received[0]!.body.response_format).toEqual({
    type: "json_schema",
    json_schema: { name: "plan", strict: true, schema: smallWire },
  });
  await collect(await open("gpt-5.6-sol", { OPENAI_BASE_URL: `${url}/v1` }), { schema });
  expect(received[3]!.body).toMatchObject({
    store: false,
    text: { format: { name: "plan", schema: smallWire } },
  });
});
