import { MessageFlags, MessageType } from "discord-api-types/v10";
import type { Gateway } from "./gateway.ts";
import { interaction, seen, storedIn, textOf } from "./observe.ts";
import type { SeenInteraction, SeenMessage } from "./types.ts";
import type { Stored, World } from "./world.ts";

export type WaitFor = {
  channel?: string;
  /** Part of the words a reader sees. */
  contains?: string;
  /** Only messages after this one. */
  after?: string;
  /** Only the bot's unless false. */
  ours?: boolean;
  timeoutMs?: number;
};

const waitMs = 10_000;

type Look<V> = (changed?: Stored) => V | undefined;
type Until<V> = { look: Look<V>; what: () => string; timeoutMs?: number | undefined };

/** Waits until `look` finds something; says what was looked for when the time is over. */
function until<V>(world: World, { look, what, timeoutMs = waitMs }: Until<V>): Promise<V> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      world.events.off("change", attempt);
      world.events.off("clock", attempt);
    };
    const attempt = (changed?: Stored) => {
      try {
        const found = look(changed);
        if (found === undefined) return;
        done();
        resolve(found);
      } catch (error) {
        done();
        reject(error as Error);
      }
    };
    const timer = setTimeout(() => {
      done();
      reject(new Error(`waited ${timeoutMs} ms for ${what()}`));
    }, timeoutMs);
    world.events.on("change", attempt);
    world.events.on("clock", attempt);
    attempt();
  });
}

/** Lines that Discord writes in the bot's name. */
const silentTypes = [
  MessageType.ThreadStarterMessage,
  MessageType.ThreadCreated,
  MessageType.ChannelNameChange,
];

function waitForMessage(world: World, wanted: WaitFor): Promise<SeenMessage> {
  const { channel, contains, after, ours = true, timeoutMs } = wanted;
  const fits = (one: Stored) => {
    if (one.deletedAt || (one.data.flags ?? 0) & MessageFlags.Loading) return false;
    if (ours && (one.data.author.id !== world.bot.id || silentTypes.includes(one.data.type))) return false;
    if (after !== undefined && BigInt(one.data.id) <= BigInt(after)) return false;
    return contains === undefined || textOf(one).includes(contains);
  };
  let place: readonly Stored[] | undefined;
  const look = (changed?: Stored) => {
    // All there is at first, and whenever the channel was not there yet; then only what changed.
    const known = place !== undefined;
    place = known ? place : there(world, channel);
    const fresh = known ? (changed ? [changed] : []) : (place ?? []);
    const found = fresh.find(
      (one) => (channel === undefined || world.historyOf(one.data.channel_id) === place) && fits(one),
    );
    return found && seen(world, found);
  };
  const what = () => {
    const last = (there(world, channel) ?? [])
      .slice(-3)
      .map((one) => JSON.stringify(textOf(one).slice(0, 120)));
    const words = contains === undefined ? "" : ` with "${contains}"`;
    return `a message${words} in ${channel ?? "any channel"}; the last were ${last.join(", ") || "none"}`;
  };
  return until(world, { look, what, timeoutMs });
}

/** The messages of a channel, nothing while there is no such channel. */
function there(world: World, channel: string | undefined): readonly Stored[] | undefined {
  try {
    return storedIn(world, channel);
  } catch {
    return undefined;
  }
}

type Answer = { part?: "acked" | "answered"; timeoutMs?: number };

function waitForAnswer(
  world: World,
  id: string,
  { part = "acked", timeoutMs }: Answer = {},
): Promise<SeenInteraction> {
  const look = () => {
    const state = interaction(world, id);
    if (state.didNotRespond) throw new Error(`the bot did not respond to ${state.kind} ${state.name}`);
    if (state.ackedAfterMs === undefined) return undefined;
    if (part === "acked" || state.modal || state.choices) return state;
    return state.messages.some((one) => !one.loading) ? state : undefined;
  };
  return until(world, { look, what: () => `the bot to have ${part} interaction ${id}`, timeoutMs });
}

const connected = (gateway: Gateway) => [...gateway.sessions.values()].filter((one) => one.socket).length;

/** Ways to wait for what a bot does, each with an end. */
export const waiting = (world: World, gateway: Gateway) => ({
  waitForMessage: (input: WaitFor) => waitForMessage(world, input),
  waitForAnswer: (id: string, options?: Answer) => waitForAnswer(world, id, options),
  waitForCommands: (timeoutMs?: number) => {
    const look = () => (world.commands.get("")?.length ? world.commands.get("") : undefined);
    return until(world, { look, what: () => "commands", timeoutMs });
  },
  /** Waits until so many sessions are connected. */
  waitForSessions: (count: number, timeoutMs?: number) =>
    until(world, {
      look: () => (connected(gateway) === count ? count : undefined),
      what: () => `${count} connected sessions; there are ${connected(gateway)}`,
      timeoutMs,
    }),
});
