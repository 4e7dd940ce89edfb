import { resolve } from "node:path";
import { Edition } from "#model/brief.ts";
import { TaskError, UsageError } from "#model/errors.ts";
import type { Plan } from "#model/plan.ts";
import { Language, localise } from "#model/text.ts";
import { bundle } from "#steps/bundle.ts";
import { render, toMarkdown } from "#steps/render.ts";
import { briefOf } from "../brief-of.ts";
import { defineCommand, type World } from "../command.ts";
import { readBrief } from "../read-brief.ts";
import { createSpeech } from "../speech.ts";
import { makePlan, openWorkshop } from "../workshop.ts";
import { writeTree, writeWhole } from "../write-out.ts";

export default defineCommand({
  summary:
    "A brief (YAML or JSON keyed by placeholder name, - for standard input) to a plan, as Markdown or with --json whole.",
  usage:
    "plan --brief FILE [--lang en|de|es|zh] [--edition pro|basic] [--provider none] [--out DIR] [--zip FILE] [--json]",
  options: {
    brief: { type: "string" },
    lang: { type: "string" },
    edition: { type: "string" },
    provider: { type: "string" },
    out: { type: "string" },
    zip: { type: "string" },
    json: { type: "boolean" },
  },
  async run({ values, positionals }, world) {
    if (typeof values.brief !== "string" || positionals.length > 0) {
      throw new UsageError("plan: name the brief with --brief FILE (or --brief - for standard input)");
    }
    const language = choice(Language, values.lang ?? "en", "--lang");
    const edition = choice(Edition, values.edition ?? "pro", "--edition");
    if (values.provider !== undefined && values.provider !== "none") {
      throw new UsageError(`--provider: no "${values.provider}". Pick one of: none`);
    }
    const brief = briefOf(await readBrief(values.brief, world), { language, edition });
    const say = createSpeech()(language);
    const plan = makePlan(brief, await openWorkshop(), { onStep: progress(world), signal: world.signal });
    const blocking = plan.report.findings.filter(({ severity }) => severity === "block");
    await writeResults(plan, values, world);
    if (values.json) world.stdout.write(`${JSON.stringify(localise(plan, language), null, 2)}\n`);
    else world.stdout.write(toMarkdown(render(plan, { say, language, part: "document" })));
    return blocking.length > 0 ? 1 : 0;
  },
});

function choice<T extends string>(schema: { options: T[] }, given: unknown, option: string): T {
  if (schema.options.includes(given as T)) return given as T;
  throw new UsageError(`${option}: no "${given}". Pick one of: ${schema.options.join(", ")}`);
}

async function writeResults(plan: Plan, values: Record<string, unknown>, world: World): Promise<void> {
  const wants = [values.out, values.zip].filter((path) => path !== undefined);
  if (wants.length > 0 && plan.files.length === 0) {
    throw new TaskError(
      "plan: a basic plan has no repository to write. Leave --out and --zip out, or take --edition pro",
    );
  }
  // The zip first: it is one rename, and a folder that cannot be written then leaves nothing half done.
  if (typeof values.zip === "string")
    await writeWhole(resolve(world.cwd, values.zip), bundle(plan.files), "--zip");
  if (typeof values.out !== "string") return;
  const { removed } = await writeTree(resolve(world.cwd, values.out), plan.files);
  if (removed.length > 0) {
    world.stderr.write(
      `edgewright: removed ${removed.length} files of the earlier plan: ${removed.slice(0, 5).join(", ")}\n`,
    );
  }
}

function progress({ stderr }: World) {
  if (!stderr.isTTY) return undefined;
  return (step: string, count?: number) => stderr.write(`${step}${count ? ` (${count} files)` : ""} …\n`);
}
