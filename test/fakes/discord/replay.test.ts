import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, ComponentType, Events } from "discord.js";
import { describe, expect, test } from "vitest";
import type { FakeDiscord } from "../discord.ts";
import { bot, fake, openThread, rest } from "./harness.ts";

type Packet = { t: string; d: unknown };

const folder = join(import.meta.dirname, "../../replay");
const recorded = readdirSync(folder).filter((name) => name.startsWith("discord-"));
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Packet;

/** Paths of all fields with the kind of value they hold; ids that are keys stand for any. */
function shape(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return value.length ? shape(value[0], `${at}[]`) : [`${at}[]`];
  if (typeof value !== "object" || value === null)
    return [`${at}: ${value === null ? "null" : typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) =>
    shape(inner, `${at}.${/^\d{17,}$/.test(key) ? "ID" : key}`),
  );
}

/** Fields that Discord sends and the fake does not, or gives another kind of value. */
function missing(theirs: unknown, ours: unknown): string[] {
  const has = new Set(shape(ours));
  const paths = new Set([...has].map((one) => one.split(": ")[0]!));
  return shape(theirs).filter((one) => {
    const [path, kind] = one.split(": ");
    // An empty list or nothing says only that the field is there.
    if (!kind || kind === "null")
      return ![...paths].some((other) => other.startsWith(path!.replace(/\[\]$/, "")));
    return !has.has(one);
  });
}

type Setting = { discord: FakeDiscord; client: Client<true>; thread: string; message: string };

/** How each recorded event comes about in the fake. */
const ways: Record<string, (setting: Setting) => Promise<unknown>> = {
  "message-mention": ({ discord }) => discord.say({ user: "ada", content: "5,000 trucks", mention: true }),
  "message-without-intent": ({ discord, thread }) =>
    discord.say({ user: "ada", channel: thread, content: "2 GB" }),
  "message-reply-with-file": ({ discord, thread, message }) =>
    discord.say({
      user: "ada",
      channel: thread,
      content: "2 GB each",
      replyTo: message,
      files: [{ name: "sites.csv", content: "a,b,c,d" }],
    }),
  command: ({ discord }) =>
    discord.command({ user: "ada", name: "edge", sub: "plan", options: { sites: 5_000 } }),
  autocomplete: ({ discord }) =>
    discord.autocomplete({
      user: "ada",
      name: "edge",
      sub: "plan",
      options: { distro: "k" },
      focused: "distro",
    }),
  button: ({ discord, message }) => discord.click({ user: "ada", message, customId: "go" }),
  menu: ({ discord, message }) =>
    discord.choose({ user: "ada", message, customId: "distro", values: ["k3s"] }),
  modal: async ({ discord, message }) => {
    const opened = await discord.click({ user: "ada", message, customId: "form" });
    await opened.answered();
    const files = { inventory: [{ name: "sites.csv", content: "a,b,c,d", type: "text/csv" }] };
    return discord.submit({
      user: "ada",
      modal: opened.id,
      fields: { sites: "5000", distro: ["k3s"] },
      files,
    });
  },
  "message-command": async ({ discord }) => {
    const message = await discord.say({ user: "ada", content: "5,000 trucks", mention: true });
    return discord.context({ user: "ada", name: "Plan from this message", message });
  },
};

const options = [{ label: "K3s", value: "k3s" }];
const commands = [
  {
    name: "edge",
    description: "d",
    options: [
      {
        type: 1,
        name: "plan",
        description: "d",
        options: [
          { type: 4, name: "sites", description: "d" },
          { type: 3, name: "distro", description: "d", autocomplete: true },
        ],
      },
    ],
  },
  { name: "Plan from this message", type: 3 },
];
const label = (component: object) => ({ type: ComponentType.Label, label: "Label", component });
const modal = {
  custom_id: "form",
  title: "Form",
  components: [
    label({ type: 4, custom_id: "sites", style: 1 }),
    label({ type: 3, custom_id: "distro", options }),
    label({ type: 19, custom_id: "inventory" }),
  ],
};

describe("what the fake sends has every field of what Discord sends", () => {
  test.each(recorded)("%s", async (name) => {
    const discord = await fake();
    const own = await bot(discord);
    const { client } = own;
    await rest(discord).put(`/applications/${client.user.id}/commands`, { body: commands });
    const thread = await openThread(own, discord);
    const button = (id: string) => ({ type: 2, style: 1, label: id, custom_id: id }) as const;
    const menu = { type: 3, custom_id: "distro", options } as const;
    const rows = [
      { type: 1, components: [button("go"), button("form")] },
      { type: 1, components: [menu] },
    ] as const;
    const message = await thread.send({ content: "Which one?", components: [...rows] });
    client.on(Events.InteractionCreate, (interaction) => {
      const { id, token } = interaction;
      if (interaction.isButton() && interaction.customId === "form")
        void rest(discord).post(`/interactions/${id}/${token}/callback`, {
          body: { type: 9, data: modal },
          auth: false,
        });
    });
    const { t, d } = read(name);
    // Copies: the library goes on to tie what it received into circles.
    const sent: unknown[] = [];
    client.on(
      Events.Raw as never,
      (packet: Packet) => packet.t === t && sent.push(structuredClone(packet.d)),
    );
    const way = ways[name.replace(/^discord-|\.json$/g, "")];
    await way?.({ discord, client, thread: thread.id, message: message.id });
    const nearest = () =>
      sent.map((one) => missing(d, one)).sort((a, b) => a.length - b.length)[0] ?? ["nothing was sent"];
    await expect.poll(nearest).toEqual([]);
  });
});
