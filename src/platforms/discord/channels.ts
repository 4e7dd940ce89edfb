import { type APIChannel, type Client, PermissionFlagsBits, type REST, Routes } from "discord.js";
import { call, code, codeOf } from "./call.ts";
import { type Permission, permissions } from "./permissions.ts";

/** A channel as far as we need to know it. */
export type Channel = {
  id: string;
  kind: "direct" | "thread" | "channel";
  server?: string;
  /** The channel a thread hangs in, or the category of a channel. */
  parent?: string;
  /** Who opened a thread. */
  owner?: string;
  /** A thread that shows itself to those who were added to it. */
  isPrivate?: boolean;
};

/** Types of channels: https://docs.discord.com/developers/resources/channel#channel-object-channel-types */
const direct = [1, 3];
const threads = [10, 11, 12];
const privateThread = 12;

type Given = {
  id: string;
  type: number;
  guild_id?: string;
  parent_id?: string | null;
  owner_id?: string | null;
};

/** Reads a channel out of what Discord says about it. */
export function channelFrom({ id, type, guild_id, parent_id, owner_id }: Given): Channel {
  const kind = direct.includes(type) ? "direct" : threads.includes(type) ? "thread" : "channel";
  return {
    id,
    kind,
    ...(guild_id && { server: guild_id }),
    ...(parent_id && { parent: parent_id }),
    ...(owner_id && { owner: owner_id }),
    ...(type === privateThread && { isPrivate: true }),
  };
}

/** Looks channels up: in what the gateway told, else by asking. A thread may be unknown to the gateway, and is asked for. */
export function createChannels(client: Client, rest: REST, signal: AbortSignal) {
  async function find(id: string): Promise<Channel> {
    const cached = client.channels.cache.get(id);
    if (cached) {
      return channelFrom({
        id,
        type: cached.type,
        ...("guildId" in cached && { guild_id: cached.guildId }),
        ...("parentId" in cached && { parent_id: cached.parentId }),
        ...("ownerId" in cached && { owner_id: cached.ownerId }),
      });
    }
    return channelFrom(
      (await call(() => rest.get(Routes.channel(id), { signal }), signal)) as APIChannel & Given,
    );
  }

  return {
    find,
    /** Whether it may look into a channel: Discord is asked, since commands are told of from where it may not. */
    async isShown(id: string): Promise<boolean> {
      const request = () => rest.get(Routes.channel(id), { signal });
      return request().then(
        () => true,
        (error) => codeOf(error) !== code.missingAccess,
      );
    },
    /** A channel with those around it, for lists of channels: a thread's own, its channel's, the category's. */
    around({ id, parent }: Channel): string[] {
      const above = parent ? client.channels.cache.get(parent) : undefined;
      const category = above && "parentId" in above ? above.parentId : undefined;
      return [id, parent, category].filter((one): one is string => Boolean(one));
    },
    /** Permissions the bot lacks in a channel; none where that cannot be told. */
    missing(id: string): Permission[] {
      const channel = client.channels.cache.get(id);
      const own = channel && "guild" in channel && channel.guild.members.me;
      if (!own || !("permissionsFor" in channel)) return [];
      const has = channel.permissionsFor(own);
      return (Object.keys(permissions) as Permission[]).filter(
        (name) => !has?.has(PermissionFlagsBits[name]),
      );
    },
    /** The role that stands for the bot, which autocompletion offers instead of itself. */
    roleOf(server: string | undefined, me: string): string | undefined {
      return server ? client.guilds.cache.get(server)?.roles.botRoleFor(me)?.id : undefined;
    },
    localeOf(server: string | undefined): string | undefined {
      return server ? client.guilds.cache.get(server)?.preferredLocale : undefined;
    },
  };
}
export type Channels = ReturnType<typeof createChannels>;
