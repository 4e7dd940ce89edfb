import { TaskError, UsageError } from "#model/errors.ts";
import type { Connection, Platform } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { inChannel, shutOut, tellAside, whispered } from "./aside.ts";
import { type Client, createClient } from "./client.ts";
import { type Desk, sayTo } from "./desk.ts";
import type { Door } from "./doors.ts";
import type { SlackEnv } from "./env.ts";
import { isClosed, isRevoked, Refused } from "./errors.ts";
import { createFiles } from "./files.ts";
import { publishHome } from "./home.ts";
import { createIntake } from "./intake.ts";
import { createMembership } from "./membership.ts";
import { tidyForms } from "./modal.ts";
import { createPeople } from "./people.ts";
import { createPlaces, type Place } from "./places.ts";
import { createPoster } from "./post.ts";
import { listen } from "./receive.ts";
import { type Clock, realClock } from "./scheduler.ts";
import { scopes } from "./scopes.ts";
import { createStatus } from "./status.ts";

type Context = Omit<Parameters<Platform["connect"]>[0], "env"> & { env: SlackEnv; clock?: Clock };

const slackFiles = ["https://files.slack.com", "https://slack-files.com"]; // where Slack keeps what people attach
const endMs = 5_000; // for what nobody waits for

/** Connects to one workspace: looks whether the settings are right, opens the doors, goes on with what was left. */
export async function connectSlack({
  env,
  bot,
  split,
  log,
  signal,
  notes,
  clock = realClock,
}: Context): Promise<Connection> {
  const lost = Promise.withResolvers<string>();
  const ending = new AbortController();
  const running = new Set<Promise<unknown>>();
  const client = createClient({
    token: env.SLACK_BOT_TOKEN,
    apiUrl: env.SLACK_API_URL,
    log,
    clock,
    postsPerSecond: env.SLACK_POSTS_PER_SECOND,
    onRevoked: ({ code }) => lost.resolve(tokenSentence(code)),
  });
  // Bolt takes longer to load than Slack to answer: both at once.
  const loading = import("./doors.ts");
  loading.catch(() => {}); // awaited below
  const workspace = await introduce(client, env);
  const doors = await loading;
  const places = createPlaces(notes);
  const desk: Desk = {
    ...{ bot, client, places, notes, clock, log, signal },
    people: createPeople({ client, clock, log }),
    membership: createMembership({ client, clock }),
    policy: policyOf(env),
    team: workspace.team,
    url: workspace.url,
    me: workspace.me,
    token: env.SLACK_BOT_TOKEN,
    fileOrigins: fileOrigins(env.SLACK_API_URL),
    later(job) {
      const done = job().catch((err) => log.warn({ err }, "something nobody waited for failed"));
      running.add(done);
      void done.finally(() => running.delete(done));
    },
  };
  const intake = createIntake(desk);
  const files = createFiles({ client, places, clock, log });
  const languageOf = async (conversation: string) => (await bot.conversation(conversation))?.language ?? "en";
  const poster = createPoster({
    client,
    places,
    files,
    split,
    say: bot.say,
    clock,
    log,
    onShutOut,
    onMoved,
    onThreadGone,
    languageOf,
  });
  const titleOf = async (conversation: string) => (await bot.conversation(conversation))?.title;
  const status = createStatus({
    ...{ client, places, say: bot.say, titleOf, clock, log },
    ...{ signal: ending.signal, me: workspace.me.user },
  });

  /** Where nothing can be posted, only the address that the command brought along is left; or the person themselves. */
  async function onShutOut(conversation: string, place: Place, error: Refused): Promise<void> {
    const { user, channel } = place;
    const say = await sayTo(desk, user, conversation);
    const words = isClosed(error)
      ? inChannel(say, "slack.closed", { channel })
      : shutOut(say, { bot: desk.me.name, channel });
    await tellAside(desk, { user, ...answerTo(place) }, words);
  }

  async function onMoved(conversation: string, place: Place): Promise<void> {
    const { user } = place;
    const say = await sayTo(desk, user, conversation);
    await tellAside(desk, { user, ...answerTo(place) }, whispered(say("slack.moved")));
  }

  function answerTo({ respond }: Place): { respond?: string } {
    return respond !== undefined && respond.until > clock.now() ? { respond: respond.url } : {};
  }

  /** In the thread for their eyes only; where Slack refuses that too, in their direct messages. */
  async function aside(conversation: string, text: string, { language }: { language: Language }) {
    const place = await places.get(conversation);
    if (!place || poster.isTold(conversation)) return;
    const { user, channel, thread } = place;
    // Nobody sees it in a thread without an answer.
    const isThread = thread !== undefined && poster.hasSpoken(conversation);
    const here = { user, channel, ...(isThread && { thread }) };
    if (!channel.startsWith("D") && (await tellAside(desk, here, whispered(text)))) return;
    await tellAside(desk, { user }, inChannel(bot.say(language), "failure.elsewhere", { channel, text }));
  }

  async function onThreadGone(conversation: string, { user, channel }: Place): Promise<void> {
    const say = await sayTo(desk, user, conversation);
    await tellAside(desk, { user, channel }, inChannel(say, "slack.threadGone", { channel }));
  }

  const door = await doorOf(env, { log, clock, onLost: lost.resolve });
  const app = doors.appBehind(door, {
    token: env.SLACK_BOT_TOKEN,
    apiUrl: env.SLACK_API_URL,
    log,
    ...workspace,
  });
  listen(app, { desk, intake });
  await door.start();
  await status.recover();
  await intake.recover();
  desk.later(() => tidyForms(desk));
  const shut = () => void door.stop();
  if (signal.aborted) shut();
  signal.addEventListener("abort", shut, { once: true });
  log.info(
    { team: desk.team, bot: desk.me.name, transport: env.SLACK_APP_TOKEN ? "socket" : "http" },
    "slack is connected",
  );

  return {
    post: poster.post,
    edit: poster.edit,
    status: status.status,
    aside,
    async forgotten(conversation) {
      status.forget(conversation);
      poster.forget(conversation);
      const place = await places.forget(conversation);
      if (place && !ending.signal.aborted) desk.later(() => publishHome(desk, place.user));
    },
    closed: new Promise((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    }),
    lost: lost.promise,
    async close() {
      signal.removeEventListener("abort", shut);
      await door.stop();
      const done = Promise.all([intake.drain(), status.drain(), ...running]);
      await Promise.race([done, clock.sleep(endMs)]);
      ending.abort(new Error("closed"));
    },
  };
}

async function doorOf(
  env: SlackEnv,
  more: { log: Context["log"]; clock: Clock; onLost: (reason: string) => void },
): Promise<Door> {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
  if (appToken) {
    const { socketDoor } = await import("./doors/socket.ts");
    return socketDoor({ appToken, apiUrl: env.SLACK_API_URL, ...more });
  }
  if (signingSecret) {
    const { httpDoor } = await import("./doors/http.ts");
    return httpDoor({ signingSecret, port: env.SLACK_PORT, host: env.SLACK_HOST, ...more });
  }
  throw new UsageError(
    "settings: SLACK_BOT_TOKEN is set, but not how Slack reaches us: set SLACK_APP_TOKEN (Socket Mode, no public address needed) or SLACK_SIGNING_SECRET (HTTP). See docs/slack.md",
  );
}

/** Where files may be fetched from with the token: Slack's own hosts, and those of a configured Web API. */
function fileOrigins(apiUrl: string | undefined): ReadonlySet<string> {
  if (apiUrl === undefined) return new Set(slackFiles);
  const { protocol, host, origin } = new URL(apiUrl);
  return new Set([...slackFiles, origin, `${protocol}//files.${host}`]);
}

function policyOf(env: SlackEnv): Desk["policy"] {
  return {
    workspaces: new Set(env.SLACK_ALLOWED_WORKSPACES),
    channels: new Set(env.SLACK_ALLOWED_CHANNELS),
    users: new Set(env.SLACK_ALLOWED_USERS),
    domains: new Set(env.SLACK_ALLOWED_EMAIL_DOMAINS.map((domain) => domain.toLowerCase())),
    guests: env.SLACK_ALLOW_GUESTS,
  };
}

function tokenSentence(code: string): string {
  return `SLACK_BOT_TOKEN: Slack does not accept it (${code}). Copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions; a reinstalled app has a new one`;
}

type Workspace = { team: string; url: string; bot?: string; me: Desk["me"] };

/** Asks Slack who we are, and looks whether the token may do what it must. */
async function introduce(client: Client, env: SlackEnv): Promise<Workspace> {
  const answer = await client.call("auth.test", {}, { repeatable: true }).catch((cause: unknown) => {
    if (isRevoked(cause)) throw new UsageError(tokenSentence((cause as Refused).code), { cause });
    if (cause instanceof Refused) throw new UsageError(`SLACK_BOT_TOKEN: ${cause.message}`, { cause });
    const where = env.SLACK_API_URL ?? "Slack";
    throw new TaskError(
      `slack: ${where} cannot be reached (${(cause as Error).message}). Look at the network or the proxy`,
      {
        cause,
      },
    );
  });
  const { team_id, url, bot_id, user_id, user, response_metadata } = answer as unknown as {
    team_id: string;
    url?: string;
    bot_id?: string;
    user_id: string;
    user?: string;
    response_metadata?: { scopes?: string[] };
  };
  const missing = missingScopes(response_metadata?.scopes, env);
  if (missing.length > 0) {
    const list = missing.map(({ name, for: what }) => `${name} (${what})`).join(", ");
    throw new UsageError(
      `SLACK_BOT_TOKEN: the app lacks the scopes ${list}. Add them under OAuth & Permissions, or take the manifest of: edgewright slack manifest; then REINSTALL the app, and copy the token anew`,
    );
  }
  return {
    team: team_id,
    url: url ?? "https://app.slack.com/",
    ...(bot_id && { bot: bot_id }),
    me: { user: user_id, name: user ?? "edgewright" },
  };
}

/** Scopes without which the bot would be mute or deaf; unknown where Slack does not say which there are. */
export function missingScopes(granted: readonly string[] | undefined, env: SlackEnv): typeof scopes {
  if (!granted || granted.length === 0) return [];
  const needsEmail = env.SLACK_ALLOWED_EMAIL_DOMAINS.length > 0;
  return scopes.filter(
    ({ name, must, when }) => (must || (when === "email" && needsEmail)) && !granted.includes(name),
  );
}
