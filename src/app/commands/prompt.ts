import { Edition } from "#model/brief.ts";
import { UsageError } from "#model/errors.ts";
import { Language } from "#model/text-schema.ts";
import { briefOf } from "../brief-of.ts";
import { defineCommand } from "../command.ts";
import { messagesFor } from "../messages.ts";
import { loadPrompt } from "../prompts.ts";
import { readBrief } from "../read-brief.ts";
import { openWorkshop } from "../workshop.ts";

export default defineCommand({
  summary:
    "The assembled prompt for a brief, to read or to paste into any other chat. --exact prints what a model is sent.",
  usage: "prompt --brief FILE [--edition pro|basic] [--lang en|de|es|zh] [--exact]",
  options: {
    brief: { type: "string" },
    edition: { type: "string" },
    lang: { type: "string" },
    exact: { type: "boolean" },
  },
  async run({ values, positionals }, world) {
    if (typeof values.brief !== "string" || positionals.length > 0) {
      throw new UsageError("prompt: name the brief with --brief FILE (or --brief - for standard input)");
    }
    const language = Language.safeParse(values.lang ?? "en");
    const edition = Edition.safeParse(values.edition ?? "pro");
    if (!language.success)
      throw new UsageError(`--lang: no "${values.lang}". Pick one of: ${Language.options.join(", ")}`);
    if (!edition.success)
      throw new UsageError(`--edition: no "${values.edition}". Pick one of: ${Edition.options.join(", ")}`);
    const brief = briefOf(await readBrief(values.brief, world), {
      language: language.data,
      edition: edition.data,
    });
    const { messages } = messagesFor(brief, {
      workshop: await openWorkshop(),
      prompt: await loadPrompt(edition.data, language.data),
      answer: values.exact ? "json" : "markdown",
    });
    const shown = values.exact
      ? messages.map(({ role, content }) => `[${role}]\n${content}`)
      : messages.map(({ content }) => content);
    world.stdout.write(`${shown.join("\n\n")}\n`);
    return 0;
  },
});
