import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { build, rootsOf, withTree } from "../../../scripts/sweep/build.ts";
import { complaints, downloaded, stage, unzipped } from "./stage.ts";
import { unread, whole } from "./talks.ts";

const hasKubectl = (() => {
  try {
    execFileSync("kubectl", ["kustomize", "--help"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();
// German and Spanish, and every way in all four: `npm run transcripts`, and the other tests of this folder.
const long = { timeout: 120_000 };

test.each([
  ["en", "full"],
  ["zh", "none"],
] as const)(
  "from a mention to a zip that builds, to a change and a question, in %s, message content: %s",
  long,
  async (language, messageContent) => {
    const part = await stage(language, { messageContent });
    const { fake, talk, say, bot } = part;
    const thread = await (messageContent === "none" ? unread : whole)(part);
    const said = talk.lines.join("\n\n");

    // Every sentence of the interface is in the person's language.
    expect(said).toContain(say("card.heading"));
    expect(said).toContain(say("working.start", { revision: 1 }));
    if (language !== "en") expect(said).not.toMatch(/Your fleet|Checked|Why/);
    // The change is shown as a difference: what was decided before and now, and which files.
    expect(said).toContain(say("diff.before"));
    expect(said).toMatch(/^> [-+!] \S+/m);
    expect(said).toMatch(/Argo CD/);

    const all = await fake.messages(thread);
    const card = all.find(({ attachments }) =>
      attachments.some(({ filename }) => filename === "fleet-r1.zip"),
    )!;
    const files = unzipped(await downloaded(card, "fleet-r1.zip"));
    expect(files.map(({ path }) => path)).toContain("README.md");
    if (hasKubectl && language === "en") {
      const [set] = rootsOf(files).filter((dir) => dir.startsWith("sets/"));
      const built = await withTree(files, (folder) => build(folder, set!));
      expect(built).toMatchObject({ ok: true, dir: set });
    }
    // The document is the plan as a whole, in the person's language.
    const document = new TextDecoder().decode(await downloaded(card, "edge-fleet-plan-r1.md"));
    expect(document).toContain(say("plan.components.heading"));

    expect(await fake.threads()).toHaveLength(1);
    expect(await complaints(fake)).toEqual([]);
    expect(await bot.stop()).toBe(0);
  },
);
