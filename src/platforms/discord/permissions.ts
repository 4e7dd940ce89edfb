import type { Say } from "#model/platform.ts";

/** What the bot needs in a server, with its bit (https://docs.discord.com/developers/topics/permissions); no more is asked for. */
export const permissions = {
  /** Channels it cannot see do not exist for it. */
  ViewChannel: 1n << 10n,
  /** Answers in channels, and where no thread can be opened. */
  SendMessages: 1n << 11n,
  /** Sources are links. */
  EmbedLinks: 1n << 14n,
  /** The repository and the document. */
  AttachFiles: 1n << 15n,
  /** Answers to messages, and looking for what was said while it was away. */
  ReadMessageHistory: 1n << 16n,
  /** A thread for each plan. */
  CreatePublicThreads: 1n << 35n,
  /** Everything said in it; sending in channels does not include threads. */
  SendMessagesInThreads: 1n << 38n,
} as const;
export type Permission = keyof typeof permissions;

/** All of them as the number an invitation carries. */
export const allPermissions = Object.values(permissions).reduce((sum, bit) => sum | bit, 0n);

const administrator = 1n << 3n;

/** Which of them a set of bits lacks; an administrator lacks none. */
export function lacking(bits: bigint): Permission[] {
  if ((bits & administrator) !== 0n) return [];
  return (Object.keys(permissions) as Permission[]).filter((name) => (bits & permissions[name]) === 0n);
}

/** Permissions by the names Discord shows in that language. */
export function permissionWords(names: readonly string[], say: Say): string {
  return names.map((name) => say("discord.quoted", { name: say(`discord.permission.${name}`) })).join(", ");
}

/** The link with which an administrator adds the bot: exactly these permissions, and commands. */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: "bot applications.commands",
    permissions: String(allPermissions),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** The application's id, which is the first part of its bot's token. */
export function applicationOf(token: string): string | undefined {
  const id = Buffer.from(token.split(".")[0] ?? "", "base64").toString();
  return /^\d{15,21}$/.test(id) ? id : undefined;
}
