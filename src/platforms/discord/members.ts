import { type APIGuildMember, DiscordAPIError, type REST, Routes } from "discord.js";

const cachedMs = 60_000;
const mostCached = 2_000;

type Roles = readonly string[] | undefined;

/**
 * Looks up the roles of people in servers; undefined for who is no member. Discord is asked: without the intent for members
 * the gateway does not tell that somebody left, or lost a role.
 */
export function createMembers({ rest, signal }: { rest: REST; signal: AbortSignal }) {
  const known = new Map<string, { at: number; roles: Promise<Roles> }>();

  async function read(server: string, person: string): Promise<Roles> {
    try {
      return ((await rest.get(Routes.guildMember(server, person), { signal })) as APIGuildMember).roles;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 404) return undefined;
      throw error;
    }
  }

  return (server: string, person: string): Promise<Roles> => {
    const key = `${server}/${person}`;
    const cached = known.get(key);
    if (cached && Date.now() - cached.at < cachedMs) return cached.roles;
    const roles = read(server, person);
    known.set(key, { at: Date.now(), roles });
    // An answer that did not come is asked for again.
    roles.catch(() => known.delete(key));
    if (known.size > mostCached) known.delete(known.keys().next().value!);
    return roles;
  };
}
