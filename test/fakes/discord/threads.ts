import {
  type APIThreadMember,
  type APIUser,
  ChannelType,
  GatewayDispatchEvents as Event,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  type ThreadAutoArchiveDuration,
} from "discord-api-types/v10";
import { Form, refuse } from "./errors.ts";
import { post } from "./messages.ts";
import {
  type Channel,
  isGuildChannel,
  isThread,
  noFlags,
  type Stored,
  type Thread,
  type World,
} from "./world.ts";

const durations = [60, 1_440, 4_320, 10_080];

export type ThreadBody = {
  name?: unknown;
  auto_archive_duration?: unknown;
  rate_limit_per_user?: unknown;
  type?: unknown;
};

/** Refuses a thread's name or duration that Discord would refuse. */
export function checkThread(body: ThreadBody, { partly = false } = {}) {
  const form = new Form();
  if (!partly || body.name !== undefined) form.length(["name"], body.name, 1, 100);
  const duration = body.auto_archive_duration;
  if (duration !== undefined && duration !== null && !durations.includes(Number(duration)))
    form.add(
      ["auto_archive_duration"],
      "BASE_TYPE_CHOICES",
      `Value must be one of (${durations.join(", ")}).`,
    );
  form.settle();
}

export type NewThread = {
  parent: Channel;
  owner: APIUser;
  body: ThreadBody;
  id?: string;
  type?: Thread["type"];
};

/** A new thread, announced; not yet holding any message. */
export function openThread(
  world: World,
  { parent, owner, body, id = world.id(), type = ChannelType.PublicThread }: NewThread,
): Thread {
  if (!isGuildChannel(parent)) throw refuse("wrongChannelType");
  const guild = parent.guild_id;
  const active = [...world.channels.values()].filter(
    (channel) => isThread(channel) && channel.guild_id === guild && !channel.thread_metadata?.archived,
  );
  if (active.length >= (world.options.threadCap ?? 1_000)) throw refuse("threadCap");
  const thread = {
    id,
    type,
    guild_id: guild,
    parent_id: parent.id,
    owner_id: owner.id,
    name: String(body.name),
    last_message_id: null,
    rate_limit_per_user: Number(body.rate_limit_per_user ?? 0),
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    thread_metadata: {
      archived: false,
      auto_archive_duration: Number(body.auto_archive_duration ?? 4_320) as ThreadAutoArchiveDuration,
      archive_timestamp: world.iso(),
      locked: false,
      create_timestamp: world.iso(),
    },
    flags: noFlags,
    applied_tags: [],
  } as Thread;
  if (owner.id === world.bot.id) thread.member = membership(world, id);
  world.channels.set(id, thread);
  world.dispatch(Event.ThreadCreate, { ...thread, newly_created: true });
  world.changed();
  return thread;
}

/** The bot as one of a thread's people. */
function membership(world: World, id: string): APIThreadMember {
  return { id, user_id: world.bot.id, join_timestamp: world.iso(), flags: noFlags };
}

/** The bot belongs to the thread from now on, as when somebody mentions it there. */
export function joinThread(world: World, thread: Thread) {
  if (thread.member) return;
  thread.member = membership(world, thread.id);
  thread.member_count = (thread.member_count ?? 0) + 1;
  // A private thread begins for who is added to it.
  if (thread.type === ChannelType.PrivateThread) world.dispatch(Event.ThreadCreate, thread);
  world.dispatch(Event.ThreadMembersUpdate, {
    id: thread.id,
    guild_id: thread.guild_id,
    member_count: thread.member_count,
    added_members: [thread.member],
  });
}

/** Threads of announcements have a type of their own; beside a voice channel's call there are none. */
function threadTypeIn({ type }: Channel): Thread["type"] {
  if (type === ChannelType.GuildAnnouncement) return ChannelType.AnnouncementThread;
  if (type !== ChannelType.GuildText) throw refuse("wrongChannelType");
  return ChannelType.PublicThread;
}

/** A thread on a message: same id, one each, and the message shows that it has one. */
export function threadOnMessage(
  world: World,
  parent: Channel,
  starter: Stored,
  owner: APIUser,
  body: ThreadBody,
): Thread {
  const type = threadTypeIn(parent);
  checkThread(body);
  if (world.channels.has(starter.data.id)) throw refuse("threadExists");
  const thread = openThread(world, { parent, owner, body, id: starter.data.id, type });
  starter.data.flags = (starter.data.flags ?? 0) | MessageFlags.HasThread;
  starter.data.thread = thread;
  world.dispatch(Event.MessageUpdate, starter.data);
  post(world, {
    channel: thread,
    author: owner,
    body: {},
    more: {
      type: MessageType.ThreadStarterMessage,
      message_reference: {
        type: MessageReferenceType.Default,
        guild_id: thread.guild_id,
        channel_id: parent.id,
        message_id: starter.data.id,
      },
    },
  });
  return thread;
}

/** A thread nobody's message carries; the parent shows a line about it. */
export function threadAlone(world: World, parent: Channel, owner: APIUser, body: ThreadBody): Thread {
  const type = threadTypeIn(parent);
  checkThread(body);
  const thread = openThread(world, { parent, owner, body, type });
  post(world, {
    channel: parent,
    author: owner,
    body: { content: thread.name },
    more: {
      type: MessageType.ThreadCreated,
      message_reference: {
        type: MessageReferenceType.Default,
        guild_id: thread.guild_id,
        channel_id: thread.id,
      },
    },
  });
  return thread;
}

export type ThreadChange = {
  name?: string;
  archived?: boolean;
  locked?: boolean;
  auto_archive_duration?: number;
  rate_limit_per_user?: number;
};

/** Renames, archives or locks a thread and tells; a new name leaves a line in it. */
export function changeThread(world: World, thread: Thread, by: APIUser, change: ThreadChange) {
  const renamed = change.name !== undefined && change.name !== thread.name;
  if (change.name !== undefined) thread.name = change.name;
  if (change.rate_limit_per_user !== undefined) thread.rate_limit_per_user = change.rate_limit_per_user;
  const meta = thread.thread_metadata!;
  if (change.archived !== undefined && change.archived !== meta.archived) {
    meta.archived = change.archived;
    meta.archive_timestamp = world.iso();
  }
  if (change.locked !== undefined) meta.locked = change.locked;
  if (change.auto_archive_duration !== undefined)
    meta.auto_archive_duration = change.auto_archive_duration as ThreadAutoArchiveDuration;
  world.dispatch(Event.ThreadUpdate, thread);
  if (renamed)
    post(world, {
      channel: thread,
      author: by,
      body: { content: thread.name },
      more: { type: MessageType.ChannelNameChange },
    });
  world.changed();
}

const minuteMs = 60_000;

/** Archives threads in which nothing happened for as long as they say. */
export function archiveIdle(world: World) {
  for (const thread of world.channels.values()) {
    const meta = isThread(thread) ? thread.thread_metadata : undefined;
    if (!isThread(thread) || !meta || meta.archived) continue;
    const last = world.messages.get(thread.last_message_id ?? "")?.data.timestamp;
    const active = Math.max(Date.parse(meta.archive_timestamp), last ? Date.parse(last) : 0);
    if (world.now() - active > meta.auto_archive_duration * minuteMs)
      changeThread(world, thread, world.bot, { archived: true });
  }
}

/** The thread is gone with all it held. */
export function removeThread(world: World, thread: Thread) {
  world.channels.delete(thread.id);
  world.deletedThreads.set(thread.id, thread);
  const starter = world.messages.get(thread.id)?.data;
  if (starter?.thread) {
    delete starter.thread;
    starter.flags = (starter.flags ?? 0) & ~MessageFlags.HasThread;
    delete starter.thread;
  }
  world.dispatch(Event.ThreadDelete, {
    id: thread.id,
    guild_id: thread.guild_id,
    parent_id: thread.parent_id!,
    type: thread.type,
  });
  world.changed();
}
