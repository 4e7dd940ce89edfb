import type { Check } from "#model/platform.ts";
import { defineCommand } from "../command.ts";
import { examine } from "../doctor.ts";
import { loadEnvFile } from "../settings.ts";

const signs: Record<Check["state"], string> = { ok: "✓", warn: "!", fail: "✗", absent: "–" };

export default defineCommand({
  summary:
    "What is wrong with the set-up, by name: settings, store, clock, tools, model, platforms. Exit code 1 when something is.",
  usage: "doctor [--fix] [--json]",
  options: { json: { type: "boolean" }, fix: { type: "boolean" } },
  async run({ values }, world) {
    loadEnvFile(world.cwd);
    const checks = await examine({ ...world, fix: values.fix === true });
    const failed = checks.filter(({ state }) => state === "fail");
    if (values.json) world.stdout.write(`${JSON.stringify({ checks }, null, 2)}\n`);
    else world.stdout.write(forPeople(checks, failed.length));
    return failed.length > 0 ? 1 : 0;
  },
});

function forPeople(checks: readonly Check[], failed: number): string {
  const lines = checks.flatMap(({ code, state, what, fix }) => [
    `${signs[state]} ${code.padEnd(14)} ${what}`,
    ...(fix && state !== "ok" ? [`  ${" ".repeat(14)} → ${fix}`] : []),
  ]);
  lines.push("", failed === 0 ? "Everything that is needed is in order." : `${failed} to mend.`);
  return `${lines.join("\n")}\n`;
}
