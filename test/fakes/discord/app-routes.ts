import { type APIApplicationCommand, ApplicationCommandType, ApplicationFlags } from "discord-api-types/v10";
import { checkCommands } from "./check-commands.ts";
import { DiscordError, Form, refuse } from "./errors.ts";
import { dm, guildFields, toMember } from "./guilds.ts";
import { type Request, route } from "./rest.ts";
import { isGuildChannel } from "./world.ts";

const createsPerDay = 200; // https://docs.discord.com/developers/interactions/application-commands
const dayMs = 24 * 60 * 60_000;
const limitedFlags =
  ApplicationFlags.GatewayMessageContentLimited |
  ApplicationFlags.GatewayGuildMembersLimited |
  ApplicationFlags.GatewayPresenceLimited;

function gateway({ world }: Request) {
  return { url: world.base.replace("http", "ws") };
}

function gatewayBot(request: Request) {
  const { options, identifies } = request.world;
  const total = 1_000;
  return {
    ...gateway(request),
    shards: options.shards ?? 1,
    session_start_limit: {
      total,
      remaining: Math.max(0, options.identifiesLeft ?? total - identifies),
      reset_after: 14_400_000,
      max_concurrency: options.maxConcurrency ?? 1,
    },
  };
}

function application({ world }: Request) {
  return {
    id: world.bot.id,
    name: world.bot.username,
    icon: null,
    description: "",
    summary: "",
    type: null,
    bot: world.bot,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: "0".repeat(64),
    flags: world.appFlags,
    approximate_guild_count: world.guilds.size,
    integration_types_config: { 0: {} },
    interactions_endpoint_url: world.options.interactionsEndpoint ?? null,
    owner: null,
    team: null,
  };
}

function patchApplication(request: Request) {
  const { world, body } = request;
  const form = new Form();
  if (body.flags !== undefined) {
    // Only limited intent flags may be changed by API, https://docs.discord.com/developers/resources/application
    if ((Number(body.flags) ^ world.appFlags) & ~limitedFlags)
      form.add(
        ["flags"],
        "APPLICATION_INVALID_FLAGS",
        "Only limited intent flags can be updated via the API.",
      );
    form.settle();
    world.appFlags = Number(body.flags);
  }
  if (body.interactions_endpoint_url !== undefined)
    world.options.interactionsEndpoint = body.interactions_endpoint_url as string | null;
  return application(request);
}

function user({ world, params }: Request) {
  const id = params.user === "@me" ? world.bot.id : (params.user ?? "");
  const found = world.users.get(id);
  if (!found) throw refuse("unknownUser");
  return found;
}

function openDm(request: Request) {
  const { world, body } = request;
  const recipient = world.users.get(body.recipient_id ?? "");
  if (!recipient) throw refuse("unknownUser");
  return dm(world, recipient);
}

function guildOf({ world, params }: Request) {
  const guild = world.guilds.get(params.guild ?? "");
  if (!guild?.members.has(world.bot.id)) throw refuse("unknownGuild");
  return guild;
}

function member(request: Request) {
  const id = request.params.user === "@me" ? request.world.bot.id : (request.params.user ?? "");
  const found = guildOf(request).members.get(id);
  if (!found) throw refuse("unknownMember");
  return toMember(found);
}

function guildChannels(request: Request) {
  const { id } = guildOf(request);
  return [...request.world.channels.values()].filter(isGuildChannel).filter((one) => one.guild_id === id);
}

function myGuilds({ world }: Request) {
  const joined = [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id));
  return joined.map(({ id, name }) => ({
    id,
    name,
    icon: null,
    owner: false,
    permissions: "0",
    features: [],
  }));
}

/** What administrators settled in Server Settings, Integrations. */
function commandRules(request: Request) {
  scopeOf(request);
  return request.world.commandRules.get(request.params.guild ?? "") ?? [];
}

const scopeOf = (request: Request) => {
  if (request.params.application !== request.world.bot.id) throw refuse("unknownApplication");
  if (request.params.guild) guildOf(request);
  // Without its second scope the bot is a guest that brought no commands.
  if (request.params.guild && request.world.options.commandsScope === false) throw refuse("missingAccess");
  return request.params.guild ?? "";
};

const listed = (request: Request) => request.world.commands.get(scopeOf(request)) ?? [];

function stored(request: Request, raw: Partial<APIApplicationCommand>): APIApplicationCommand {
  const { world } = request;
  const scope = scopeOf(request);
  const type = raw.type ?? ApplicationCommandType.ChatInput;
  const before = listed(request).find((one) => one.name === raw.name && one.type === type);
  if (!before) counted(request);
  return {
    default_member_permissions: null,
    nsfw: false,
    contexts: null,
    integration_types: [0],
    description: "",
    name_localizations: null,
    description_localizations: null,
    ...raw,
    id: before?.id ?? world.id(),
    application_id: world.bot.id,
    version: world.id(),
    type,
    ...(scope ? { guild_id: scope } : {}),
  } as APIApplicationCommand;
}

/** Updates are free, new names are counted: 200 a day and server. */
function counted(request: Request) {
  const { world } = request;
  const scope = scopeOf(request);
  const now = world.now();
  const creates = (world.commandCreates.get(scope) ?? []).filter((at) => now - at < dayMs);
  if (creates.length >= createsPerDay) throw refuse("commandCreates");
  world.commandCreates.set(scope, [...creates, now]);
}

function putCommands(request: Request) {
  const { world, body } = request;
  if (!Array.isArray(body)) throw new DiscordError(400, 50035, "Invalid Form Body");
  checkCommands(body);
  const list = body.map((raw) => stored(request, raw));
  world.commands.set(scopeOf(request), list);
  world.changed();
  return list;
}

function postCommand(request: Request) {
  checkCommands([request.body], { single: true });
  const made = stored(request, request.body);
  const others = listed(request).filter((one) => one.id !== made.id);
  request.world.commands.set(scopeOf(request), [...others, made]);
  request.world.changed();
  return made;
}

function patchCommand(request: Request) {
  const before = oneCommand(request);
  const merged = { ...before, ...request.body };
  checkCommands([merged], { single: true });
  Object.assign(before, request.body, { version: request.world.id() });
  request.world.changed();
  return before;
}

function oneCommand(request: Request): APIApplicationCommand {
  const found = listed(request).find(({ id }) => id === request.params.command);
  if (!found) throw refuse("unknownCommand");
  return found;
}

function deleteCommand(request: Request) {
  const gone = oneCommand(request);
  request.world.commands.set(
    scopeOf(request),
    listed(request).filter((one) => one !== gone),
  );
  request.world.changed();
}

const commandRoutes = [
  "/applications/:application/commands",
  "/applications/:application/guilds/:guild/commands",
].flatMap((path) => [
  route("GET", path, listed),
  route("PUT", path, putCommands),
  route("POST", path, postCommand),
  route("GET", `${path}/:command`, oneCommand),
  route("PATCH", `${path}/:command`, patchCommand),
  route("DELETE", `${path}/:command`, deleteCommand),
]);

/** Application, gateway address, users, servers and commands. */
export const appRoutes = [
  route("GET", "/gateway", gateway),
  route("GET", "/gateway/bot", gatewayBot),
  route("GET", "/applications/@me", application),
  route("PATCH", "/applications/@me", patchApplication),
  route("GET", "/oauth2/applications/@me", application),
  route("GET", "/users/@me/guilds", myGuilds),
  route("POST", "/users/@me/channels", openDm),
  route("GET", "/users/:user", user),
  route("GET", "/guilds/:guild", (request) => guildFields(guildOf(request))),
  route("GET", "/guilds/:guild/channels", guildChannels),
  route("GET", "/guilds/:guild/roles", (request) => [...guildOf(request).roles.values()]),
  route("GET", "/guilds/:guild/members", (request) => [...guildOf(request).members.values()].map(toMember)),
  route("GET", "/guilds/:guild/members/:user", member),
  route("GET", "/applications/:application/guilds/:guild/commands/permissions", commandRules),
  ...commandRoutes,
];
