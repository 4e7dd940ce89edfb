// Runs every measurement, one after the other, each in a process of its own.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

for (const name of ["plan", "start", "guard", "check", "recall", "chain", "kustomize", "slack", "discord"]) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
