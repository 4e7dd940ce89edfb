import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelNames, openModels, warm } from "#src/app/models.ts";
import { runChain } from "#src/steps/chain.ts";
import { type ModelServer, startModelServer } from "../fakes/model-server.ts";
import { goodText, noMicroK8s, Small, smallWire } from "../fakes/models.ts";
import { runCli } from "./run-cli.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

describe("MODELS", () => {
  test("keeps colons in a model's name, order and all", () => {
    expect(modelNames({ MODELS: "openai:gpt-5.5, ollama:qwen3:8b" })).toEqual([
      { provider: "openai", model: "gpt-5.5" },
      { provider: "ollama", model: "qwen3:8b" },
    ]);
    expect(modelNames({})).toEqual([]);
  });

  test.each([
    [{ MODELS: "gpt-5.5" }, "must be a list such as openai:"],
    [{ MODELS: "openai:" }, "must be a list such as openai:"],
    [{ MODELS: "irc:x" }, 'providers: no "irc". Pick one of: anthropic, google, ollama, openai'],
    [{ MODELS: "openai:gpt-5.5" }, "OPENAI_API_KEY is missing"],
    [{ MODELS: "ollama:x,anthropic:y" }, "ANTHROPIC_API_KEY is missing"],
  ])("refuses %j with what would be right", async (env, message) => {
    await expect(openModels(env)).rejects.toThrow(message);
  });

  test.each([
    ["LANGSMITH_TRACING", "true"],
    ["LANGSMITH_GATEWAY", "true"],
    ["LANGCHAIN_TRACING_V2", "true"],
    ["LANGSMITH_API_KEY", "lsv2_x"],
  ])("refuses %s=%s, unless it is allowed", async (name, value) => {
    const env = { MODELS: "ollama:m", [name]: value };
    await expect(openModels(env)).rejects.toThrow(name);
    expect(await openModels({ ...env, EDGEWRIGHT_ALLOW_LANGSMITH: "true" })).toHaveLength(1);
    expect(await openModels({ ...env, [name]: "false" })).toHaveLength(1);
  });

  test("is nothing where it is not set, whatever else is", async () => {
    expect(await openModels({ LANGSMITH_TRACING: "true", OPENAI_API_KEY: "k" })).toEqual([]);
    await warm([]);
  });

  test("falls back along the list, over providers", async () => {
    const sick = server.scenario("sick", { status: 401 });
    const healthy = server.scenario("healthy", { answer: goodText });
    const models = await openModels({
      MODELS: "anthropic:claude-sonnet-5,openai:gpt-4.1",
      ANTHROPIC_BASE_URL: sick.url,
      OPENAI_BASE_URL: `${healthy.url}/v1`,
    });
    await warm(models);
    const result = await runChain({
      schema: Small,
      wire: smallWire,
      check: noMicroK8s,
      messages: [{ role: "user", content: "plan" }],
      models,
      signal: AbortSignal.timeout(10_000),
    });
    expect(result.attempts.map(({ model, kind }) => [model, kind])).toEqual([
      ["anthropic:claude-sonnet-5", "config"],
      ["openai:gpt-4.1", "ok"],
    ]);
    expect(models.map(({ pricing }) => pricing)).toEqual(["unknown", "unknown"]);
  });

  test("loads no LangChain before the first call", () => {
    const url = (path: string) => new URL(join("../../src/", path), import.meta.url).href;
    const script = `
      import { registerHooks } from "node:module";
      const seen = [];
      registerHooks({ resolve(name, context, next) { if (/langchain/.test(name)) seen.push(name); return next(name, context); } });
      const { openModels } = await import("${url("app/models.ts")}");
      await openModels({ MODELS: "openai:a,anthropic:b,google:c,ollama:d", OPENAI_API_KEY: "k", ANTHROPIC_API_KEY: "k", GOOGLE_API_KEY: "k" });
      await import("${url("steps/chain.ts")}");
      console.log(JSON.stringify(seen));`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      cwd: join(import.meta.dirname, "../.."),
    });
    expect(JSON.parse(output)).toEqual([]);
  });
});

describe("smoke", () => {
  test("shows model, schema, tokens and cost of one call", async () => {
    const answer = { reasoning: "r", fits: "k3s", nodes: [{ role: "server", count: 1 }], note: null };
    const { url, received } = server.scenario("smoke", { answer: JSON.stringify(answer) });
    const { code, stdout } = await runCli(["smoke"], {
      env: { MODELS: "anthropic:claude-sonnet-5,ollama:never", ANTHROPIC_BASE_URL: url },
    });
    expect(code).toBe(0);
    expect(stdout).toContain("model    anthropic:claude-sonnet-5");
    expect(stdout).toContain("schema   accepted");
    expect(stdout).toContain("tokens   1200 in, 80 out");
    expect(stdout).toContain("cost     unknown");
    expect(received).toHaveLength(1);
  });

  test("says what is wrong when the call fails, and ends with 1", async () => {
    const { url } = server.scenario("smoke-401", { status: 401, message: "invalid x-api-key" });
    const { code, stdout } = await runCli(["smoke"], {
      env: { MODELS: "anthropic:claude-sonnet-5", ANTHROPIC_BASE_URL: url },
    });
    expect(code).toBe(1);
    expect(stdout).toContain("invalid x-api-key");
    expect(stdout).toContain("result   failed: the provider refused the call");
  });

  test.each([
    [{ MODELS: "" }, "MODELS is not set"],
    [{ MODELS: "openai:gpt-5.5", OPENAI_API_KEY: "" }, "OPENAI_API_KEY is missing"],
  ])("ends with 2 and a sentence for %j", async (env, sentence) => {
    const { code, stdout, stderr } = await runCli(["smoke"], { env });
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(sentence);
  });
});
