import { expect, test } from "vitest";
import { z } from "zod";
import type { Block } from "#model/block.ts";
import type { Event } from "#model/conversation.ts";
import { type Bot, definePlatform, type Platform } from "#model/platform.ts";
import { openBot } from "../../src/app/bot.ts";
import { appSettings } from "../../src/app/settings.ts";
import { quiet } from "../fakes/bot.ts";

const ada = { id: "U1", name: "Ada" };

function platform(name: string, { fails = false, ...more }: Partial<Platform> & { fails?: boolean } = {}) {
  const seen: { bot?: Bot; posts: Block[][]; keys: Set<string>; lose: (reason: string) => void } = {
    posts: [],
    keys: new Set(),
    lose: () => {},
  };
  const made: Platform = definePlatform({
    name,
    env: z.object({}),
    limits: {
      blockText: 3_000,
      messageText: 12_000,
      blocksPerMessage: 40,
      tableRows: 100,
      tableColumns: 20,
      tableCharacters: 9_000,
      options: 100,
      buttons: 25,
      files: true,
      fileBytes: 1e9,
    },
    attaches: ["zip", "document"],
    ...more,
    async connect({ bot }) {
      if (fails) throw new Error("no such token");
      seen.bot = bot;
      const lost = Promise.withResolvers<string>();
      seen.lose = lost.resolve;
      return {
        async post(_, blocks, { key }) {
          seen.keys.add(key);
          seen.posts.push(blocks);
          return `m${seen.posts.length}`;
        },
        edit: async () => {},
        status() {},
        closed: new Promise(() => {}),
        lost: lost.promise,
        close: async () => {},
      };
    },
  });
  return { platform: made, seen };
}

const open = (platforms: Platform[], env: Record<string, string> = {}) =>
  openBot(platforms, {
    settings: appSettings.parse({ EDGEWRIGHT_STORE: "memory:", ...env }),
    env: {},
    signal: new AbortController().signal,
    log: quiet,
  });

let count = 0;
const said = (text: string, more: Partial<Event> = {}): Event =>
  ({
    id: `e${++count}`,
    conversation: "one:1",
    at: count,
    person: ada,
    kind: "said",
    text,
    ...more,
  }) as Event;

test("one platform that cannot be connected stops no other; when none can, the reason is thrown", async () => {
  const { platform: good, seen } = platform("one");
  const bot = await open([platform("two", { fails: true }).platform, good]);
  await seen.bot!.receive(said("hello"));
  await bot.journey.settled();
  expect(seen.posts.length).toBeGreaterThan(0);
  await bot.close();
  await expect(open([platform("two", { fails: true }).platform])).rejects.toThrow("no such token");
});

test("a whole plan brings its zip and its document along, once, before the buttons", async () => {
  const { platform: one, seen } = platform("one");
  const bot = await open([one]);
  await seen.bot!.receive(
    said("5,000 trucks, 2 GB ARM64, flaky 4G, Flux, eMMC, one node each, anyone can open it"),
  );
  await seen.bot!.receive(said("generate"));
  await seen.bot!.receive(said("generate"));
  await bot.journey.settled();
  const files = seen.posts.flat().filter((block) => block.kind === "file");
  expect(files.map(({ name }) => name)).toEqual(["fleet-r1.zip", "edge-fleet-plan-r1.md"]);
  expect(seen.posts.at(-1)!.at(-1)!.kind).toBe("actions");
  await bot.close();
});

test("defaults of the workspace, operators and the cap on messages are put in by the bot", async () => {
  const { platform: one, seen } = platform("one");
  const bot = await open([one], { EDGEWRIGHT_OPERATORS: "one:U9", EDGEWRIGHT_MESSAGES_PER_MINUTE: "2" });
  await seen.bot!.setDefaults("T1", { language: "de" });
  await seen.bot!.receive(said("40 stores", { scope: "T1" }));
  await seen.bot!.receive(said("stop", { person: { id: "U2", name: "Bob" } }));
  expect((await seen.bot!.conversation("one:1"))!).toMatchObject({ language: "de", phase: "asking" });
  await seen.bot!.receive(said("stop", { person: { id: "U9", name: "Operator" } }));
  expect((await seen.bot!.conversation("one:1"))!.phase).toBe("ended");
  await seen.bot!.receive(said("hello"));
  await seen.bot!.receive(said("hello"));
  await seen.bot!.receive(said("hello"));
  await bot.journey.settled();
  expect(JSON.stringify(seen.posts).match(/Das war viel auf einmal/g)).toHaveLength(1);
  await bot.close();
});

test("a platform may arrange messages itself", async () => {
  const arrange: NonNullable<Platform["arrange"]> = (blocks) => blocks.map((block) => [block]);
  const { platform: one, seen } = platform("one", { arrange });
  const bot = await open([one]);
  await seen.bot!.receive(said("40 stores"));
  await bot.journey.settled();
  expect(seen.posts.length).toBeGreaterThan(2);
  expect(seen.posts.every((blocks) => blocks.length === 1)).toBe(true);
  await bot.close();
});

test("what waits for a platform that is lost is kept, the others go on; without any the bot is lost", async () => {
  const { platform: one, seen } = platform("one");
  const { platform: two, seen: other } = platform("two");
  const bot = await open([one, two]);
  seen.lose("its token was revoked");
  await new Promise(setImmediate);
  await seen.bot!.receive(said("40 stores"));
  await other.bot!.receive(said("40 stores", { conversation: "two:1" }));
  await bot.journey.settled();
  expect(seen.posts).toEqual([]);
  expect(other.posts.length).toBeGreaterThan(0);
  expect((await bot.store.conversations.get("one:1"))!.outbox.length).toBeGreaterThan(0);
  other.lose("so was this one");
  await bot.lost;
  await bot.close();
});
