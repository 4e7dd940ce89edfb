import { MessageFlags } from "discord-api-types/v10";
import { displayed, type Loose } from "./components.ts";
import type { Gateway } from "./gateway.ts";
import { dm } from "./guilds.ts";
import { didNotRespond, type Interaction, kindOf } from "./interactions.ts";
import { channelOf, personOf } from "./people.ts";
import { transcript } from "./transcript.ts";
import type { Call, SeenInteraction, SeenMessage, SeenSession, SeenThread, Violation } from "./types.ts";
import { isThread, type Stored, type World } from "./world.ts";

/** All words a reader of a message sees. */
export function textOf({ data }: Stored): string {
  const embeds = data.embeds.flatMap((embed) => [
    embed.title,
    embed.description,
    ...(embed.fields ?? []).flatMap(({ name, value }) => [name, value]),
    embed.footer?.text,
  ]);
  return [data.content, ...embeds, ...displayed((data.components ?? []) as unknown as Loose[])]
    .filter(Boolean)
    .join("\n");
}

/** A message as its channel shows it. */
export function seen(world: World, stored: Stored): SeenMessage {
  return {
    ...stored.data,
    edits: stored.edits,
    ours: stored.data.author.id === world.bot.id,
    text: textOf(stored),
    loading: ((stored.data.flags ?? 0) & MessageFlags.Loading) !== 0,
    ...(stored.ephemeralTo
      ? { ephemeralTo: world.users.get(stored.ephemeralTo)?.username ?? stored.ephemeralTo }
      : {}),
    ...(stored.deletedAt ? { deleted: true } : {}),
  };
}

function seenInteraction(world: World, interaction: Interaction): SeenInteraction {
  const ids = new Set([
    ...(interaction.original && interaction.acked ? [interaction.original] : []),
    ...interaction.messages,
  ]);
  return {
    id: interaction.id,
    token: interaction.token,
    kind: kindOf(interaction),
    name: interaction.name,
    user: interaction.user.username,
    channel: interaction.channelId,
    ...(interaction.acked ? { ackedAfterMs: interaction.acked.at - interaction.at } : {}),
    ...(interaction.response ? { response: interaction.response } : {}),
    ...(interaction.modal ? { modal: interaction.modal } : {}),
    ...(interaction.choices ? { choices: interaction.choices } : {}),
    messages: [...ids].flatMap((id) => {
      const stored = world.messages.get(id);
      return stored ? [seen(world, stored)] : [];
    }),
    didNotRespond: didNotRespond(world, interaction),
  };
}

function messages(world: World, channel?: string, { deleted = false } = {}): SeenMessage[] {
  return storedIn(world, channel)
    .filter((one) => deleted || !one.deletedAt)
    .map((one) => seen(world, one));
}

/** All messages of one channel, or of every channel, as they were posted. */
export function storedIn(world: World, channel?: string): readonly Stored[] {
  if (channel === undefined) return [...world.messages.values()];
  return world.historyOf(placeOf(world, channel));
}

/** A channel's id; `dm:ada` is what ada and the bot wrote each other. */
function placeOf(world: World, name: string): string {
  if (name.startsWith("dm:")) return dm(world, personOf(world, name.slice(3))).id;
  // A deleted thread's messages can still be looked at.
  if (world.deletedThreads.has(name)) return name;
  return channelOf(world, world.bot, name).id;
}

function threads(world: World): SeenThread[] {
  const all = [...[...world.channels.values()].filter(isThread), ...world.deletedThreads.values()];
  return all.map((thread) => ({
    id: thread.id,
    name: thread.name ?? "",
    parent: thread.parent_id ?? "",
    owner: world.users.get(thread.owner_id ?? "")?.username ?? "",
    archived: thread.thread_metadata?.archived ?? false,
    locked: thread.thread_metadata?.locked ?? false,
    deleted: world.deletedThreads.has(thread.id),
    messages: thread.total_message_sent ?? 0,
  }));
}

function violations(world: World): Violation[] {
  const silent = [...world.interactions.values()]
    .filter((one) => didNotRespond(world, one))
    .map((one) => ({
      kind: "no-answer" as const,
      what: `${kindOf(one)} ${one.name} of ${one.user.username}`,
      at: one.at,
    }));
  return [...world.violations, ...silent];
}

function doubles(world: World): { channel: string; nonce: string; messages: string[] }[] {
  const own = [...world.messages.values()].filter(
    ({ data, deletedAt }) => data.author.id === world.bot.id && data.nonce !== undefined && !deletedAt,
  );
  return [...Map.groupBy(own, ({ data }) => `${data.channel_id} ${data.nonce}`)]
    .filter(([, all]) => all.length > 1)
    .map(([key, all]) => {
      const [channel = "", nonce = ""] = key.split(" ");
      return { channel, nonce, messages: all.map(({ data }) => data.id) };
    });
}

/** An interaction as the person who started it sees it. */
export function interaction(world: World, id: string): SeenInteraction {
  const found = world.interactions.get(id);
  if (!found) throw new Error(`no interaction ${id}`);
  return seenInteraction(world, found);
}

/** What can be seen of the server from outside. */
export const observe = (world: World, gateway: Gateway) => ({
  /** Messages of a channel in order, of every channel without one; ephemeral ones too. */
  messages: (channel?: string, options?: { deleted?: boolean }) => messages(world, channel, options),
  message: (id: string): SeenMessage | undefined => {
    const stored = world.messages.get(id);
    return stored && seen(world, stored);
  },
  /** A channel as a person reads it, in Markdown. */
  transcript: (channel: string) => transcript(messages(world, channel)),
  threads: () => threads(world),
  /** Bytes behind an attachment's address. */
  bytes: (url: string): Uint8Array => {
    const file = world.files.get(decodeURIComponent(new URL(url).pathname));
    if (!file) throw new Error(`no file at ${url}`);
    return new Uint8Array(file.data);
  },
  interaction: (id: string) => interaction(world, id),
  interactions: () => [...world.interactions.values()].map((one) => seenInteraction(world, one)),
  commands: (guild = "") => world.commands.get(guild) ?? [],
  /** Requests so far, of one route such as `POST /channels/:channel/messages` where one is given. */
  calls: (route?: string): Call[] =>
    world.calls.filter((call) => !route || `${call.method} ${call.route}` === route),
  /** How many requests, of one route or of all. */
  count: (route?: string): number =>
    route
      ? world.calls.filter((call) => `${call.method} ${call.route}` === route).length
      : world.calls.length,
  violations: () => violations(world),
  /** Whether something still goes on: calls and deliveries so far, and interactions nobody has answered yet. */
  pulse: () => ({
    activity: world.calls.length + world.delivered,
    delivered: world.delivered,
    unanswered: [...world.interactions.values()].filter((one) => !one.acked && !didNotRespond(world, one))
      .length,
  }),
  /** When messages and interactions were told to the bot, by id, in milliseconds of `process.hrtime`. */
  toldAt: () => Object.fromEntries(world.toldAt),
  /** Messages of the bot that were made twice: the same nonce, in the same channel, still there. */
  doubles: () => doubles(world),
  pings: () => world.pings,
  fetchedLinks: () => world.links,
  typing: () => world.typing,
  sessions: (): SeenSession[] =>
    [...gateway.sessions.values()].map(({ id, shard, intents, seq, resumes, socket }) => ({
      id,
      shard,
      intents,
      seq,
      resumes,
      connected: socket !== undefined,
    })),
  identifies: () => world.identifies,
  ids: () => ({
    bot: world.bot.id,
    guilds: [...world.guilds.keys()],
    channels: Object.fromEntries(
      [...world.channels.values()].map((one) => [one.name ?? `dm:${one.id}`, one.id]),
    ),
    users: Object.fromEntries([...world.users.values()].map((one) => [one.username, one.id])),
    roles: [...world.guilds.values()].map((guild) =>
      Object.fromEntries([...guild.roles.values()].map((one) => [one.name, one.id])),
    ),
  }),
});
