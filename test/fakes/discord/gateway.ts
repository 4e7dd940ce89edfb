import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import {
  type APIUser,
  GatewayCloseCodes as Close,
  GatewayDispatchEvents as Event,
  GatewayIntentBits as Intent,
  GatewayOpcodes as Op,
} from "discord-api-types/v10";
import { type WebSocket, WebSocketServer } from "ws";
import { Delivery, type Session, type Socket, shardOf } from "./delivery.ts";
import { guildCreate, toMember } from "./guilds.ts";
import { random } from "./random.ts";
import { noFlags, type World } from "./world.ts";

// https://docs.discord.com/developers/events/gateway
const heartbeatMs = 41_250;
const maxPayloadBytes = 4_096;
const maxSends = 120;
const sendWindowMs = 60_000;
const guildsPerShard = 2_500;
const identifyWindowMs = 5_000;
const privileged = Intent.GuildMembers | Intent.GuildPresences;
const numbers = Object.values(Intent).filter((bit) => typeof bit === "number");
const knownIntents = numbers.reduce<number>((sum, bit) => sum | bit, 0);

type Frame = { op?: number; d?: unknown };
type Identify = { token?: string; intents?: number; shard?: [number, number] };
type Resume = { token?: string; session_id?: string; seq?: number };
type Members = { guild_id?: string; nonce?: string };

/** The socket side of Discord: identify, heartbeats, resume, and the faults of a network. */
export class Gateway {
  readonly sockets = new Set<Socket>();
  readonly sessions = new Map<string, Session>();
  /** Heartbeats get no answer. */
  deaf = false;
  /** New connections are refused with a 502. */
  rejectUpgrade = false;
  /** READY comes, its servers do not. */
  silent = false;
  private readonly lastIdentify = new Map<number, number[]>();
  private readonly world: World;
  private readonly delivery: Delivery;
  private readonly server = new WebSocketServer({ noServer: true });

  constructor(world: World) {
    this.world = world;
    this.delivery = new Delivery(world, this.sessions);
    world.dispatch = (event, data) => this.delivery.dispatch(event, data);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    if (this.rejectUpgrade) return socket.end("HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n");
    this.server.handleUpgrade(request, socket, head, (ws) => this.open(ws, request));
  }

  /** Sends events again that were sent already, as an unlucky resume would. */
  repeat(options: { rate: number; seed?: number; most?: number } | undefined) {
    this.delivery.repeats = options && {
      draw: random(options.seed ?? 1),
      rate: options.rate,
      most: options.most ?? 2,
    };
  }

  kick(code = 4_000) {
    for (const socket of this.sockets) {
      // From this moment on nothing reaches the client; its session waits.
      if (socket.session?.socket === socket) this.left(socket.session);
      code ? socket.ws.close(code) : socket.ws.terminate();
    }
  }

  private left(session: Session) {
    session.socket = undefined;
    session.leftAt = Date.now();
  }

  reconnect() {
    for (const socket of this.sockets) socket.write({ op: Op.Reconnect, d: null });
  }

  /** Sessions are lost: who resumes hears "invalid session", and what happened meanwhile is gone. */
  forget() {
    this.sessions.clear();
    this.kick();
  }

  close() {
    for (const { ws } of this.sockets) ws.terminate();
    this.server.close();
  }

  private open(ws: WebSocket, request: IncomingMessage) {
    const version = /[?&]v=(\d+)/.exec(request.url ?? "")?.[1];
    const encoding = /[?&]encoding=(\w+)/.exec(request.url ?? "")?.[1] ?? "json";
    const interval = this.world.options.heartbeatMs ?? heartbeatMs;
    const socket: Socket = {
      ws,
      session: undefined,
      beat: Date.now(),
      sends: [],
      write: (payload) => {
        if (ws.readyState === ws.OPEN) ws.send(JSON.stringify(payload));
      },
    };
    this.sockets.add(socket);
    // A client that stops its heartbeat is dropped; a busy machine gets the double interval and a second more.
    const watch = setInterval(() => {
      if (Date.now() - socket.beat > interval * 2 + 1_000)
        this.fault(socket, Close.SessionTimedOut, "no heartbeat");
    }, interval);
    watch.unref();
    ws.on("close", (code) => this.closed(socket, code, watch));
    ws.on("error", () => ws.terminate());
    ws.on("message", (raw) => this.hear(socket, raw as Buffer));
    if (version !== "10") return this.fault(socket, Close.InvalidAPIVersion, `version ${version}`);
    if (encoding !== "json") return this.fault(socket, Close.DecodeError, `encoding ${encoding}`);
    socket.write({ op: Op.Hello, d: { heartbeat_interval: interval } });
  }

  private closed(socket: Socket, code: number, watch: NodeJS.Timeout) {
    clearInterval(watch);
    this.sockets.delete(socket);
    const session = socket.session;
    if (session?.socket !== socket) return;
    this.left(session);
    // A client that says goodbye ends its session, https://docs.discord.com/developers/events/gateway#disconnecting
    if (code === 1_000 || code === 1_001) this.sessions.delete(session.id);
    this.delivery.expire();
    this.world.changed();
  }

  private fault(socket: Socket, code: number, what: string) {
    this.world.note("gateway", `${code}: ${what}`, { code });
    socket.ws.close(code, what);
  }

  private hear(socket: Socket, raw: Buffer) {
    const now = Date.now();
    socket.sends = [...socket.sends.filter((at) => now - at < sendWindowMs), now];
    if (socket.sends.length > maxSends)
      return this.fault(socket, Close.RateLimited, "more than 120 sends in 60 s");
    if (raw.length > maxPayloadBytes) return this.fault(socket, Close.DecodeError, "payload over 4096 bytes");
    let frame: Frame;
    try {
      frame = JSON.parse(raw.toString()) as Frame;
    } catch {
      return this.fault(socket, Close.DecodeError, "no JSON");
    }
    if (frame.op === Op.Heartbeat) {
      socket.beat = now;
      if (!this.deaf) socket.write({ op: Op.HeartbeatAck });
      return;
    }
    if (frame.op === Op.Identify) return this.identify(socket, frame.d as Identify);
    if (frame.op === Op.Resume) return this.resume(socket, frame.d as Resume);
    if (!socket.session) return this.fault(socket, Close.NotAuthenticated, `op ${frame.op} before identify`);
    if (frame.op === Op.RequestGuildMembers) return this.members(socket.session, frame.d as Members);
    if (frame.op === Op.PresenceUpdate || frame.op === Op.VoiceStateUpdate) return;
    this.fault(socket, Close.UnknownOpcode, `op ${frame.op}`);
  }

  private identify(socket: Socket, { token, intents = 0, shard = [0, 1] }: Identify) {
    const { world } = this;
    if (socket.session) return this.fault(socket, Close.AlreadyAuthenticated, "identify twice");
    if (token !== world.token)
      return this.fault(socket, Close.AuthenticationFailed, "Authentication failed.");
    if (intents & ~knownIntents) return this.fault(socket, Close.InvalidIntents, "Invalid intent(s).");
    const content = intents & Intent.MessageContent && !world.mayReadContent;
    if (content || intents & privileged & ~(world.options.privileged ?? 0))
      return this.fault(socket, Close.DisallowedIntents, "Disallowed intent(s).");
    const [index, total] = shard;
    if (!(index >= 0 && index < total)) return this.fault(socket, Close.InvalidShard, "Invalid shard.");
    const joined = [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id));
    const guilds = joined.filter(({ id }) => shardOf(id, total) === index);
    if (guilds.length > (world.options.guildsPerShard ?? guildsPerShard))
      return this.fault(socket, Close.ShardingRequired, "Sharding required.");
    if (this.tooFast(index)) {
      world.note("gateway", `identify of shard ${index} over max_concurrency`);
      return socket.write({ op: Op.InvalidSession, d: false });
    }
    world.identifies += 1;
    const session: Session = {
      id: world.id(),
      shard: [index, total],
      intents,
      seq: 0,
      resumes: 0,
      buffer: [],
      socket,
    };
    this.sessions.set(session.id, session);
    socket.session = session;
    const user: APIUser = { ...world.bot, mfa_enabled: true, verified: true, email: null, flags: noFlags };
    this.delivery.only(session, Event.Ready, {
      v: 10,
      user,
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: world.base.replace("http", "ws"),
      shard: [index, total],
      application: { id: world.bot.id, flags: world.appFlags, flags_new: String(world.appFlags) },
    });
    if (intents & Intent.Guilds && !this.silent)
      for (const guild of guilds) this.delivery.only(session, Event.GuildCreate, guildCreate(world, guild));
    world.changed();
  }

  /**
   * Shards that share `shard % max_concurrency` may identify once in five seconds. Only where a test asks for
   * it: a bot that is killed and started again all the time would wait for nothing.
   */
  private tooFast(shard: number): boolean {
    if (!this.world.options.strictIdentify) return false;
    const key = shard % (this.world.options.maxConcurrency ?? 1);
    const now = Date.now();
    const recent = (this.lastIdentify.get(key) ?? []).filter((at) => now - at < identifyWindowMs);
    this.lastIdentify.set(key, [...recent, now]);
    return recent.length > 0;
  }

  private resume(socket: Socket, { token, session_id: id, seq = 0 }: Resume) {
    if (token !== this.world.token)
      return this.fault(socket, Close.AuthenticationFailed, "Authentication failed.");
    const session = this.sessions.get(id ?? "");
    const first = session?.buffer[0]?.s ?? 0;
    // What the server no longer remembers cannot be told again.
    if (!session || (seq < session.seq && first > seq + 1))
      return socket.write({ op: Op.InvalidSession, d: false });
    if (seq > session.seq) return this.fault(socket, Close.InvalidSeq, "Invalid seq.");
    session.socket?.ws.close(4_000);
    session.socket = socket;
    session.resumes += 1;
    socket.session = session;
    for (const payload of session.buffer) if (payload.s > seq) socket.write(payload);
    this.delivery.only(session, Event.Resumed, undefined);
    this.world.changed();
  }

  private members(session: Session, { guild_id = "", nonce }: Members) {
    const guild = this.world.guilds.get(guild_id);
    if (!guild) return;
    this.delivery.only(session, Event.GuildMembersChunk, {
      guild_id,
      members: [...guild.members.values()].map(toMember),
      chunk_index: 0,
      chunk_count: 1,
      ...(nonce ? { nonce } : {}),
    });
  }
}
