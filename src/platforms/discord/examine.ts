import {
  type APIApplication,
  type APIApplicationCommand,
  type APIGuild,
  type APIGuildChannel,
  type APIGuildMember,
  type GuildChannelType,
  type REST,
  type RESTGetAPIGatewayBotResult,
  Routes,
} from "discord.js";
import type { Check, Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { call, code, codeOf, isRevoked } from "./call.ts";
import { commandsFor, fingerprint, register } from "./commands.ts";
import type { Env } from "./env.ts";
import { inviteLink, lacking, type permissions } from "./permissions.ts";
import { contentFlags, openRest } from "./start.ts";

type Application = APIApplication & { interactions_endpoint_url?: string | null };
type Channel = APIGuildChannel<GuildChannelType> & {
  permission_overwrites?: { id: string; allow: string; deny: string }[];
};

const named = 5; // channels; the rest is counted
const textTypes: readonly number[] = [0, 5, 15, 16];
/** What a command is told apart by; Discord adds fields of its own, and leaves out those that are empty. */
const compared = [
  "name",
  "name_localizations",
  "description",
  "description_localizations",
  "options",
  "type",
] as const;

/** Looks at the whole set-up in Discord, by name; with `fix` it mends what the API allows. */
export async function examine({
  env,
  fix,
  signal,
  say,
}: {
  env: Env;
  fix: boolean;
  signal: AbortSignal;
  say: (language: Language) => Say;
}): Promise<Check[]> {
  const commands = commandsFor(say);
  const rest = openRest(env);
  const get = async <T>(route: `/${string}`): Promise<T> =>
    (await call(() => rest.get(route, { signal }), signal)) as T;
  try {
    const application = await get<Application>(Routes.currentApplication());
    const parts = [
      () => checkContent(rest, application, fix),
      () => checkCommands(rest, application, { fix, commands, get }),
      () => checkPermissions(application, get),
      () => checkEndpoint(rest, application, fix),
      () => checkGateway(get),
    ];
    const checks: Check[] = [
      {
        code: "DSC001",
        state: "ok",
        what: `discord: the token belongs to "${application.name}" (${application.id})`,
      },
    ];
    for (const part of parts) checks.push(...(await part()));
    return checks;
  } catch (error) {
    if (!isRevoked(error))
      return [
        {
          code: "DSC001",
          state: "fail",
          what: `discord: ${(error as Error).message}`,
          fix: "Look whether Discord can be reached from here, and whether a proxy stands between",
        },
      ];
    return [
      {
        code: "DSC001",
        state: "fail",
        what: "discord: the token is not valid",
        fix: "Make a new one on the page Bot of the application, and set DISCORD_TOKEN",
      },
    ];
  }
}

async function checkContent(rest: REST, application: Application, fix: boolean): Promise<Check[]> {
  const code = "DSC002";
  const flags: number = application.flags ?? 0;
  if ((flags & (contentFlags.full | contentFlags.limited)) !== 0)
    return [
      { code, state: "ok", what: "discord: Message Content is on, so follow-ups in threads need no mention" },
    ];
  const what =
    "discord: Message Content is off, so follow-ups in threads must mention the bot, answer it or use a button";
  if (!fix)
    return [
      { code, state: "warn", what, fix: "edgewright doctor --fix switches it on, or do so on the page Bot" },
    ];
  try {
    await rest.patch(Routes.currentApplication(), { body: { flags: flags | contentFlags.limited } });
    return [
      { code, state: "ok", what: "discord: Message Content was switched on; start the bot again to use it" },
    ];
  } catch (error) {
    return [
      {
        code,
        state: "warn",
        what: `${what}; it could not be switched on: ${(error as Error).message}`,
        fix: "Switch it on on the page Bot of the application",
      },
    ];
  }
}

type Get = <T>(route: `/${string}`) => Promise<T>;

async function checkCommands(
  rest: REST,
  { id }: Application,
  { fix, commands, get }: { fix: boolean; commands: readonly object[]; get: Get },
): Promise<Check[]> {
  const code = "DSC003";
  const there = await get<APIApplicationCommand[]>(
    `${Routes.applicationCommands(id)}?with_localizations=true`,
  );
  const names = (list: readonly object[]) => list.map((one) => (one as { name: string }).name);
  if (isSame(there, commands))
    return [{ code, state: "ok", what: `discord: commands are registered (${names(there).join(", ")})` }];
  const missing = names(commands).filter((name) => !names(there).includes(name));
  const what =
    missing.length > 0
      ? `discord: commands are not registered: ${missing.join(", ")}`
      : "discord: the registered commands are those of another release";
  if (!fix)
    return [
      {
        code,
        state: "warn",
        what,
        fix: "The bot registers them when it starts; edgewright doctor --fix does so now",
      },
    ];
  try {
    await register(rest, id, commands);
    return [{ code, state: "ok", what: `discord: commands were registered (${names(commands).join(", ")})` }];
  } catch (error) {
    return [
      {
        code,
        state: "fail",
        what: `${what}; registering failed: ${(error as Error).message}`,
        fix: "Invite the bot again with: edgewright discord invite",
      },
    ];
  }
}

function isSame(there: readonly object[], ours: readonly object[]): boolean {
  const print = (list: readonly object[]) =>
    fingerprint(
      list
        .map((one) =>
          Object.fromEntries(compared.map((key) => [key, essence((one as Record<string, unknown>)[key])])),
        )
        .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1)),
    );
  return print(there) === print(ours);
}

/** Without what is empty, whatever the order of its keys. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(essence);
  if (typeof value !== "object" || value === null)
    return value === false || value === "" || value === null ? undefined : value;
  const entries = Object.entries(value)
    .map(([key, inside]) => [key, essence(inside)] as const)
    .filter(([, inside]) => inside !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

async function checkPermissions({ id, bot }: Application, get: Get): Promise<Check[]> {
  const code = "DSC004";
  const servers = await get<{ id: string; name: string }[]>(Routes.userGuilds());
  if (servers.length === 0)
    return [
      { code, state: "warn", what: "discord: the bot is in no server", fix: `Invite it: ${inviteLink(id)}` },
    ];
  const checks = await Promise.all(
    servers.flatMap((server) => [
      checkScope(server, { application: id, get }),
      checkServer(server, { me: bot?.id ?? id, get }),
    ]),
  );
  const wrong = checks.flat();
  if (wrong.length > 0)
    return wrong.map((check) => ({ ...check, fix: check.fix ?? `Invite it again: ${inviteLink(id)}` }));
  return [
    {
      code,
      state: "ok",
      what: `discord: all permissions are there in ${servers.map(({ name }) => name).join(", ")}`,
    },
  ];
}

/** A server that let the bot in without its commands does not tell which there are. */
async function checkScope(
  { id, name }: { id: string; name: string },
  { application, get }: { application: string; get: Get },
): Promise<Check[]> {
  try {
    await get(Routes.applicationGuildCommands(application, id));
    return [];
  } catch (error) {
    if (codeOf(error) !== code.missingAccess) throw error;
    const what = `discord: "${name}" has no commands of the bot: it was invited without the scope applications.commands`;
    return [{ code: "DSC007", state: "fail", what }];
  }
}

/** What a lacking permission costs. */
const costs: Record<keyof typeof permissions, string> = {
  ViewChannel: "it sees no channel",
  SendMessages: "it cannot answer in channels",
  EmbedLinks: "sources may not show as links",
  AttachFiles: "no repository and no document can be posted",
  ReadMessageHistory: "it cannot answer messages, nor find what was said while it was away",
  CreatePublicThreads: "plans are made in the channel instead of a thread",
  SendMessagesInThreads: "plans are made in the channel instead of a thread",
};

async function checkServer(
  { id, name }: { id: string; name: string },
  { me, get }: { me: string; get: Get },
): Promise<Check[]> {
  const code = "DSC004";
  const [guild, member, channels] = await Promise.all([
    get<APIGuild>(Routes.guild(id)),
    get<APIGuildMember>(Routes.guildMember(id, me)),
    get<Channel[]>(Routes.guildChannels(id)),
  ]);
  const own = [id, ...member.roles];
  const base = guild.roles
    .filter((role) => own.includes(role.id))
    .reduce((bits, role) => bits | BigInt(role.permissions), 0n);
  const everywhere = lacking(base);
  const told = (names: readonly (keyof typeof permissions)[]) =>
    names.map((one) => `${one} (${costs[one]})`).join(", ");
  if (everywhere.length > 0)
    return [{ code, state: "fail", what: `discord: "${name}" lacks ${told(everywhere)}` }];
  const narrow = channels
    .filter(({ type }) => textTypes.includes(type))
    .map((channel) => ({ channel, lacks: lacking(within(channel, base, { own, server: id, me })) }))
    // A channel it is kept out of is nobody's mistake.
    .filter(({ lacks }) => lacks.length > 0 && !lacks.includes("ViewChannel"));
  if (narrow.length === 0) return [];
  const list = narrow.slice(0, named).map(({ channel, lacks }) => `#${channel.name}: ${told(lacks)}`);
  const more = narrow.length > named ? ` and ${narrow.length - named} more channels` : "";
  return [
    {
      code,
      state: "warn",
      what: `discord: in "${name}" some channels take permissions away: ${list.join("; ")}${more}`,
      fix: "Allow them in the permissions of those channels",
    },
  ];
}

/** Permissions in one channel: everyone's, then those of roles, then the bot's own (topics/permissions#permission-overwrites). */
function within(
  { permission_overwrites: all = [] }: Channel,
  base: bigint,
  { own, server, me }: { own: readonly string[]; server: string; me: string },
): bigint {
  const apply = (bits: bigint, list: typeof all): bigint => {
    const deny = list.reduce((sum, one) => sum | BigInt(one.deny), 0n);
    const allow = list.reduce((sum, one) => sum | BigInt(one.allow), 0n);
    return (bits & ~deny) | allow;
  };
  const everyone = apply(
    base,
    all.filter(({ id }) => id === server),
  );
  const roles = apply(
    everyone,
    all.filter(({ id }) => id !== server && own.includes(id)),
  );
  return apply(
    roles,
    all.filter(({ id }) => id === me),
  );
}

/** With an address of its own for interactions, none of them reaches the gateway. */
async function checkEndpoint(
  rest: REST,
  { interactions_endpoint_url: url }: Application,
  fix: boolean,
): Promise<Check[]> {
  if (!url) return [];
  const code = "DSC005";
  const what = `discord: commands and buttons are sent to ${url} instead of the bot`;
  if (!fix)
    return [
      {
        code,
        state: "fail",
        what,
        fix: "edgewright doctor --fix removes the Interactions Endpoint URL, or do so on the page General Information",
      },
    ];
  await rest.patch(Routes.currentApplication(), { body: { interactions_endpoint_url: null } });
  return [{ code, state: "ok", what: "discord: the Interactions Endpoint URL was removed" }];
}

async function checkGateway(get: Get): Promise<Check[]> {
  const { session_start_limit: starts, shards } = await get<RESTGetAPIGatewayBotResult>(Routes.gatewayBot());
  const what = `discord: ${starts.remaining} of ${starts.total} starts are left for today, ${shards} ${shards === 1 ? "connection" : "connections"}`;
  if (starts.remaining > 0) return [{ code: "DSC006", state: "ok", what }];
  const hours = Math.ceil(starts.reset_after / 3_600_000);
  return [
    { code: "DSC006", state: "fail", what, fix: `Wait ${hours} h, and look why the bot starts so often` },
  ];
}
