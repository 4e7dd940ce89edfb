import type { Event } from "#model/conversation.ts";
import type { Bot, Log, Notes } from "#model/platform.ts";
import { openDirectory } from "#src/app/directory.ts";
import { createSpeech } from "#src/app/speech.ts";
import { openStore, platformNotes, type Store } from "#src/app/store.ts";

/** A log that keeps quiet. */
export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** What a platform is handed in its own tests: events are kept instead of answered, everything else is real. */
export async function listeningBot(
  platform: string,
): Promise<{ bot: Bot; events: Event[]; notes: Notes; store: Store }> {
  const store = await openStore("memory:");
  const say = createSpeech();
  const events: Event[] = [];
  const own = platformNotes(store, platform);
  const bot: Bot = {
    ...openDirectory(platform, { store, say }),
    async receive(event, written = []) {
      for (const [key, value] of written) await own.set(key, value);
      events.push(event);
    },
    say,
  };
  return { bot, events, notes: own, store };
}
