import {
  type APIApplicationCommand,
  type APIGuildApplicationCommandPermissions,
  type Client,
  PermissionFlagsBits,
  type REST,
  Routes,
} from "discord.js";
import type { Log } from "#model/platform.ts";
import { ROOT } from "./commands.ts";
import type { Actor } from "./people.ts";

const cachedMs = 10 * 60_000; // a change is told at once; this is for one that was missed
const failedMs = 15_000; // until it is tried again
const readMs = 1_000; // a command is to be answered within three seconds
/** Whom or what a rule is about: interactions/application-commands#application-command-permissions-object */
const about = { role: 1, user: 2, channel: 3 } as const;

type Rule = { id: string; type: number; permission: boolean };
/** Those of each command and of the application, by id; how long they are taken for true, in ms since the epoch. */
type Rules = { until: number; of: ReadonlyMap<string, Rule[]> };
type Tools = { rest: REST; client: Client; applicationId: string; log: Log; signal: AbortSignal };

/**
 * What administrators settled in Server Settings, Integrations: Discord holds commands to it, and here messages and buttons
 * are held to what was settled for `/edge`. Where it cannot be read what was known before holds, else nothing is forbidden.
 */
export function createRules({ rest, client, applicationId, log, signal }: Tools) {
  const known = new Map<string, Promise<Rules>>();
  let edge: string | undefined;

  /** The id of `/edge`; undefined where it cannot be told. */
  async function edgeId(): Promise<string | undefined> {
    try {
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(readMs)]);
      const commands = await rest.get(Routes.applicationCommands(applicationId), { signal: inTime });
      edge ??= (commands as APIApplicationCommand[]).find(({ name }) => name === ROOT)?.id;
    } catch (err) {
      log.warn({ err }, "discord: the commands cannot be read, the rules of all of them are taken together");
    }
    return edge;
  }

  async function read(server: string, before: Rules | undefined): Promise<Rules> {
    try {
      const route = Routes.guildApplicationCommandsPermissions(applicationId, server);
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(readMs)]);
      const all = (await rest.get(route, { signal: inTime })) as APIGuildApplicationCommandPermissions[];
      return {
        until: Date.now() + cachedMs,
        of: new Map(all.map(({ id, permissions }) => [id, permissions as Rule[]])),
      };
    } catch (err) {
      log.warn(
        { server, err },
        `discord: the rules for commands cannot be read, ${before ? "those known before hold" : "none are assumed"}`,
      );
      return { until: Date.now() + failedMs, of: before?.of ?? new Map() };
    }
  }

  async function rulesOf(server: string): Promise<Rules["of"]> {
    const running = known.get(server);
    const before = await running;
    if (before && Date.now() < before.until) return before.of;
    // Another one may have asked meanwhile.
    const next = known.get(server) === running ? read(server, before) : known.get(server)!;
    known.set(server, next);
    return (await next).of;
  }

  /** Those of the command go before those of the whole application. */
  async function levelsOf(server: string, command: string | undefined): Promise<Rule[][]> {
    const { [applicationId]: whole = [], ...own } = Object.fromEntries(await rulesOf(server));
    if (Object.keys(own).length === 0) return [whole];
    const id = command ?? edge ?? (await edgeId());
    return [id === undefined ? Object.values(own).flat() : (own[id] ?? []), whole];
  }

  function isAdministrator(server: string, { user, roles }: Actor): boolean {
    const guild = client.guilds.cache.get(server);
    if (guild?.ownerId === user) return true;
    return roles.some((id) => guild?.roles.cache.get(id)?.permissions.has(PermissionFlagsBits.Administrator));
  }

  return {
    async allow(actor: Actor): Promise<boolean> {
      const { server, command } = actor;
      if (server === undefined) return true;
      const levels = (await levelsOf(server, command)).filter((level) => level.length > 0);
      if (levels.length === 0 || isAdministrator(server, actor)) return true;
      return (
        first(levels, (rules) => channelAllows(rules, actor)) &&
        first(levels, (rules) => personAllows(rules, actor))
      );
    },
    /** They changed in that server. */
    forget(server: string): void {
      const before = known.get(server);
      if (before)
        known.set(
          server,
          before.then((rules) => ({ ...rules, until: 0 })),
        );
    },
  };
}

/** What the first level that says anything says; nothing said is allowed. */
function first(levels: readonly Rule[][], ask: (rules: readonly Rule[]) => boolean | undefined): boolean {
  for (const rules of levels) {
    const answer = ask(rules);
    if (answer !== undefined) return answer;
  }
  return true;
}

/** The channel itself, then all channels, whose id is the server's less one. */
function channelAllows(rules: readonly Rule[], { server, channels }: Actor): boolean | undefined {
  const all = String(BigInt(server!) - 1n);
  const own = rules.filter(({ type }) => type === about.channel);
  const named = own.find(({ id }) => channels.includes(id)) ?? own.find(({ id }) => id === all);
  return named?.permission;
}

/** The person, then any of their roles, then everyone, whose role has the server's id. */
function personAllows(rules: readonly Rule[], { server, user, roles }: Actor): boolean | undefined {
  const named = rules.find(({ type, id }) => type === about.user && id === user);
  if (named) return named.permission;
  const own = rules.filter(({ type, id }) => type === about.role && roles.includes(id));
  if (own.length > 0) return own.some(({ permission }) => permission);
  return rules.find(({ type, id }) => type === about.role && id === server)?.permission;
}
