import type { BotProcess } from "../../test/fakes/storm/bot.ts";

/** Parts of a talk in their order, each under its heading. */
export type Parts<Part> = readonly (readonly [heading: string, play: (part: Part) => Promise<unknown>])[];

type Talk = {
  lines: string[];
  heading: (text: string) => void;
  note: (text: string) => void;
  record: () => Promise<void>;
};

/** Plays the parts one after the other, ends bot and fake, and returns what was written down. */
export async function played<Part extends { talk: Talk }>(
  part: Part,
  parts: Parts<Part>,
  { bot, fake }: { bot: Pick<BotProcess, "stop">; fake: { close: () => Promise<unknown> } },
): Promise<string[]> {
  const { talk } = part;
  try {
    for (const [heading, play] of parts) {
      talk.heading(heading);
      await play(part);
    }
  } catch (error) {
    talk.note(`It broke off here: ${(error as Error).message}`);
    process.exitCode = 1;
  } finally {
    await talk.record();
    await bot.stop();
    await fake.close();
  }
  return talk.lines;
}
