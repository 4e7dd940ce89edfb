import {
  GatewayDispatchEvents as Event,
  type GatewayDispatchPayload,
  GatewayIntentBits as Intent,
} from "discord-api-types/v10";
import type { WebSocket } from "ws";
import { readable } from "./messages.ts";
import { may } from "./permissions.ts";
import type { DispatchData, Message, World } from "./world.ts";

export type Socket = {
  ws: WebSocket;
  session: Session | undefined;
  /** When it last showed a heartbeat. */
  beat: number;
  sends: number[];
  write: (payload: object) => void;
};
type Sent = { op: 0; t: Event; s: number; d: unknown };
/** What a client resumes: its events are kept while it is away. */
export type Session = {
  id: string;
  shard: [number, number];
  intents: number;
  seq: number;
  resumes: number;
  buffer: Sent[];
  socket: Socket | undefined;
};

const kept = 4_000; // events a session remembers; Discord does not say how many

const guildEvents = new Set<Event>([
  Event.GuildCreate,
  Event.GuildUpdate,
  Event.GuildDelete,
  Event.GuildRoleCreate,
  Event.GuildRoleUpdate,
  Event.GuildRoleDelete,
  Event.ChannelCreate,
  Event.ChannelUpdate,
  Event.ChannelDelete,
  Event.ThreadCreate,
  Event.ThreadUpdate,
  Event.ThreadDelete,
  Event.ThreadListSync,
  Event.ThreadMemberUpdate,
]);
const messageEvents = new Set<Event>([Event.MessageCreate, Event.MessageUpdate, Event.MessageDelete]);
const memberEvents = new Set<Event>([Event.GuildMemberAdd, Event.GuildMemberRemove]);

type Loose = { id?: string; guild_id?: string; channel_id?: string; author?: unknown };

/** Brings events to the sessions that asked for them, may see them, and own the server's shard. */
export class Delivery {
  repeats: { draw: () => number; rate: number; most: number } | undefined;
  private readonly world: World;
  private readonly sessions: Map<string, Session>;

  constructor(world: World, sessions: Map<string, Session>) {
    this.world = world;
    this.sessions = sessions;
  }

  dispatch<T extends Event>(event: T, data: DispatchData<T>) {
    for (const session of this.sessions.values()) {
      if (!this.concerns(session, event, data as Loose)) continue;
      this.only(session, event, this.view(session, event, data));
    }
  }

  /** One event to one session, numbered and remembered. */
  only<T extends Event>(session: Session, event: T, data: DispatchData<T>) {
    // A copy, since what the world holds goes on changing while the session is away.
    const d = structuredClone(data) as unknown;
    const times = this.times(event);
    for (let copy = 0; copy < times; copy++) {
      const payload: Sent = { op: 0, t: event, s: ++session.seq, d };
      session.buffer.push(payload);
      if (session.buffer.length > kept) session.buffer.shift();
      session.socket?.write(payload satisfies { op: 0 } as unknown as GatewayDispatchPayload);
    }
  }

  private times(event: Event): number {
    const repeats = this.repeats;
    const repeatable = event === Event.MessageCreate || event === Event.InteractionCreate;
    if (!repeats || !repeatable || repeats.draw() >= repeats.rate) return 1;
    return 2 + Math.floor(repeats.draw() * (repeats.most - 1 + Number.EPSILON));
  }

  private concerns({ intents, shard }: Session, event: Event, data: Loose): boolean {
    const guild =
      data.guild_id ?? (event.startsWith("GUILD_") && !event.startsWith("GUILD_ROLE") ? data.id : undefined);
    if (shardOf(guild, shard[1]) !== shard[0]) return false;
    if (guildEvents.has(event) && !(intents & Intent.Guilds)) return false;
    if (memberEvents.has(event) && !(intents & Intent.GuildMembers)) return false;
    if (messageEvents.has(event) && !(intents & (guild ? Intent.GuildMessages : Intent.DirectMessages)))
      return false;
    if (
      event === Event.TypingStart &&
      !(intents & (guild ? Intent.GuildMessageTyping : Intent.DirectMessageTyping))
    )
      return false;
    if (event === Event.InteractionCreate) return true;
    const channel = this.world.channels.get(
      data.channel_id ?? (event.startsWith("THREAD_") ? (data.id ?? "") : ""),
    );
    return !channel || may(this.world, this.world.bot.id, channel, "ViewChannel");
  }

  private view<T extends Event>(session: Session, event: T, data: DispatchData<T>): DispatchData<T> {
    if (event !== Event.MessageCreate && event !== Event.MessageUpdate) return data;
    const stored = this.world.messages.get((data as Message).id);
    if (!stored) return data;
    return readable(this.world, stored, (session.intents & Intent.MessageContent) !== 0) as never;
  }
}

/** Which shard a server belongs to; direct messages belong to the first. */
export function shardOf(guildId: string | undefined, total: number): number {
  return guildId ? Number((BigInt(guildId) >> 22n) % BigInt(total)) : 0;
}
