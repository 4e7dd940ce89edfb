import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { build, rootsOf, withTree } from "../../../scripts/sweep/build.ts";
import { complaints, downloaded, stage, unzipped } from "./stage.ts";
import { whole } from "./talks.ts";

const hasKubectl = (() => {
  try {
    execFileSync("kubectl", ["kustomize", "--help"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

const long = { timeout: 120_000 };

test.each([
  ["es", "socket"],
  ["zh", "http"],
] as const)(
  "from /edge to a zip that builds, to a change and a question, in %s over %s",
  long,
  async (language, transport) => {
    const part = await stage(language, { transport });
    const { fake, talk, say, bot } = part;
    const root = await whole(part);
    const said = talk.lines.join("\n\n");

    // Every sentence of the interface is in the person's language.
    expect(said).toContain(say("card.heading"));
    expect(said).toContain(say("working.start", { revision: 1 }));
    expect(said).not.toContain("Your fleet");
    // The change is shown as a difference: what was decided before and now, and which files.
    expect(said).toContain(say("diff.before"));
    expect(said).toMatch(/^> [-+!] \S+/m);
    expect(said).toMatch(/MicroK8s/);

    const zip = await downloaded(fake, "C0EDGE", "fleet-r1.zip");
    const files = unzipped(zip);
    expect(files.map(({ path }) => path)).toContain("README.md");
    if (hasKubectl) {
      const [set] = rootsOf(files).filter((dir) => dir.startsWith("sets/"));
      const built = await withTree(files, (folder) => build(folder, set!));
      expect(built).toMatchObject({ ok: true, dir: set });
    }

    const thread = (await fake.thread("C0EDGE", root)).filter(({ bot_id }) => bot_id);
    const keys = thread.flatMap(({ metadata }) => metadata?.event_payload.key ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect((await fake.streams()).filter(({ state }) => state === "streaming")).toEqual([]);
    expect(await complaints(fake)).toEqual([]);
    expect(await bot.stop()).toBe(0);
  },
);
