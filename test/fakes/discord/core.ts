import {
  type ApplicationCommandPermissionType,
  ChannelType,
  GatewayDispatchEvents as Event,
  OverwriteType,
} from "discord-api-types/v10";
import { appRoutes } from "./app-routes.ts";
import { channelRoutes } from "./channel-routes.ts";
import { Faults } from "./faults.ts";
import { Gateway } from "./gateway.ts";
import { addChannel, addGuild, addRole, guildCreate, guildFields, join, toMember } from "./guilds.ts";
import { interactionRoutes } from "./interaction-routes.ts";
import { edit, remove } from "./messages.ts";
import { observe } from "./observe.ts";
import { channelOf, messageById, people, personOf } from "./people.ts";
import { permissionBit } from "./permissions.ts";
import { Rest } from "./rest.ts";
import { archiveIdle, changeThread, removeThread } from "./threads.ts";
import type { ChannelKind, FakeOptions, Fault } from "./types.ts";
import { waiting } from "./wait.ts";
import { type Channel, isGuildChannel, isThread, type Thread, World } from "./world.ts";

type CommandRule = { id: string; type: ApplicationCommandPermissionType; permission: boolean };

/** A running fake Discord: where it listens, and everything a test can do with it. */
export async function startCore(options: FakeOptions = {}) {
  const world = new World(options);
  const gateway = new Gateway(world);
  for (let index = 0; index < (options.guilds ?? 1); index++)
    addGuild(world, index ? `devops-${index}` : "devops");
  const faults = new Faults();
  const rest = new Rest(world, [...appRoutes, ...channelRoutes, ...interactionRoutes], faults);
  rest.server.on("upgrade", (request, socket, head) => gateway.upgrade(request, socket, head));
  await new Promise<void>((resolve) => rest.server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const address = rest.server.address();
  if (!address || typeof address === "string") throw new Error("the fake Discord has no port");
  world.base = `http://127.0.0.1:${address.port}`;
  const methods = {
    ...people(world),
    ...observe(world, gateway),
    ...waiting(world, gateway),
    ...settings(world),
    ...faulty(gateway, faults, rest),
    ...moderate(world),
    advance: (ms: number) => {
      world.advance(ms);
      archiveIdle(world);
    },
    close: async () => {
      gateway.close();
      rest.server.closeAllConnections();
      await new Promise<void>((resolve) => rest.server.close(() => resolve()));
    },
  };
  return { api: `${world.base}/api`, cdn: world.base, token: world.token, methods };
}

export type Core = Awaited<ReturnType<typeof startCore>>["methods"];

const settings = (world: World) => ({
  /** Changes the application or the server's habits while it runs. */
  app: (changes: FakeOptions) => {
    Object.assign(world.options, changes);
    if (changes.messageContent) world.setMessageContent(changes.messageContent);
    if (changes.guildLocale)
      for (const guild of world.guilds.values()) {
        guild.locale = changes.guildLocale as typeof guild.locale;
        world.dispatch(Event.GuildUpdate, guildFields(guild));
      }
  },
  /** A role and who has it. */
  role: ({
    name,
    members = [],
    mentionable = false,
    permissions = [] as string[],
  }: {
    name: string;
    members?: string[];
    mentionable?: boolean;
    permissions?: string[];
  }) => {
    const bits = permissions.reduce((sum, one) => sum | permissionBit(one), 0n);
    let id = "";
    for (const guild of world.guilds.values()) {
      const role =
        [...guild.roles.values()].find((one) => one.name === name) ??
        addRole(world, guild, { name, mentionable, permissions: bits });
      id = role.id;
      world.dispatch(Event.GuildRoleCreate, { guild_id: guild.id, role });
      for (const one of members) {
        const member = join(world, guild, personOf(world, one));
        member.roles = [...new Set([...member.roles, role.id])];
        world.dispatch(Event.GuildMemberUpdate, {
          ...toMember(member),
          guild_id: guild.id,
          avatar: null,
          banner: null,
          joined_at: member.joined,
        });
      }
    }
    return id;
  },
  /** Tells of a role without saying which: nothing that Discord documents, and more than the library bears. */
  garble: () => {
    const [guild] = world.guilds.values();
    world.dispatch(Event.GuildRoleCreate, { guild_id: guild!.id } as never);
  },
  /** Who may use the application's commands, and where, as administrators settle it for all of them at once, or for one. */
  commandRules: (
    rules: CommandRule[],
    one: { command: string; rules: CommandRule[] } | undefined = undefined,
  ) => {
    for (const guild of world.guilds.values()) {
      const of = (id: string, permissions: CommandRule[]) => ({
        id,
        application_id: world.bot.id,
        guild_id: guild.id,
        permissions,
      });
      const whole = of(world.bot.id, rules);
      const own = one ? [of(one.command, one.rules)] : [];
      world.commandRules.set(guild.id, [whole, ...own]);
      world.dispatch(Event.ApplicationCommandPermissionsUpdate, whole);
    }
  },
  /** Puts channels into a category. */
  category: ({ name, channels }: { name: string; channels: readonly string[] }) => {
    const guild = [...world.guilds.values()][0]!;
    // Nobody writes in a category: here it is a text channel but for its type.
    const made = addChannel(world, guild, name);
    Object.assign(made, { type: ChannelType.GuildCategory });
    world.dispatch(Event.ChannelCreate, made);
    for (const one of channels) {
      const channel = channelOf(world, world.bot, one);
      if (!isGuildChannel(channel)) throw new Error(`${one} is no channel of a server`);
      channel.parent_id = made.id;
      world.dispatch(Event.ChannelUpdate, channel);
    }
    return made.id;
  },
  channel: ({ name, type = ChannelType.GuildText }: { name: string; type?: ChannelKind }) => {
    const guild = [...world.guilds.values()][0]!;
    const made = addChannel(world, guild, name, type);
    world.dispatch(Event.ChannelCreate, made);
    return made.id;
  },
});

/** Takes a permission from the bot, in one channel or everywhere, or gives it back. */
function permit(world: World, name: string, given: boolean, channel?: string) {
  const bit = permissionBit(name);
  if (channel) return overwrite(world, channelOf(world, world.bot, channel), bit, given);
  for (const guild of world.guilds.values()) {
    const own = new Set([guild.id, ...guild.members.get(world.bot.id)!.roles]);
    for (const role of guild.roles.values()) {
      if (!own.has(role.id)) continue;
      const before = BigInt(role.permissions);
      role.permissions = String(given && role.managed ? before | bit : given ? before : before & ~bit);
      world.dispatch(Event.GuildRoleUpdate, { guild_id: guild.id, role });
    }
  }
}

function overwrite(world: World, channel: Channel, bit: bigint, given: boolean) {
  if (!isGuildChannel(channel)) throw new Error("permissions belong to channels, not to threads");
  const list = channel.permission_overwrites ?? [];
  const known = list.find(({ id }) => id === world.bot.id);
  const own = known ?? { id: world.bot.id, type: OverwriteType.Member, allow: "0", deny: "0" };
  channel.permission_overwrites = known ? list : [...list, own];
  own.deny = String(given ? BigInt(own.deny) & ~bit : BigInt(own.deny) | bit);
  own.allow = String(given ? BigInt(own.allow) | bit : BigInt(own.allow) & ~bit);
  world.dispatch(Event.ChannelUpdate, channel);
}

function guildNamed(world: World, name = "devops") {
  const guild = [...world.guilds.values()].find((one) => one.name === name);
  if (!guild) throw new Error(`no server "${name}"`);
  return guild;
}

function threadOf(world: World, id: string): Thread {
  const channel = channelOf(world, world.bot, id);
  if (!isThread(channel)) throw new Error(`${id} is no thread`);
  return channel;
}

/** What moderators and authors do. */
const moderate = (world: World) => ({
  deleteThread: (id: string) => removeThread(world, threadOf(world, id)),
  archiveThread: (id: string, archived = true) =>
    changeThread(world, threadOf(world, id), world.bot, { archived }),
  lockThread: (id: string, locked = true) =>
    changeThread(world, threadOf(world, id), world.bot, { locked, archived: locked }),
  deleteChannel: (name: string) => {
    const channel = channelOf(world, world.bot, name);
    if (!isGuildChannel(channel)) throw new Error(`${name} is no channel of a server`);
    world.channels.delete(channel.id);
    world.dispatch(Event.ChannelDelete, channel);
  },
  /** Throws somebody out of every server. */
  dismiss: (user: string) => {
    const { id } = personOf(world, user);
    for (const guild of world.guilds.values()) {
      const member = guild.members.get(id);
      if (!member) continue;
      guild.members.delete(id);
      world.dispatch(Event.GuildMemberRemove, { guild_id: guild.id, user: member.user });
    }
  },
  /** Throws the bot out of a server. */
  expel: (name?: string) => {
    const guild = guildNamed(world, name);
    guild.members.delete(world.bot.id);
    world.dispatch(Event.GuildDelete, { id: guild.id });
  },
  /** A server that is down for a while, or back. */
  outage: (down = true, name?: string) => {
    const guild = guildNamed(world, name);
    if (down) world.dispatch(Event.GuildDelete, { id: guild.id, unavailable: true });
    else world.dispatch(Event.GuildCreate, guildCreate(world, guild));
  },
  deleteMessage: (id: string) => remove(world, messageById(world, id)),
  /** The author changes the words of a message. */
  editMessage: (id: string, content: string) => {
    edit(world, messageById(world, id), { content });
  },
  removePermission: (name: string, channel?: string) => permit(world, name, false, channel),
  grantPermission: (name: string, channel?: string) => permit(world, name, true, channel),
  /** The person takes no direct messages from the bot. */
  closeDms: (user: string, closed = true) => {
    const { id } = personOf(world, user);
    if (closed) world.closedDms.add(id);
    else world.closedDms.delete(id);
  },
});

const faulty = (gateway: Gateway, faults: Faults, rest: Rest) => ({
  fail: (fault: Fault) => faults.add(fault),
  /** No fault is left to strike. */
  heal: () => faults.clear(),
  pendingFaults: () => faults.pending(),
  /** Cuts every gateway socket, with a close code or, at 0, without a word. */
  kick: (code?: number) => gateway.kick(code),
  /** Asks every client to reconnect and resume (op 7). */
  reconnect: () => gateway.reconnect(),
  /** Loses every session: who comes back must identify anew, and what happened between is gone. */
  forget: () => gateway.forget(),
  /** Heartbeats get no answer. */
  deaf: (on = true) => {
    gateway.deaf = on;
  },
  rejectUpgrade: (on = true) => {
    gateway.rejectUpgrade = on;
  },
  /** READY names servers that never come. */
  silent: (on = true) => {
    gateway.silent = on;
  },
  /** Delivers messages and interactions more than once, at this rate. */
  repeat: (options?: { rate: number; seed?: number; most?: number }) => gateway.repeat(options),
  invalidRequests: () => rest.rates.invalidRequests.length,
});
