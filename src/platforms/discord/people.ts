import type { Log } from "#model/platform.ts";
import type { Env } from "./env.ts";

/** Who acts, and where; a thread is listed with its channel and that one's category. */
export type Actor = {
  user: string;
  /** Undefined in direct messages. */
  server?: string;
  channels: readonly string[];
  roles: readonly string[];
  /** The id of the command that is used; what else is done is held to the rules of `/edge`. */
  command?: string;
};

export type People = ReturnType<typeof openPeople>;

const refusalMs = 10 * 60_000; // a person is told once in this time
const mostPeople = 10_000;

type Tools = {
  log: Log;
  /** Rules of the server itself, beside the operator's lists. */
  allow: (actor: Actor) => Promise<boolean>;
  /** Roles of a person in a server; undefined for who is no member. */
  rolesOf: (server: string, user: string) => Promise<readonly string[] | undefined>;
};

/** Who may talk to the bot: the operator's lists hold for mentions, commands, buttons and direct messages alike. */
export function openPeople(env: Env, { rolesOf, log, allow }: Tools) {
  const servers = new Set(env.DISCORD_ALLOWED_SERVERS);
  const channels = new Set(env.DISCORD_ALLOWED_CHANNELS);
  const roles = new Set(env.DISCORD_ALLOWED_ROLES);
  const users = new Set(env.DISCORD_ALLOWED_USERS);
  const refused = new Map<string, number>();
  const isOpen = servers.size + channels.size + roles.size + users.size === 0;

  const isListed = (user: string, own: readonly string[]): boolean =>
    (roles.size === 0 && users.size === 0) || users.has(user) || own.some((role) => roles.has(role));

  /** In direct messages a person is who they are in a server that is allowed. */
  async function mayWriteDirectly(user: string): Promise<boolean> {
    if (users.has(user)) return true;
    // A channel is allowed, not a person: whoever is there may write there.
    if (servers.size === 0) return channels.size === 0 && roles.size === 0 && users.size === 0;
    for (const server of servers) {
      const own = await rolesOf(server, user).catch((err) => {
        log.warn({ err, server }, "cannot tell whether somebody is a member");
        return undefined;
      });
      if (own && channels.size === 0 && isListed(user, own)) return true;
    }
    return false;
  }

  async function isOnLists({ user, server, channels: here, roles: own }: Actor): Promise<boolean> {
    if (server === undefined) return mayWriteDirectly(user);
    if (servers.size > 0 && !servers.has(server)) return false;
    if (channels.size > 0 && !here.some((id) => channels.has(id))) return false;
    return isListed(user, own);
  }

  return {
    async may(actor: Actor): Promise<boolean> {
      return (isOpen || (await isOnLists(actor))) && allow(actor);
    },
    /** Whether a person is told that they may not; now and then is enough. */
    shouldTell(user: string, now = Date.now()): boolean {
      const last = refused.get(user) ?? 0;
      if (now - last < refusalMs) return false;
      refused.delete(user);
      refused.set(user, now);
      if (refused.size > mostPeople) refused.delete(refused.keys().next().value!);
      return true;
    },
  };
}
