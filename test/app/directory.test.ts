import { afterEach, beforeEach, expect, test } from "vitest";
import { type Conversation, freshState, type State } from "#model/conversation.ts";
import { openDirectory } from "../../src/app/directory.ts";
import { conversationRecords } from "../../src/app/session/records.ts";
import { createSpeech } from "../../src/app/speech.ts";
import { openStore, type Store } from "../../src/app/store.ts";

const say = createSpeech();
let store: Store;
beforeEach(async () => {
  store = await openStore("memory:");
});
afterEach(() => store.close());

async function begin(id: string, state: Partial<State>, updatedAt: number): Promise<void> {
  const records = conversationRecords(store, () => updatedAt);
  const { record } = await records.load(id);
  const next: Conversation = { ...record, state: { ...freshState, ...state }, updatedAt };
  await records.save(record, next);
}
const ada = { id: "U1", name: "Ada" };

test("lists what one person started on this platform, newest first, and nothing of others", async () => {
  await begin("slack:T:C:1", { startedBy: ada, phase: "planned", plans: ["p1"], title: "Trucks" }, 10);
  await begin(
    "slack:T:C:2",
    { startedBy: ada, phase: "asking", answers: { sites: 40, industry: "retail" } },
    20,
  );
  await begin("slack:T:C:3", { startedBy: { id: "U11", name: "Eve" }, phase: "asking" }, 30);
  await begin("discord:9", { startedBy: ada, phase: "asking" }, 40);
  const found = await openDirectory("slack", { store, say }).conversationsOf("U1", "de");
  expect(found.map(({ conversation }) => conversation)).toEqual(["slack:T:C:2", "slack:T:C:1"]);
  expect(found[1]).toMatchObject({ title: "Trucks", revisions: 1, phase: "planned", startedBy: "U1" });
  expect(found[0]!.title).toContain("40");
});

test("what was forgotten is no longer listed", async () => {
  await begin("slack:T:C:1", { startedBy: ada, phase: "planned" }, 10);
  await store.forget("slack:T:C:1");
  expect(await openDirectory("slack", { store, say }).conversationsOf("U1", "en")).toEqual([]);
  const left = [];
  for await (const [key] of store.owners.entries()) left.push(key);
  expect(left).toEqual([]);
});

test("a restart finds what is open and was touched since", async () => {
  await begin("discord:1", { phase: "asking" }, 100);
  await begin("discord:2", { phase: "ended" }, 100);
  await begin("discord:3", { phase: "planned" }, 10);
  const open = await openDirectory("discord", { store, say }).openSince(50);
  expect(open.map(({ conversation }) => conversation)).toEqual(["discord:1"]);
});

test("a form is prefilled with what a text says, open questions first, words in the language asked for", async () => {
  const form = await openDirectory("slack", { store, say }).form({
    text: "5.000 LKW mit 2 GB ARM64, wackliges 4G, Flux",
    language: "de",
  });
  const value = Object.fromEntries(form.fields.map((field) => [field.name, field.value]));
  expect(value).toMatchObject({ sites: "5000", arch: "arm64", network: "intermittent", gitops: "flux" });
  expect(value.memoryMiB).toBe("2 GB");
  expect(form.fields.findIndex(({ open }) => !open)).toBe(form.fields.filter(({ open }) => open).length);
  expect(form.fields.find(({ name }) => name === "arch")!.options.length).toBeGreaterThan(3);
  expect(form.title).toBe("Edge-Flotte planen");
});

test("what a workspace settles is kept, and only what is known of it", async () => {
  const directory = openDirectory("slack", { store, say });
  expect(await directory.defaults("T")).toEqual({});
  await directory.setDefaults("T", { language: "de", gitops: "flux", edition: "basic", odd: 1 } as never);
  expect(await openDirectory("slack", { store, say }).defaults("T")).toEqual({
    language: "de",
    gitops: "flux",
    edition: "basic",
  });
  expect(await openDirectory("discord", { store, say }).defaults("T")).toEqual({});
});
