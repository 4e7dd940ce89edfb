import { spawnSync } from "node:child_process";
import { unzipSync } from "fflate";
import { expect } from "vitest";
import type { File } from "#model/plan.ts";
import type { Say } from "#model/platform.ts";
import { build, rootsOf, withTree } from "../../scripts/sweep/build.ts";

const hasKubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;
if (!hasKubectl) console.log("end to end: kubectl is not on PATH, no zip is built");

/** Files of a zip. */
export function unzipped(bytes: Uint8Array): File[] {
  return Object.entries(unzipSync(bytes)).map(([path, content]) => ({
    ...{ path, content: new TextDecoder().decode(content) },
    purpose: "",
  }));
}

/** A talk from a fleet to a plan, a change and a question, in the person's language from end to end. */
export function expectWholeTalk(said: string, { say, language }: { say: Say; language: string }): void {
  expect(said).toContain(say("card.heading"));
  expect(said).toContain(say("working.start", { revision: 1 }));
  if (language !== "en") expect(said).not.toMatch(/Your fleet|Checked|Why/);
  // The change is shown as a difference: what was decided before and now, and which files.
  expect(said).toContain(say("diff.before"));
  expect(said).toMatch(/^> [-+!] \S+/m);
}

/** A zip that holds a repository, and where kubectl is at hand one that it builds. */
export async function expectRepository(zip: Uint8Array): Promise<void> {
  const files = unzipped(zip);
  expect(files.map(({ path }) => path)).toContain("README.md");
  if (!hasKubectl) return;
  const [set] = rootsOf(files).filter((dir) => dir.startsWith("sets/"));
  const built = await withTree(files, (folder) => build(folder, set!));
  expect(built).toMatchObject({ ok: true, dir: set });
}
