import { afterAll, beforeAll, expect, test } from "vitest";
import ollama from "#src/providers/ollama.ts";
import { type ModelServer, startModelServer } from "../fakes/model-server.ts";
import { collect, goodText, smallWire } from "../fakes/models.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const open = (model: string, env: object) => ollama.open({ model, env: ollama.env.parse(env) });

test("needs nothing, and costs nothing but in Ollama's cloud", async () => {
  expect((await open("qwen3:8b", {})).pricing).toBe("free");
  expect((await open("gpt-oss:120b-cloud", {})).pricing).toBe("unknown");
});

test("sends the schema, the budget of each call, and a context large enough that no prompt is cut", async () => {
  const { url, received } = server.scenario("body", { answer: goodText });
  const model = await open("qwen3:8b", { OLLAMA_BASE_URL: url, OLLAMA_CONTEXT_TOKENS: "65536" });
  for (const maxTokens of [100, 200])
    await collect(model, { schema: { name: "plan", wire: smallWire }, maxTokens });
  expect(received.map(({ body }) => body)).toMatchObject([
    { model: "qwen3:8b", format: smallWire, options: { num_predict: 100, num_ctx: 65_536 } },
    { options: { num_predict: 200 } },
  ]);
});

test("says how the server's error ended, with its status and headers", async () => {
  const { url } = server.scenario("busy", { status: 503, message: "busy", headers: { "retry-after": "7" } });
  const failed = await collect(await open("m", { OLLAMA_BASE_URL: url })).catch((error) => error);
  expect(failed.status_code).toBe(503);
  expect(failed.headers.get("retry-after")).toBe("7");
});
