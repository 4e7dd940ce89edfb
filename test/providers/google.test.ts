import { afterAll, beforeAll, expect, test } from "vitest";
import google from "#src/providers/google.ts";
import { type ModelServer, startModelServer } from "../fakes/model-server.ts";
import { collect, goodText, smallWire } from "../fakes/models.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const open = (env: object) => google.open({ model: "gemini-2.5-pro", env: google.env.parse(env) });

test("needs a key for Google itself, and none for a gateway", async () => {
  await expect(open({})).rejects.toThrow("GOOGLE_API_KEY is missing");
  expect((await open({ GOOGLE_API_KEY: "k" })).pricing).toBe("list");
  expect((await open({ GOOGLE_BASE_URL: "http://127.0.0.1:1" })).pricing).toBe("unknown");
});

test("sends the schema as JSON schema, and the budget of each call", async () => {
  const { url, received } = server.scenario("body", { answer: goodText });
  const model = await open({ GOOGLE_BASE_URL: url });
  for (const maxTokens of [100, 200])
    await collect(model, { schema: { name: "plan", wire: smallWire }, maxTokens });
  expect(received.map(({ body }) => body.generationConfig)).toMatchObject([
    { maxOutputTokens: 100, responseMimeType: "application/json", responseJsonSchema: smallWire },
    { maxOutputTokens: 200 },
  ]);
});

test("counts running sums once", async () => {
  const { url } = server.scenario("usage", { answer: goodText });
  const { usage, finish } = await collect(await open({ GOOGLE_BASE_URL: url }));
  expect(usage).toEqual({ input: 1_200, output: 80, cacheRead: 1_024, cacheWrite: 0 });
  expect(finish).toBe("STOP");
});

test("tells a refused answer from a refused prompt", async () => {
  const refused = server.scenario("safety", { answer: "", end: "refusal" });
  expect(await collect(await open({ GOOGLE_BASE_URL: refused.url }))).toMatchObject({ refusal: "SAFETY" });
  const blocked = server.scenario("blocked", { blockedPrompt: true });
  expect(await collect(await open({ GOOGLE_BASE_URL: blocked.url }))).toMatchObject({
    text: "",
    finish: "PROHIBITED_CONTENT",
  });
});
