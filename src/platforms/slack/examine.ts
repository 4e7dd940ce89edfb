import type { Check, Log } from "#model/platform.ts";
import { type Client, createClient } from "./client.ts";
import type { SlackEnv } from "./env.ts";
import { Refused } from "./errors.ts";
import { realClock } from "./scheduler.ts";
import { events, scopes } from "./scopes.ts";

type Looking = { env: SlackEnv; signal: AbortSignal };
type Known = { client: Client; granted: readonly string[]; app: string | undefined } & Looking;

const skewSeconds = 120; // Slack refuses signatures five minutes apart
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const manifestHint =
  "Take the manifest of: edgewright slack manifest; then REINSTALL the app and copy the token anew";

/** Looks at the set-up in Slack: each thing by its code, with what breaks and what mends it. Nothing is changed. */
export async function examineSlack({ env, signal }: Looking): Promise<Check[]> {
  const client = clientFor(env.SLACK_BOT_TOKEN, env);
  const token = await checkToken(client, env, signal);
  if (!token.known) return [token.check];
  const { known } = token;
  const checks = await Promise.all([
    checkScopes(known),
    checkTransport(known),
    checkApp(known),
    checkMembership(known),
    checkPolicy(known),
    checkClock(known),
  ]);
  return [token.check, ...checks.flat()];
}

function clientFor(token: string, { SLACK_API_URL: apiUrl }: SlackEnv): Client {
  return createClient({ token, apiUrl, log: silent, clock: realClock, postsPerSecond: 1 });
}

const because = (error: unknown): string =>
  error instanceof Refused ? error.code : error instanceof Error ? error.message : String(error);

// --- SLK001: the bot token -------------------------------------------------------------------------------------------

async function checkToken(
  client: Client,
  env: SlackEnv,
  signal: AbortSignal,
): Promise<{ check: Check; known?: Known }> {
  const code = "SLK001";
  try {
    const answer = await client.call("auth.test", {}, { repeatable: true, signal });
    const { user, team, response_metadata } = answer as unknown as {
      user?: string;
      team?: string;
      response_metadata?: { scopes?: string[] };
    };
    const app = await appOf(client, env, String(answer.bot_id ?? ""));
    return {
      check: { code, state: "ok", what: `bot token: works, @${user} in ${team}` },
      known: { client, env, signal, app, granted: response_metadata?.scopes ?? [] },
    };
  } catch (error) {
    const fix =
      error instanceof Refused
        ? "Copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions into SLACK_BOT_TOKEN; a reinstalled app has a new one"
        : "Slack cannot be reached: look at the network, at NODE_USE_ENV_PROXY=1 behind a proxy, at SLACK_API_URL";
    return {
      check: { code, state: "fail", what: `bot token: ${because(error)}; nothing works without it`, fix },
    };
  }
}

/** Id of the app: in the app-level token, or of the bot. */
async function appOf(client: Client, env: SlackEnv, bot: string): Promise<string | undefined> {
  const inToken = /^xapp-\d+-(A[A-Z0-9]+)-/.exec(env.SLACK_APP_TOKEN ?? "")?.[1];
  if (inToken || bot === "") return inToken;
  const answer = await client.call("bots.info", { bot }, { repeatable: true }).catch(() => undefined);
  return (answer?.bot as { app_id?: string } | undefined)?.app_id;
}

// --- SLK002: scopes --------------------------------------------------------------------------------------------------

function checkScopes({ granted, env }: Known): Check[] {
  const code = "SLK002";
  if (granted.length === 0)
    return [{ code, state: "absent", what: "scopes: Slack does not tell which the token has" }];
  const needsEmail = env.SLACK_ALLOWED_EMAIL_DOMAINS.length > 0;
  const missing = scopes.filter(
    ({ name, when }) => !granted.includes(name) && (when !== "email" || needsEmail),
  );
  if (missing.length === 0)
    return [{ code, state: "ok", what: `scopes: all ${scopes.length} that are used` }];
  return missing.map(({ name, for: what, must, when }) => ({
    code,
    state: must || when === "email" ? "fail" : "warn",
    what: `scope ${name} is missing; it is for ${what}`,
    fix: `Add it under OAuth & Permissions, ${manifestHint}`,
  }));
}

// --- SLK003: how Slack reaches the bot -------------------------------------------------------------------------------

async function checkTransport({ env, signal }: Known): Promise<Check[]> {
  const code = "SLK003";
  const { SLACK_APP_TOKEN: token, SLACK_SIGNING_SECRET: secret } = env;
  if (!token && !secret) {
    return [
      {
        code,
        state: "fail",
        what: "transport: neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set, Slack cannot reach the bot",
        fix: "Set SLACK_APP_TOKEN (Socket Mode, no public address needed)",
      },
    ];
  }
  if (!token) {
    const what = `transport: HTTP on ${env.SLACK_HOST}:${env.SLACK_PORT}, path /slack/events; Slack has to reach it from outside`;
    return [{ code, state: "ok", what }];
  }
  try {
    await clientFor(token, env).call("apps.connections.open", {}, { repeatable: true, signal });
    const both = secret ? "; SLACK_SIGNING_SECRET is set too and not used" : "";
    return [{ code, state: "ok", what: `transport: Socket Mode, a socket can be opened${both}` }];
  } catch (error) {
    return [
      {
        code,
        state: "fail",
        what: `transport: no socket can be opened (${because(error)}), the bot hears nothing`,
        fix: "Switch Socket Mode on, and make an app-level token with connections:write: Basic Information, App-Level Tokens",
      },
    ];
  }
}

// --- SLK004, SLK006: what only the app's configuration tells ---------------------------------------------------------

async function checkApp({ env, app, signal }: Known): Promise<Check[]> {
  const { SLACK_CONFIG_TOKEN: token } = env;
  if (!token || !app) {
    const how =
      "set SLACK_CONFIG_TOKEN (api.slack.com/apps, Your App Configuration Tokens) to have it looked at";
    return [
      {
        code: "SLK004",
        state: "absent",
        what: `events: which are subscribed cannot be read with a bot token; ${how}`,
      },
      { code: "SLK006", state: "absent", what: `agent view: cannot be read with a bot token; ${how}` },
    ];
  }
  try {
    const answer = await clientFor(token, env).call(
      "apps.manifest.export",
      { app_id: app },
      { repeatable: true, signal },
    );
    const { features = {}, settings = {} } = answer.manifest as {
      features?: Record<string, unknown>;
      settings?: {
        event_subscriptions?: { bot_events?: string[] };
        interactivity?: { is_enabled?: boolean };
      };
    };
    return [...checkEvents(settings), checkAgent(features)];
  } catch (error) {
    const what = `events and agent view: the app's configuration cannot be read (${because(error)})`;
    return [
      {
        code: "SLK004",
        state: "warn",
        what,
        fix: "Make SLACK_CONFIG_TOKEN anew: such tokens last twelve hours",
      },
    ];
  }
}

function checkEvents(settings: {
  event_subscriptions?: { bot_events?: string[] };
  interactivity?: { is_enabled?: boolean };
}): Check[] {
  const code = "SLK004";
  const subscribed = settings.event_subscriptions?.bot_events ?? [];
  const missing = events.filter(({ name }) => !subscribed.includes(name));
  const checks = missing.map(
    ({ name, for: what, full }): Check => ({
      code,
      state: full ? "warn" : "fail",
      what: `event ${name} is not subscribed; it is for ${what}`,
      fix: `Add it under Event Subscriptions, ${manifestHint}`,
    }),
  );
  if (settings.interactivity?.is_enabled === false) {
    checks.push({
      code,
      state: "fail",
      what: "interactivity is switched off: buttons, menus and forms do nothing",
      fix: "Switch it on under Interactivity & Shortcuts",
    });
  }
  return checks.length > 0
    ? checks
    : [{ code, state: "ok", what: `events: all ${events.length} that are used` }];
}

function checkAgent(features: Record<string, unknown>): Check {
  const code = "SLK006";
  if (features.agent_view) return { code, state: "ok", what: "agent view: the app is declared as an agent" };
  const is = features.assistant_view
    ? "still declared with the older assistant_view"
    : "not declared as an agent";
  return {
    code,
    state: "warn",
    what: `agent view: the app is ${is}; no Stop button of Slack's, no suggested prompts`,
    fix: `Switch it on under Agents, ${manifestHint}`,
  };
}

// --- SLK005: membership ----------------------------------------------------------------------------------------------

async function checkMembership({ client, env, signal }: Known): Promise<Check[]> {
  const code = "SLK005";
  const options = { repeatable: true, signal };
  const invite = "Invite it there: /invite @edgewright";
  try {
    if (env.SLACK_ALLOWED_CHANNELS.length === 0) {
      const args = { types: "public_channel,private_channel", limit: 1, exclude_archived: true };
      const { channels } = await client.call("users.conversations", args, options);
      const isSomewhere = (channels as unknown[]).length > 0;
      if (isSomewhere) return [{ code, state: "ok", what: "channels: it is a member where it was invited" }];
      const what = "channels: it is a member of none; /edge and mentions work only where it is";
      return [{ code, state: "warn", what, fix: invite }];
    }
    const checks = await Promise.all(
      env.SLACK_ALLOWED_CHANNELS.map(async (channel): Promise<Check> => {
        const answer = await client
          .call("conversations.info", { channel }, options)
          .catch((error: unknown) => {
            if (error instanceof Refused && error.code === "channel_not_found") return { channel: undefined };
            throw error;
          });
        const { name, is_member } = (answer.channel ?? {}) as { name?: string; is_member?: boolean };
        if (is_member) return { code, state: "ok", what: `channel ${channel} (#${name}): it is a member` };
        const what = `channel ${channel}${name ? ` (#${name})` : ""}: it is not a member, and cannot answer there`;
        return { code, state: "fail", what, fix: invite };
      }),
    );
    return checks;
  } catch (error) {
    return [{ code, state: "absent", what: `channels: membership cannot be read (${because(error)})` }];
  }
}

// --- SLK007: who is let in -------------------------------------------------------------------------------------------

function checkPolicy({ env }: Known): Check[] {
  const code = "SLK007";
  const lists = [
    env.SLACK_ALLOWED_USERS.length > 0 && `${env.SLACK_ALLOWED_USERS.length} people by id`,
    env.SLACK_ALLOWED_EMAIL_DOMAINS.length > 0 && `e-mail of ${env.SLACK_ALLOWED_EMAIL_DOMAINS.join(", ")}`,
    env.SLACK_ALLOWED_CHANNELS.length > 0 && `${env.SLACK_ALLOWED_CHANNELS.length} channels`,
    env.SLACK_ALLOWED_WORKSPACES.length > 0 && `people of ${env.SLACK_ALLOWED_WORKSPACES.join(", ")}`,
  ].filter(Boolean);
  const guests = env.SLACK_ALLOW_GUESTS ? "guests are answered" : "guests are refused";
  const who = lists.length > 0 ? lists.join("; ") : "every member of the workspace";
  const isOpen =
    env.SLACK_ALLOW_GUESTS && env.SLACK_ALLOWED_USERS.length + env.SLACK_ALLOWED_EMAIL_DOMAINS.length === 0;
  const what = `who is answered: ${who}; ${guests}, strangers of shared channels are refused`;
  if (!isOpen) return [{ code, state: "ok", what }];
  return [
    {
      code,
      state: "warn",
      what,
      fix: "Name people or e-mail domains, so that not every guest can have plans made",
    },
  ];
}

// --- SLK008: the clock -----------------------------------------------------------------------------------------------

async function checkClock({ env, signal }: Known): Promise<Check[]> {
  const code = "SLK008";
  const url = `${env.SLACK_API_URL ?? "https://slack.com/api/"}api.test`;
  const ends = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
  const response = await fetch(url, { method: "POST", signal: ends }).catch(() => undefined);
  const at = Date.parse(response?.headers.get("date") ?? "");
  if (Number.isNaN(at)) return [{ code, state: "absent", what: "clock: Slack does not tell its time" }];
  const apart = Math.abs(Date.now() - at) / 1000;
  if (apart <= skewSeconds) return [{ code, state: "ok", what: "clock: agrees with Slack's" }];
  return [
    {
      code,
      state: env.SLACK_APP_TOKEN ? "warn" : "fail",
      what: `clock: ${Math.round(apart)} s away from Slack's; from 300 s on, signatures are refused`,
      fix: "Set the time, for example with NTP",
    },
  ];
}
