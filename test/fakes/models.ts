import { z } from "zod";
import type { Model, Objection, Provider, Usage } from "#model/provider.ts";
import anthropic from "#src/providers/anthropic.ts";
import google from "#src/providers/google.ts";
import ollama from "#src/providers/ollama.ts";
import openai from "#src/providers/openai.ts";
import { wireSchema } from "#src/steps/chain/wire-schema.ts";

/** Opens one API of a provider at a base address. */
export type Api = {
  name: string;
  provider: Provider;
  open: (url: string, model?: string) => Promise<Model>;
  /** Its protocol has no refusals and no filter. */
  plain?: true;
};

function api(name: string, provider: Provider, model: string, env: (url: string) => object): Api {
  return {
    name,
    provider,
    open: (url, named = model) => provider.open({ model: named, env: provider.env.parse(env(url)) }),
  };
}

/** Every wire format, each through its real LangChain package. */
export const apis: Api[] = [
  api("openai chat", openai as Provider, "gpt-4.1", (url) => ({ OPENAI_BASE_URL: `${url}/v1` })),
  api("openai responses", openai as Provider, "gpt-5.6-sol", (url) => ({ OPENAI_BASE_URL: `${url}/v1` })),
  api("anthropic", anthropic as Provider, "claude-sonnet-5", (url) => ({ ANTHROPIC_BASE_URL: url })),
  api("google", google as Provider, "gemini-2.5-pro", (url) => ({ GOOGLE_BASE_URL: url })),
  { ...api("ollama", ollama as Provider, "qwen3", (url) => ({ OLLAMA_BASE_URL: url })), plain: true },
];

/** A small answer with everything a real one has: a choice, a list of objects, text, a nullable. */
export const Small = z.strictObject({
  reasoning: z.string().max(2_000),
  distro: z.enum(["k3s", "k0s", "microk8s"]),
  nodes: z
    .array(z.strictObject({ role: z.enum(["server", "agent"]), count: z.int().min(1).max(100) }))
    .min(1)
    .max(20),
  note: z.string().max(200).nullable(),
});
export type Small = z.infer<typeof Small>;
export const smallWire = wireSchema(Small);

export const good: Small = {
  reasoning: "Two gigabytes are enough for one server; agents carry the rest.",
  distro: "k3s",
  nodes: [
    { role: "server", count: 1 },
    { role: "agent", count: 3 },
  ],
  note: null,
};
export const goodText = JSON.stringify(good);
/** Breaks the schema in two places. */
export const badText = JSON.stringify({ ...good, distro: "k9s", nodes: [] });
/** Fits the schema, but not the guard below. */
export const unsoundText = JSON.stringify({ ...good, distro: "microk8s" });

export function noMicroK8s({ distro }: Small): Objection[] {
  return distro === "microk8s"
    ? [{ pointer: "/distro", rule: "feasible", message: "needs 4 GB, there are 2; pick k3s or k0s" }]
    : [];
}

type Call = Parameters<Model["stream"]>[0];

/** Reads one call of a model to its end: all text, the last finish and count, everything it refused with. */
export async function collect(model: Model, call: Partial<Call> = {}) {
  const whole = { text: "", refusal: "" } as {
    text: string;
    refusal: string;
    finish?: string;
    usage?: Usage;
  };
  const chunks = model.stream({
    messages: [
      { role: "system", content: "stable" },
      { role: "user", content: "plan" },
    ],
    maxTokens: 500,
    signal: AbortSignal.timeout(5_000),
    ...call,
  });
  for await (const { text = "", refusal = "", finish, usage } of chunks) {
    whole.text += text;
    whole.refusal += refusal;
    if (finish) whole.finish = finish;
    if (usage) whole.usage = usage;
  }
  return whole;
}
