import { describe, expect, test } from "vitest";
import { listOf } from "#src/platforms/discord/slash.ts";
import type { Interaction, SeenMessage } from "../../fakes/discord.ts";
import { aStore, components, setting } from "./setting.ts";

const fleet = "5,000 trucks, 2 GB ARM64, flaky 4G, Flux, eMMC, one node each";
const manifest =
  "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  type: LoadBalancer\n  ports:\n    - port: 80\n";

async function commanding(options: Parameters<typeof setting>[0] = {}) {
  const made = await setting({ messageContent: "full", ...options });
  await made.fake.waitForCommands();
  return made;
}

describe("commands", () => {
  test("have names, descriptions and choices in four languages", async () => {
    const { fake } = await commanding();
    const [edge, ...onMessages] = await fake.commands();
    expect(edge!.description_localizations).toMatchObject({
      de: expect.stringContaining("Kubernetes"),
      "es-ES": expect.any(String),
      "zh-CN": expect.any(String),
    });
    const plan = edge!.options!.find(({ name }) => name === "plan")!;
    expect(plan.name_localizations).toEqual({ de: "planen", "es-ES": "planificar", "zh-CN": "规划" });
    const edition = ("options" in plan ? (plan.options ?? []) : []).find(({ name }) => name === "edition")!;
    expect("choices" in edition && edition.choices?.[1]).toMatchObject({
      value: "basic",
      name_localizations: { de: "Kurze Empfehlung" },
    });
    expect(onMessages.map(({ name }) => name)).toEqual(["Plan from this message", "Check this YAML"]);
    expect(await fake.violations()).toEqual([]);
  });

  test("are registered once, and again only when they change", async () => {
    const { fake, restart, bot } = await commanding({ settings: { EDGEWRIGHT_STORE: aStore() } });
    const noted = () => bot.store.notes.get("discord/commands");
    await expect.poll(noted).toMatch(/:[0-9a-f]{32}$/);
    const { store } = await restart();
    await fake.say({ user: "ada", content: fleet, mention: true });
    await fake.waitForMessage({ contains: "Who can" });
    expect(await fake.count("PUT /applications/:application/commands")).toBe(1);
    await store.notes.set("discord/commands", "those of another release");
    await restart();
    await expect.poll(() => fake.count("PUT /applications/:application/commands")).toBe(2);
  });

  test("/edge plan answers with a line for everybody and opens its thread on it", async () => {
    const { fake } = await commanding();
    const used = await fake.command({ user: "ada", name: "edge", sub: "plan", options: { fleet } });
    const line = await used.message();
    expect(line.text).toContain("**ada** plans an edge fleet: 5,000 trucks");
    expect(line.ephemeralTo).toBeUndefined();
    const question = await fake.waitForMessage({ contains: "Who can" });
    const [thread] = await fake.threads();
    expect(thread).toMatchObject({ id: line.id, owner: "edgewright" });
    expect(question.channel_id).toBe(thread!.id);
    await fake.say({ user: "ada", channel: thread!.id, content: "anyone" });
    await fake.waitForMessage({ contains: "Your fleet", channel: thread!.id });
    expect(await fake.violations()).toEqual([]);
  });

  test("/edge plan with an edition and a language begins so", async () => {
    const { fake } = await commanding();
    const options = { fleet: "10 sites, 8 GB", edition: "basic", language: "de" };
    await fake.command({ user: "ada", name: "edge", sub: "plan", options });
    await fake.waitForMessage({ contains: "Kurze Empfehlung für das Edge" });
  });

  test("/edge plan without words opens the form; what is filled in begins the plan", async () => {
    const { fake } = await commanding();
    const used = await fake.command({ user: "ada", name: "edge", sub: "plan" });
    const { modal } = await used.answered();
    expect(modal!.title).toBe("Plan an edge fleet");
    expect(modal!.components).toHaveLength(5);
    const sent = await fake.submit({
      user: "ada",
      modal: used.id,
      fields: { Sites: "120", "Memory per node": "8 GB" },
    });
    expect((await sent.message()).text).toContain("**ada** plans an edge fleet");
    await fake.waitForMessage({ contains: "Sites **120** · Memory per node **8 GB**" });
    expect(await fake.violations()).toEqual([]);
  });

  test.each([
    { name: "fleet.yaml", content: "sites: 77\nmemoryMiB: 8192\n" },
    { name: "fleet.csv", content: "name,value\nsites,77\nmemoryMiB,8192\n" },
  ])("the form takes $name along; what is filled in outweighs it", async (file) => {
    const { fake } = await commanding();
    const used = await fake.command({ user: "ada", name: "edge", sub: "plan" });
    await used.answered();
    const files = { "A brief as YAML, JSON or CSV": [file] };
    await fake.submit({ user: "ada", modal: used.id, fields: { Sites: "120" }, files });
    const shown = await fake.waitForMessage({ contains: "Sites **120**" });
    const all = (await fake.messages(shown.channel_id)).map(({ text }) => text).join("\n");
    expect(all).toContain("Memory per node **8 GB**");
    expect(await fake.violations()).toEqual([]);
  });

  test("/edge plan takes a brief as a file, YAML or CSV", async () => {
    const { fake } = await commanding();
    const yaml = { name: "fleet.yaml", content: "sites: 120\nmemoryMiB: 8192\narch: amd64\n" };
    await fake.command({ user: "ada", name: "edge", sub: "plan", files: { file: yaml } });
    await fake.waitForMessage({ contains: "Sites **120**" });
    const csv = { name: "fleet.csv", content: "sites,memoryMiB,arch\n77,4096,arm64\n" };
    await fake.command({ user: "bob", name: "edge", sub: "plan", files: { file: csv } });
    await fake.waitForMessage({ contains: "Sites **77**" });
  });

  test("/edge check reports on a file or on pasted YAML, and asks for it where there is none", async () => {
    const { fake } = await commanding();
    await fake.command({
      user: "ada",
      name: "edge",
      sub: "check",
      files: { file: { name: "web.yaml", content: manifest } },
    });
    const report = await fake.waitForMessage({ contains: "web.yaml", after: "0" });
    expect(report.text).toContain("web.yaml");
    await fake.waitForMessage({ contains: "IN-01" });
    const asked = await fake.command({ user: "bob", name: "edge", sub: "check" });
    expect((await asked.answered()).modal?.title).toBe("Check YAML");
    const sent = await fake.submit({ user: "bob", modal: asked.id, fields: { text: manifest } });
    const line = await sent.message();
    expect((await fake.waitForMessage({ contains: "IN-01", after: line.id })).channel_id).toBe(line.id);
    const list = await (await fake.command({ user: "bob", name: "edge", sub: "list" })).message();
    expect(list.text).toContain("no plans yet");
    expect(await fake.violations()).toEqual([]);
  });

  test("/edge help and /edge list answer for the person alone", async () => {
    const { fake } = await commanding();
    const help = await (
      await fake.command({ user: "ada", name: "edge", sub: "help", locale: "de" })
    ).message();
    expect(help).toMatchObject({ ephemeralTo: "ada" });
    expect(help.text).toContain("Sprachen");
    const none = await (await fake.command({ user: "ada", name: "edge", sub: "list" })).message();
    expect(none.text).toContain("no plans yet");
    await fake.say({ user: "ada", content: fleet, mention: true });
    const { channel_id: thread } = await fake.waitForMessage({ contains: "Who can" });
    const list = await (await fake.command({ user: "ada", name: "edge", sub: "list" })).message();
    expect(list.text).toContain(`<#${thread}>`);
    expect(list.text).toContain("questions open");
    expect(await fake.violations()).toEqual([]);
  });

  test("/edge list says how many plans it has no room for", () => {
    const lines = Array.from({ length: 20 }, (_, at) => `- ${at} ${"long title ".repeat(14)}`);
    const more = (shown: number) => `and ${23 - shown} more`;
    const content = listOf("**Your plans**", lines, { total: 23, more });
    const shown = content.split("\n").length - 2;
    expect(content.length).toBeLessThanOrEqual(2_000);
    expect(shown).toBeGreaterThan(10);
    expect(content.endsWith(`and ${23 - shown} more`)).toBe(true);
    expect(listOf("**Your plans**", lines.slice(0, 3), { total: 3, more })).not.toContain("more");
  });

  test("complete a fleet while it is typed, with what was understood and with examples", async () => {
    const { fake } = await commanding();
    const typing = { user: "ada", name: "edge", sub: "plan", focused: "fleet" };
    const empty = await (
      await fake.autocomplete({ ...typing, options: { fleet: "" }, locale: "es-ES" })
    ).answered();
    expect(empty.choices!.length).toBeGreaterThan(2);
    expect(empty.choices![0]!.name).toContain("camiones");
    const some = await (
      await fake.autocomplete({ ...typing, options: { fleet: "120 stores, 8 GB" } })
    ).answered();
    expect(some.choices![0]).toMatchObject({
      value: "120 stores, 8 GB",
      name: expect.stringContaining("Sites 120"),
    });
    expect(await fake.violations()).toEqual([]);
  });
});

describe("on a message", () => {
  test("a plan is made from what somebody else wrote, although it does not mention the bot", async () => {
    const { fake } = await commanding({ messageContent: "none" });
    const message = await fake.say({ user: "bob", content: fleet });
    const used = await fake.context({ user: "ada", name: "Plan from this message", message });
    const line = await used.message();
    expect((await fake.waitForMessage({ contains: "Who can" })).channel_id).toBe(line.id);
    expect(await fake.violations()).toEqual([]);
  });

  test("YAML in a code block or a file is checked; a message without any is told so", async () => {
    const { fake } = await commanding();
    const message = await fake.say({ user: "bob", content: `look:\n\`\`\`yaml\n${manifest}\`\`\`` });
    const line = await (await fake.context({ user: "ada", name: "Check this YAML", message })).message();
    expect((await fake.waitForMessage({ contains: "IN-01", after: line.id })).channel_id).toBe(line.id);
    const file = await fake.say({ user: "bob", files: [{ name: "web.yaml", content: manifest }] });
    const other = await (
      await fake.context({ user: "ada", name: "Check this YAML", message: file })
    ).message();
    expect((await fake.waitForMessage({ contains: "IN-01", after: other.id })).channel_id).toBe(other.id);
    const words = await fake.say({ user: "bob", content: "hello there" });
    const nothing = await (
      await fake.context({ user: "ada", name: "Check this YAML", message: words })
    ).message();
    expect(nothing).toMatchObject({ ephemeralTo: "ada" });
    expect(nothing.text).toContain("no YAML");
  });
});

/** The button for the next page, once what was sent is taken; undefined when everything was asked. */
async function offered(sent: Interaction): Promise<SeenMessage | undefined> {
  const own = async () => (await sent.seen()).messages.find(({ ephemeralTo }) => ephemeralTo === "ada");
  await expect.poll(async () => (await own())?.text).toContain("Noted");
  await sent.acked();
  const message = await own();
  return message && components(message).length > 0 ? message : undefined;
}

test("YAML without a word, in direct messages, is answered in the language the person speaks elsewhere", async () => {
  const { fake, bot } = await setting({ messageContent: "full" });
  const content = "1.200 Supermärkte, je drei amd64-Server mit 8 GB, Flux";
  await fake.say({ user: "ada", content, mention: true });
  await fake.waitForMessage({ contains: "Planung einer Edge-Flotte" });
  await bot.journey.settled();
  await fake.say({ user: "ada", channel: "dm", content: "```yaml\napiVersion: v1\nkind: Pod\n```" });
  await fake.waitForMessage({ contains: "Geprüft", channel: "dm:ada" });
  await bot.journey.settled();
});

test("a command in direct messages begins the next plan, and what is written then belongs to it", async () => {
  const { fake, bot } = await setting({ messageContent: "full" });
  await fake.waitForCommands();
  await fake.say({ user: "ada", channel: "dm", content: "40 clinics" });
  await fake.waitForMessage({ contains: "Sites **40**", channel: "dm:ada" });
  await fake.say({ user: "ada", channel: "dm", content: "stable link" });
  await fake.waitForMessage({ contains: "Noted", channel: "dm:ada" });
  await fake.command({
    user: "ada",
    channel: "dm",
    name: "edge",
    sub: "plan",
    options: { fleet: "77 farms" },
  });
  const begun = await fake.waitForMessage({ contains: "Sites **77**", channel: "dm:ada" });
  await bot.journey.settled();
  // What is checked is no plan.
  const text = "apiVersion: v1\nkind: Pod";
  await fake.command({ user: "ada", channel: "dm", name: "edge", sub: "check", options: { text } });
  await fake.waitForMessage({ contains: "Checked", channel: "dm:ada" });
  await bot.journey.settled();
  await fake.say({ user: "ada", channel: "dm", content: "8 GB" });
  await fake.waitForMessage({ contains: "8 GB", channel: "dm:ada", after: begun.id });
  await bot.journey.settled();
  const [latest, earlier] = await Array.fromAsync(
    bot.store.conversations.entries(),
    ([, { state }]) => state,
  ).then((all) => all.sort((one, other) => Number(other.answers.sites) - Number(one.answers.sites)));
  expect([latest!.answers.sites, latest!.answers.memoryMiB]).toEqual([77, 8192]);
  expect([earlier!.answers.sites, earlier!.answers.memoryMiB]).toEqual([40, undefined]);
});

describe("forms", () => {
  test("ask four answers and a file first, then five more at a time, prefilled with what is known", async () => {
    const { fake } = await commanding();
    await fake.say({ user: "ada", content: "120 stores, 8 GB", mention: true });
    const hello = await fake.waitForMessage({ contains: "Understood" });
    const first = await fake.click({ user: "ada", message: hello.id, customId: "form" });
    const { modal } = await first.answered();
    const labels = modal!.components.map((one) => ("label" in one ? one.label : ""));
    expect(labels).toHaveLength(5);
    expect(labels.at(-1)).toContain("YAML");
    const sent = await fake.submit({ user: "ada", modal: first.id, fields: { [labels[0]!]: "amd64" } });
    const pages = [labels.slice(0, -1)];
    const filled: string[] = [];
    for (let page = sent; ; ) {
      const more = await offered(page);
      if (!more) break;
      const opened = await fake.click({ user: "ada", message: more.id, customId: "More questions" });
      const asked = (await opened.answered()).modal!.components;
      pages.push(asked.map((one) => ("label" in one ? one.label : "")));
      filled.push(JSON.stringify(asked));
      page = await fake.submit({ user: "ada", modal: opened.id });
    }
    expect(pages.slice(1, -1).every((page) => page.length === 5)).toBe(true);
    const all = pages.flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain("Memory per node");
    // What was understood stands in its field: numbers and words as text, choices picked.
    expect(filled.join()).toContain('"value":"120"');
    expect(filled.join()).toContain('"value":"8 GB"');
    expect(filled.join()).toMatch(/"value":"retail","default":true/);
    expect(await fake.violations()).toEqual([]);
  });

  test("a change is written into a field of its own", async () => {
    const { fake, bot } = await commanding();
    await fake.say({ user: "ada", content: `${fleet}, anyone can get at it, quick`, mention: true });
    const card = await fake.waitForMessage({ contains: "Your fleet" });
    await fake.click({ user: "ada", message: card.id, customId: "Generate the plan" });
    const plan = await fake.waitForMessage({ contains: "Quick recommendation, revision 1" });
    await bot.journey.settled();
    const field = await fake.click({ user: "ada", message: plan.id, customId: "change" });
    expect((await field.answered()).modal?.title).toBe("What if …");
    await (
      await fake.submit({ user: "ada", modal: field.id, fields: { text: "what if they have 1 GB?" } })
    ).acked();
    await fake.waitForMessage({ contains: "Revision 2" });
    await bot.journey.settled();
    expect(await fake.violations()).toEqual([]);
  });
});
