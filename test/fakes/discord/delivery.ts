import { GatewayDispatchEvents as Event, GatewayIntentBits as Intent } from "discord-api-types/v10";
import type { WebSocket } from "ws";
import { readable } from "./messages.ts";
import { may } from "./permissions.ts";
import type { DispatchData, World } from "./world.ts";

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
  /** When its socket closed. */
  leftAt?: number;
};

// Discord does not say how much it remembers, nor how long; these are ours.
const keptEvents = 4_000;
const keptSessions = 5;
const keptMs = 5 * 60_000;

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
  Event.ThreadMembersUpdate,
]);
const messageEvents = new Set<Event>([Event.MessageCreate, Event.MessageUpdate, Event.MessageDelete]);
const memberEvents = new Set<Event>([Event.GuildMemberAdd, Event.GuildMemberRemove, Event.GuildMemberUpdate]);

/** What people do, which an unlucky resume tells again. */
const repeatable = new Set<Event>([Event.MessageCreate, Event.InteractionCreate]);

type Loose = { id?: string; guild_id?: string; channel_id?: string };

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
    this.expire();
    for (const session of this.sessions.values()) {
      if (!this.concerns(session, event, data as Loose)) continue;
      this.only(session, event, this.view(session, event, data));
    }
  }

  /** One event to one session, numbered and remembered. */
  only<T extends Event>(session: Session, event: T, data: DispatchData<T>) {
    // A copy, since what the world holds goes on changing while the session is away.
    const d = structuredClone(data ?? {}) as unknown;
    const times = this.times(event);
    if (repeatable.has(event)) this.told((data as Loose).id ?? "", times);
    for (let copy = 0; copy < times; copy++) {
      session.seq += 1;
      const payload: Sent = { op: 0, t: event, s: session.seq, d };
      session.buffer.push(payload);
      if (session.buffer.length > keptEvents) session.buffer.shift();
      session.socket?.write(payload);
    }
  }

  private told(id: string, times: number) {
    const { toldAt } = this.world;
    this.world.delivered += times;
    if (!toldAt.has(id)) toldAt.set(id, Number(process.hrtime.bigint()) / 1e6);
  }

  /** Forgets sessions nobody will come back to. */
  expire() {
    const left = [...this.sessions.values()].filter(({ socket }) => !socket);
    const newest = left.sort((a, b) => (b.leftAt ?? 0) - (a.leftAt ?? 0));
    for (const [place, session] of newest.entries())
      if (place >= keptSessions || Date.now() - (session.leftAt ?? 0) > keptMs)
        this.sessions.delete(session.id);
  }

  private times(event: Event): number {
    const repeats = this.repeats;
    if (!repeats || !repeatable.has(event) || repeats.draw() >= repeats.rate) return 1;
    return 2 + Math.floor(repeats.draw() * (repeats.most - 1));
  }

  private concerns({ intents, shard }: Session, event: Event, data: Loose): boolean {
    const aboutGuild =
      event === Event.GuildCreate || event === Event.GuildUpdate || event === Event.GuildDelete;
    const guild = aboutGuild ? data.id : data.guild_id;
    if (shardOf(guild, shard[1]) !== shard[0]) return false;
    if (event === Event.InteractionCreate) return true;
    if (guildEvents.has(event) && !(intents & Intent.Guilds)) return false;
    if (memberEvents.has(event) && !(intents & Intent.GuildMembers)) return false;
    if (messageEvents.has(event) && !(intents & (guild ? Intent.GuildMessages : Intent.DirectMessages)))
      return false;
    const place = event.startsWith("THREAD_") ? data.id : data.channel_id;
    const channel = this.world.channels.get(place ?? "");
    return !channel || may(this.world, this.world.bot.id, channel, "ViewChannel");
  }

  private view<T extends Event>(session: Session, event: T, data: DispatchData<T>): DispatchData<T> {
    if (event !== Event.MessageCreate && event !== Event.MessageUpdate) return data;
    const stored = this.world.messages.get((data as Loose).id ?? "");
    if (!stored) return data;
    const view: unknown = readable(this.world, stored, (session.intents & Intent.MessageContent) !== 0);
    return view as DispatchData<T>;
  }
}

/** Which shard a server belongs to; direct messages belong to the first. */
export function shardOf(guildId: string | undefined, total: number): number {
  return guildId ? Number((BigInt(guildId) >> 22n) % BigInt(total)) : 0;
}
