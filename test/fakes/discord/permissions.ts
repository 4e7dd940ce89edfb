import { ChannelType, OverwriteType, PermissionFlagsBits } from "discord-api-types/v10";
import { DiscordError, refuse } from "./errors.ts";
import { type Channel, guildOf, isThread, type World } from "./world.ts";

export type PermissionName = keyof typeof PermissionFlagsBits;

const all = Object.values(PermissionFlagsBits).reduce((sum, bit) => sum | bit, 0n);

/**
 * What somebody may do in a channel, computed as documented: roles, then the channel's overwrites; a thread
 * takes its parent's. https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function permissionsOf(world: World, userId: string, channel: Channel): bigint {
  const guild = guildOf(world, channel);
  if (!guild) return all;
  const member = guild.members.get(userId);
  if (!member) return 0n;
  const roles = [guild.id, ...member.roles];
  let bits = roles.reduce((sum, id) => sum | BigInt(guild.roles.get(id)?.permissions ?? 0), 0n);
  if (bits & PermissionFlagsBits.Administrator) return all;
  const owner = isThread(channel) ? world.channels.get(channel.parent_id ?? "") : channel;
  const overwrites = owner && "permission_overwrites" in owner ? (owner.permission_overwrites ?? []) : [];
  const apply = (list: typeof overwrites) => {
    const deny = list.reduce((sum, one) => sum | BigInt(one.deny), 0n);
    const allow = list.reduce((sum, one) => sum | BigInt(one.allow), 0n);
    bits = (bits & ~deny) | allow;
  };
  apply(overwrites.filter((one) => one.id === guild.id));
  apply(overwrites.filter((one) => one.type === OverwriteType.Role && member.roles.includes(one.id)));
  apply(overwrites.filter((one) => one.type === OverwriteType.Member && one.id === userId));
  // A private thread shows itself to those in it, and to moderators; which people are in one is not kept here.
  const isOutside =
    channel.type === ChannelType.PrivateThread && userId === world.bot.id && channel.member === undefined;
  if (isOutside && !(bits & PermissionFlagsBits.ManageThreads)) return 0n;
  // Who cannot see a channel can do nothing in it.
  return bits & PermissionFlagsBits.ViewChannel ? bits : 0n;
}

export function may(world: World, userId: string, channel: Channel, name: PermissionName): boolean {
  return (permissionsOf(world, userId, channel) & PermissionFlagsBits[name]) !== 0n;
}

/** Refuses what the bot may not do here: 50001 where it cannot see the channel, else 50013. */
export function demand(world: World, channel: Channel, ...names: PermissionName[]) {
  if (!may(world, world.bot.id, channel, "ViewChannel")) throw refuse("missingAccess");
  for (const name of names) if (!may(world, world.bot.id, channel, name)) throw refuse("missingPermissions");
}

/** The permission a send needs: threads do not inherit SendMessages. */
export function sendPermission(channel: Channel): PermissionName {
  return isThread(channel) ? "SendMessagesInThreads" : "SendMessages";
}

export function permissionBit(name: string): bigint {
  const bit = PermissionFlagsBits[name as PermissionName];
  if (bit === undefined) throw new DiscordError(400, 0, `no permission "${name}"`);
  return bit;
}
