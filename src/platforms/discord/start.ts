import { setTimeout as sleep } from "node:timers/promises";
import {
  type APIApplication,
  Client,
  Events,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  GatewayIntentBits,
  Options,
  Partials,
  REST,
  RESTEvents,
  Routes,
  Status,
} from "discord.js";
import { TaskError } from "#model/errors.ts";
import type { Connection, Platform } from "#model/platform.ts";
import { arrange } from "./arrange.ts";
import { call, isRevoked } from "./call.ts";
import { createCatchUp } from "./catch-up.ts";
import { createChannels } from "./channels.ts";
import { commandsFor, fingerprint, register } from "./commands.ts";
import type { Desk } from "./desk.ts";
import type { Env } from "./env.ts";
import { createIntake } from "./intake.ts";
import { createInteracting } from "./interact.ts";
import { createMembers } from "./members.ts";
import { openPeople } from "./people.ts";
import { openPlaces } from "./places.ts";
import { createPosting } from "./post.ts";
import { createReceiving, type Heard } from "./receive.ts";
import { createRules } from "./rules.ts";
import { createStatus } from "./status.ts";

/** Flags of an application that may read messages: resources/application#application-object-application-flags */
export const contentFlags = { full: 1 << 18, limited: 1 << 19 } as const;

const readyMs = 20_000; // other platforms do not wait longer for this one
const drainMs = 5_000;
const steadyMs = 3_000; // the library pauses half a second before it connects anew
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

const sentences = {
  token:
    "discord: the token is not valid (any more). Make a new one on the page Bot of the application, and set DISCORD_TOKEN",
  intents:
    "discord: the application may not use an intent it asked for. Run `edgewright doctor --fix`, or switch Message Content on or off on the page Bot, and start again",
  sharding:
    "discord: too many servers for one connection, although as many as Discord recommends were opened. Start again",
} as const;

/** Close codes after which no reconnecting helps: topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const fatalCodes: Record<number, string> = {
  4004: sentences.token,
  4010: sentences.sharding,
  4011: sentences.sharding,
  4013: sentences.intents,
  4014: sentences.intents,
};

/** A REST client of ours: its own pauses lie around it, so it repeats only once. */
export function openRest({ DISCORD_TOKEN, DISCORD_API_URL }: Env): REST {
  const rest = new REST({ version: "10", retries: 1, ...(DISCORD_API_URL && { api: DISCORD_API_URL }) });
  return rest.setToken(DISCORD_TOKEN);
}

type Context = Parameters<Platform["connect"]>[0] & { env: Env };

/** Connects to Discord: asks what the application may read, logs in, registers commands, catches up. */
export async function start({ env, bot, split, log, signal: ending, notes }: Context): Promise<Connection> {
  const own = new AbortController();
  const { signal } = own;
  const rest = openRest(env);
  const lost = Promise.withResolvers<string>();
  let isLost = false;
  rest.on(RESTEvents.Response, ({ path }, { status }) => {
    if (status === 401 && !path.startsWith("/webhooks") && !path.startsWith("/interactions"))
      lose(sentences.token);
  });
  rest.on(RESTEvents.RateLimited, ({ route, retryAfter, global }) =>
    log.debug({ route, retryAfter, global }, "discord: waiting for a rate limit"),
  );

  const application = await call(() => rest.get(Routes.currentApplication()), ending).catch((cause) => {
    throw isRevoked(cause) ? new TaskError(sentences.token, { cause }) : cause;
  });
  const { id: applicationId, bot: user, flags = 0 } = application as APIApplication;
  const readsContent = (flags & (contentFlags.full | contentFlags.limited)) !== 0;
  const me = user?.id ?? applicationId;
  log.info({ application: applicationId, readsContent }, "discord: application found");

  const client = openClient(env, readsContent);
  const channels = createChannels(client, rest, signal);
  const rolesOf = createMembers({ rest, signal });
  const rules = createRules({ rest, client, applicationId, log, signal });
  const desk: Desk = {
    client: client as Client<true>,
    rest,
    me,
    bot,
    log,
    notes,
    env,
    readsContent,
    channels,
    rolesOf,
    signal,
    isEnding: () => ending.aborted || signal.aborted || isLost,
    arrange: (blocks) => arrange(blocks, split),
    places: openPlaces({ notes, rest, log, say: bot.say, missing: channels.missing }),
    people: openPeople(env, { rolesOf, log, allow: rules.allow }),
  };
  const posting = createPosting(desk);
  const status = createStatus(desk);
  const receiving = createReceiving(desk);
  const interacting = createInteracting(desk);
  const intake = createIntake(desk, receiving);
  const catchUp = createCatchUp(desk, {
    hear: intake.hear,
    isCall: receiving.isAddressed,
    isConnected: () => client.isReady() && client.ws.shards.every(({ status: state }) => state === 0),
    pending: intake.pending,
  });
  listen();
  await connectGateway();
  void afterReady();

  function listen(): void {
    client.on(Events.Raw, hearPacket);
    client.on(Events.ApplicationCommandPermissionsUpdate, ({ guildId }) => rules.forget(guildId));
    client.on(Events.InteractionCreate, (interaction) => void interacting.use(interaction));
    client.on(Events.Error, (err) => log.error({ err }, "discord: an error"));
    client.on(Events.Warn, (warning) => log.warn({ warning }, "discord: a warning"));
    client.on(Events.ShardError, (err, shard) =>
      log.warn({ err, shard }, "discord: a connection failed, it is tried again"),
    );
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      log.warn({ code, shard }, "discord: a connection is closed for good");
      if (!desk.isEnding())
        lose(fatalCodes[code] ?? `discord: the connection was closed for good (${code}). Start again`);
    });
    client.on(Events.Invalidated, () => lose(sentences.token));
    // A session that Discord lost begins anew: what was said meanwhile is asked for.
    let ready = 0;
    client.on(Events.ShardReady, (shard) => {
      if (++ready > client.ws.shards.size) {
        log.info({ shard }, "discord: a new session");
        void catchUp.run();
      }
    });
  }

  /**
   * Messages as packets: the library drops those of threads it does not know, and repeats others. It makes nothing of one
   * without a name, which spares an object for each message of every channel.
   */
  function hearPacket(packet: GatewayDispatchPayload): void {
    if (packet.t !== GatewayDispatchEvents.MessageCreate) return;
    void intake.live(packet.d as Heard, catchUp.running());
    (packet as { t: string }).t = "";
  }

  /** Errors that pass are waited out beside the other platforms; what cannot pass is thrown. */
  async function connectGateway(): Promise<void> {
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => {});
    const tried = (async () => {
      for (let attempt = 0; !desk.isEnding(); attempt++) {
        try {
          await client.login(env.DISCORD_TOKEN);
          return;
        } catch (error) {
          const sentence = fatalSentence(error);
          if (sentence) return failed.reject(new TaskError(sentence, { cause: error }));
          log.warn({ err: error, attempt }, "discord: could not connect, trying again");
          const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
          await sleep(pauseMs, undefined, { signal: ending }).catch(() => {});
        }
      }
    })();
    const ready = new Promise<void>((resolve) => {
      if (client.isReady()) resolve();
      client.once(Events.ClientReady, () => resolve());
    });
    void failed.promise.catch((error: Error) => lose(error.message));
    await Promise.race([
      Promise.all([tried, ready]),
      failed.promise,
      sleep(readyMs, undefined, { ref: false }),
    ]);
  }

  async function afterReady(): Promise<void> {
    if (!client.isReady())
      await new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
    log.info({ servers: client.guilds.cache.size, shards: client.ws.shards.size }, "discord: ready");
    await Promise.all(
      [catchUp.run(), registerCommands(), status.clear()].map((job) =>
        Promise.resolve(job).catch((err) =>
          log.error({ err }, "discord: something to do at the start failed"),
        ),
      ),
    );
    await catchUp.mark();
  }

  /** Registered when they changed, for this application. */
  async function registerCommands(): Promise<void> {
    const commands = commandsFor(bot.say);
    const print = `${applicationId}:${fingerprint(commands)}`;
    if ((await notes.get("commands")) === print) return;
    await call(() => register(rest, applicationId, commands), signal);
    await notes.set("commands", print);
    log.info({ commands: commands.length }, "discord: commands registered");
  }

  function lose(sentence: string): void {
    if (isLost || ending.aborted || signal.aborted) return;
    isLost = true;
    log.error({ reason: sentence }, "discord: cannot be served any longer");
    lost.resolve(sentence);
    void disconnect();
  }

  let disconnecting: Promise<void> | undefined;
  function disconnect(): Promise<void> {
    disconnecting ??= isSteady().then(() => client.destroy());
    return disconnecting;
  }

  /** A connection that pauses before it connects anew is not ended by the library: it comes back, and the process would never end. */
  async function isSteady(): Promise<void> {
    const steady: readonly Status[] = [Status.Ready, Status.Disconnected];
    for (const end = Date.now() + steadyMs; Date.now() < end; await sleep(50))
      if (client.ws.shards.every(({ status: state }) => steady.includes(state))) return;
  }

  const closed = Promise.withResolvers<void>();
  return {
    post: posting.post,
    edit: posting.edit,
    aside: posting.aside,
    status: status.status,
    forgotten: desk.places.forget,
    closed: closed.promise,
    lost: lost.promise,
    async close() {
      client.off(Events.Raw, hearPacket);
      client.removeAllListeners(Events.InteractionCreate);
      const idle = Promise.all([intake.isIdle(), interacting.isIdle(), status.close()]);
      await Promise.race([idle, sleep(drainMs, undefined, { ref: false })]);
      await catchUp.close();
      own.abort(new Error("discord: closing"));
      await disconnect();
      rest.clearHandlerSweeper();
      rest.clearHashSweeper();
      closed.resolve();
    },
  };
}

function openClient({ DISCORD_API_URL }: Env, readsContent: boolean): Client {
  const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
  return new Client({
    intents: [Guilds, GuildMessages, DirectMessages, ...(readsContent ? [MessageContent] : [])],
    partials: [Partials.Channel], // or direct messages never arrive
    shards: "auto",
    allowedMentions: { parse: [], repliedUser: false },
    enforceNonce: true,
    rest: { ...(DISCORD_API_URL && { api: DISCORD_API_URL }) },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      GuildMemberManager: { maxSize: 200, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 200, keepOverLimit: (user) => user.id === user.client.user.id },
      ThreadMemberManager: 0,
    }),
  });
}

/** Why logging in can never work as things are; undefined for what may pass. */
function fatalSentence(error: unknown): string | undefined {
  const { code, message = "" } = error as { code?: unknown; message?: string };
  if (code === "TokenInvalid" || isRevoked(error) || /invalid token|authentication failed/i.test(message))
    return sentences.token;
  // The library's error for close code 4014 carries no code, only these words.
  if (code === "DisallowedIntents" || /disallowed intents|invalid intents/i.test(message))
    return sentences.intents;
  return undefined;
}
