import { useAimock } from "@copilotkit/aimock/vitest";
import { beforeEach, describe, expect, test } from "vitest";
import type { ChainOptions } from "#model/provider.ts";
import { runChain } from "#src/steps/chain.ts";
import { type Api, apis, badText, good, goodText, noMicroK8s, Small, smallWire } from "../fakes/models.ts";

// A second opinion on the wire formats, by people who do not know our fault server.
const mock = useAimock({ strict: true });
beforeEach(() => void mock().llm.clearFixtures());

async function run(api: Api, options: Partial<ChainOptions<Small>> = {}) {
  return runChain<Small>({
    schema: Small,
    wire: smallWire,
    check: noMicroK8s,
    messages: [
      { role: "system", content: "Answer with one JSON object." },
      { role: "user", content: "Three nodes, 2 GB." },
    ],
    models: [await api.open(mock().url)],
    deadlines: { firstTextMs: 2_000, idleMs: 1_000, attemptMs: 5_000, totalMs: 8_000 },
    signal: new AbortController().signal,
    ...options,
  });
}
const asked = /Three nodes/;
const rejected = /rejected/;
const kindsOf = ({ attempts }: Awaited<ReturnType<typeof run>>) => attempts.map(({ kind }) => kind);

describe.each(apis.map((api): [string, Api] => [api.name, api]))("aimock speaking %s", (_, api) => {
  test("streams a plan in small pieces", async () => {
    mock().llm.onMessage(asked, { content: goodText }, { chunkSize: 7 });
    expect(await run(api)).toMatchObject({ kind: "ok", value: good, attempts: [{ kind: "ok" }] });
  });

  test("corrects what it is told to", async () => {
    mock().llm.onMessage(rejected, { content: goodText });
    mock().llm.onMessage(asked, { content: badText });
    expect(kindsOf(await run(api))).toEqual(["schema", "ok"]);
    expect(JSON.stringify(mock().llm.getRequests().at(-1)!.body)).toContain("/distro");
  });

  // aimock's Ollama ends with "stop" whatever the fixture says; the fault server covers it.
  test.skipIf(api.plain)("is cut short by its budget", async () => {
    mock().llm.onMessage(asked, { content: goodText.slice(0, 50), finishReason: "length" });
    expect(kindsOf(await run(api))).toEqual(["length"]);
  });

  test("fails once with 503 and then answers", async () => {
    mock().llm.onMessage(asked, { content: goodText });
    mock().llm.nextRequestError(503);
    expect(kindsOf(await run(api))).toEqual(["server", "ok"]);
  });

  test("breaks off in the middle", async () => {
    mock().llm.onMessage(asked, { content: goodText }, { chunkSize: 10, truncateAfterChunks: 3 });
    expect(new Set(kindsOf(await run(api)))).toEqual(new Set(["cut"]));
  });

  test("is silent for longer than anybody waits", async () => {
    mock().llm.onMessage(asked, { content: goodText }, { latency: 900 });
    const deadlines = { firstTextMs: 300, idleMs: 300, attemptMs: 2_000, totalMs: 3_000 };
    expect(kindsOf(await run(api, { deadlines }))).toEqual(["timeout"]);
  });
});
