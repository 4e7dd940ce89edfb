import { writeFileSync } from "node:fs";
import { test } from "vitest";
import { components, setting } from "./setting.ts";

const say: Record<string, string[]> = {
  en: [
    "5,000 trucks, 2 GB ARM64, flaky 4G, Argo CD, eMMC",
    "one",
    "drivers can, and they get stolen",
    "generate",
    "what if they have 1 GB?",
    "why not MicroK8s?",
    "thanks",
  ],
  de: [
    "5.000 Lieferwagen, 2 GB ARM64, wackliges 4G, Argo CD, eMMC",
    "einer",
    "jeder kommt dran",
    "erzeugen",
    "was wäre mit 1 GB?",
    "warum nicht MicroK8s?",
    "danke",
  ],
  zh: [
    "5,000 辆货车，2 GB ARM64，4G 不稳定，Argo CD，eMMC",
    "一个",
    "任何人都能接触",
    "生成",
    "如果只有 1 GB 呢？",
    "为什么不用 MicroK8s？",
    "谢谢",
  ],
};
test.each(Object.keys(say))(
  "%s",
  async (l) => {
    const { fake, bot } = await setting({ messageContent: "full" });
    let channel: string | undefined;
    for (const [at, text] of say[l]!.entries()) {
      await fake.say({ user: "ada", content: text, ...(at === 0 ? { mention: true } : { channel }) });
      await new Promise((r) => setTimeout(r, 300));
      await bot.journey.settled();
      channel ??= (await fake.threads())[0]!.id;
    }
    const all = await fake.messages();
    writeFileSync(
      `/tmp/scratch.${l}.txt`,
      all
        .map(
          (m) =>
            `--- ${m.author.username}${m.ephemeralTo ? ` (only ${m.ephemeralTo})` : ""} [${components(m).join(", ")}] ${m.attachments.map((a) => a.filename)}\n${m.text}`,
        )
        .join("\n"),
    );
    console.log(
      l,
      all.length,
      await fake.violations(),
      (await fake.threads()).map((t) => t.name),
    );
  },
  120_000,
);
