import { openStore } from "../../../src/app/store.ts";
import { storeOf } from "./bot.ts";
import type { Post } from "./types.ts";

/** What the bot wrote into a thread, each post as one text, without what differs from run to run. */
export function wordsOfPosts(posts: readonly Post[], name: string): string[] {
  return posts
    .filter(({ by, isProgress }) => by === "bot" && !isProgress)
    .map(({ text, buttons, files }) =>
      [
        text.replaceAll(name, "{name}"),
        ...buttons.map((words) => `[${words}]`),
        ...files.map((file) => `<${file}>`),
      ].join("\n"),
    );
}

/** How a thread differs from the one it should read like; empty where it does not. */
export function differences(
  wanted: readonly string[],
  seen: readonly string[],
  { anyOrder = false }: { anyOrder?: boolean } = {},
): string[] {
  const problems: string[] = [];
  const count = (list: readonly string[]) => Map.groupBy(list, (text) => text);
  const [expected, there] = [count(wanted), count(seen)];
  for (const [text, { length }] of expected) {
    const times = there.get(text)?.length ?? 0;
    if (times < length) problems.push(`lost: ${brief(text)}`);
    if (times > length) problems.push(`${times} times: ${brief(text)}`);
  }
  for (const text of there.keys()) if (!expected.has(text)) problems.push(`not expected: ${brief(text)}`);
  if (problems.length === 0 && !anyOrder) {
    const at = wanted.findIndex((text, n) => text !== seen[n]);
    if (at >= 0) problems.push(`out of order from post ${at + 1}: ${brief(seen[at]!)}`);
  }
  return problems;
}

const brief = (text: string): string => JSON.stringify(text.length > 240 ? `${text.slice(0, 240)}…` : text);

/** What a bot that has ended left undone in its store, and how many events it has seen. */
export async function leftIn(folder: string): Promise<{ problems: string[]; events: number }> {
  const store = await openStore(storeOf(folder), { lockWaitMs: 5_000 });
  const problems: string[] = [];
  let events = 0;
  for await (const [id, { outbox, seen }] of store.conversations.entries()) {
    events += Object.keys(seen).length;
    if (outbox.length > 0) problems.push(`${id}: ${outbox.length} effects were never carried out`);
  }
  for await (const [id] of store.open.entries()) problems.push(`${id}: still marked as open`);
  for await (const [id] of store.blobs.entries()) problems.push(`${id}: a parked effect was left behind`);
  for await (const [id] of store.notes.entries())
    if (/(^|\/)(arrival|stream|status)\//.test(id))
      problems.push(`${id}: a note about what is under way was left`);
  await store.close();
  return { problems, events };
}
