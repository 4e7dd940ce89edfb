import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readGuardConfig } from "#model/guard-config.ts";
import { formats } from "../src/app/check/options.ts";
import command from "../src/app/commands/check.ts";
import { runCommand } from "./app/run-command.ts";

const root = join(import.meta.dirname, "..");
const text = await readFile(join(root, "docs", "check.md"), "utf8");
const fences = [...text.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(([, language, content]) => ({
  language,
  content: content!,
}));
const yaml = fences.filter(({ language }) => language === "yaml").map(({ content }) => content);

describe("docs/check.md", () => {
  test("shows a configuration that is read as it stands", () => {
    const example = yaml.find((content) => content.startsWith("role:"))!;
    const read = readGuardConfig(parse(example));
    expect(read.kind === "read" && Object.keys(read.config).sort()).toEqual([
      "arch",
      "engine",
      "exclude",
      "ignore",
      "memory",
      "nodes",
      "role",
      "severity",
      "storage",
    ]);
  });

  test("shows what is printed", async () => {
    const [, shown] = fences.filter(({ language }) => language === "");
    const manifest = `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: report }\nspec:\n  scheduel: "0 3 * * *" # once a night\n`;
    const { stdout } = await runCommand(command, ["-"], { cwd: root, input: manifest });
    expect(stdout.replaceAll("stdin.yaml", "apps/cron.yaml")).toContain(shown!.content.trim());
  });

  test("names options, hooks and inputs that exist", async () => {
    const named = [...text.matchAll(/--([a-z][a-z-]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in command.options))).toEqual([]);
    expect(
      [...text.matchAll(/--format (\w+)/g)].filter(([, name]) => !formats.includes(name as "text")),
    ).toEqual([]);
    const hooks = parse(await readFile(join(root, ".pre-commit-hooks.yaml"), "utf8"));
    const ids = parse(yaml.find((content) => content.startsWith("repos:"))!).repos[0].hooks;
    expect(hooks.map(({ id }: { id: string }) => id)).toContain(ids[0].id);
    const { inputs } = parse(await readFile(join(root, "action.yml"), "utf8"));
    const { steps } = parse(yaml.find((content) => content.startsWith("jobs:"))!).jobs.edgewright;
    const step = steps.find(({ uses }: { uses: string }) => uses.includes("edgewright@"));
    expect(Object.keys(step.with).filter((name) => !(name in inputs))).toEqual([]);
  });
});
