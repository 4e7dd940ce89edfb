import { z } from "zod";
import { priceSources, pricesAsOf } from "#catalogue/prices.ts";
import { UsageError } from "#model/errors.ts";
import type { Attempt, Objection } from "#model/provider.ts";
import { wireSchema } from "#steps/chain/wire-schema.ts";
import { runChain } from "#steps/chain.ts";
import { defineCommand } from "../command.ts";
import { openModels } from "../models.ts";

const answerTokens = 2_000; // reasoning models think before the few words that are asked for

/** Small, but with what the plan's schema has: a choice, a list of objects, a nullable. */
const Reply = z.strictObject({
  reasoning: z.string().max(500),
  fits: z.enum(["k3s", "k0s", "microk8s"]),
  nodes: z
    .array(z.strictObject({ role: z.enum(["server", "agent"]), count: z.int().min(1).max(9) }))
    .min(1)
    .max(3),
  note: z.string().max(200).nullable(),
});

export default defineCommand({
  summary:
    "Makes one small structured call to the first model of MODELS: key, schema, tokens and cost are shown.",
  usage: "smoke",
  options: {},
  async run({ positionals }, { env, stdout, signal }) {
    if (positionals.length > 0)
      throw new UsageError("smoke: takes no argument. The models are those of MODELS");
    const [model] = await openModels(env);
    if (!model)
      throw new UsageError(
        "smoke: MODELS is not set. Name a model, such as MODELS=openai:gpt-5.5 (or anthropic:…, google:…, ollama:…), and its key",
      );
    const result = await runChain({
      schema: Reply,
      wire: wireSchema(Reply),
      check: ({ nodes }) => onlyOneServer(nodes),
      name: "smoke",
      messages: [
        { role: "system", content: "Answer with one JSON object that fits the schema. Be brief." },
        {
          role: "user",
          content:
            "A shop has one server with 2 GB and two agents with 1 GB, ARM64. Which Kubernetes distribution fits, and which nodes are there?",
        },
      ],
      models: [model],
      maxTokens: answerTokens,
      signal,
    });
    const lines = [`model    ${model.id}`, ...result.attempts.map(lineOf)];
    if (result.kind === "ok") lines.push("schema   accepted", `answer   ${JSON.stringify(result.value)}`);
    else lines.push(`schema   ${schemaLine(result.attempts)}`);
    lines.push(`tokens   ${tokens(result.attempts)}`, `cost     ${cost(model.id, result.attempts)}`);
    stdout.write(`${lines.join("\n")}\n`);
    if (result.kind !== "ok") stdout.write(`result   failed: ${sentences[result.kind]}\n`);
    return result.kind === "ok" ? 0 : 1;
  },
});

/** For an operator at a terminal; people in a chat read `model.<outcome>` in their language. */
const sentences = {
  schema: "it answers, but not as the schema says",
  guard: "it answers, but not what was asked",
  malformed: "it answers, but not in JSON; does this model know structured output?",
  length: "the answer was cut off at its most tokens",
  refusal: "it refused",
  filter: "a content filter of the provider stepped in",
  cut: "the connection broke; is the base URL right?",
  timeout: "no answer in time",
  rate: "rate limit or quota; see the words of the provider above",
  server: "the provider is down or cannot be reached",
  config: "the provider refused the call: key, model name or schema; see its words above",
  aborted: "stopped",
  budget: "a cap on tokens or money is reached",
} as const;

function onlyOneServer(nodes: { role: string; count: number }[]): Objection[] {
  return nodes.some(({ role }) => role === "server")
    ? []
    : [{ pointer: "/nodes", rule: "server", message: "one of the nodes is the server" }];
}

function lineOf({ kind, ms, firstTextMs, detail, objections }: Attempt): string {
  const found = objections.map(({ pointer, message }) => `${pointer || "/"} ${message}`).join("; ");
  const first = firstTextMs === null ? "" : `, first text after ${firstTextMs} ms`;
  return `attempt  ${kind}, ${ms} ms${first}${detail || found ? `: ${detail ?? found}` : ""}`;
}

function schemaLine(attempts: readonly Attempt[]): string {
  const answered = attempts.some(({ kind }) => ["schema", "guard", "malformed", "length"].includes(kind));
  return answered ? "accepted by the provider, not kept by the model" : "not tried: no answer came";
}

function tokens(attempts: readonly Attempt[]): string {
  const sum = (of: (attempt: Attempt) => number) =>
    attempts.reduce((total, attempt) => total + of(attempt), 0);
  const estimated = attempts.some(({ estimated }) => estimated) ? " (estimated)" : "";
  return `${sum(({ usage }) => usage?.input ?? 0)} in, ${sum(({ usage }) => usage?.output ?? 0)} out${estimated}`;
}

function cost(model: string, attempts: readonly Attempt[]): string {
  if (attempts.some(({ costUsd }) => costUsd === null))
    return `unknown: another server's, or ${model} is not in the price table of ${pricesAsOf}`;
  const usd = attempts.reduce((total, { costUsd }) => total + costUsd!, 0);
  const source = priceSources[model.split(":")[0]!];
  return source
    ? `$${usd.toFixed(6)} at list price of ${pricesAsOf} (${source})`
    : "nothing: your own machine";
}
