import { ChannelType, GatewayDispatchEvents as Event } from "discord-api-types/v10";
import type { Body } from "./check-message.ts";
import { checkMessage, checkNotEmpty } from "./check-message.ts";
import { Form, refuse } from "./errors.ts";
import { edit, existing, locked, post, readable, remove, send } from "./messages.ts";
import { demand, may, sendPermission } from "./permissions.ts";
import { type Request, route } from "./rest.ts";
import {
  changeThread,
  checkThread,
  openThread,
  removeThread,
  threadAlone,
  threadOnMessage,
} from "./threads.ts";
import { type Channel, isThread, type Stored, type World } from "./world.ts";

const hourMs = 60 * 60_000;
const oldEdits = 3; // observed, not documented: discord-api-docs#4413

function channelOf({ world, params }: Request): Channel {
  const channel = world.channels.get(params.channel ?? "");
  if (!channel) throw refuse("unknownChannel");
  demand(world, channel);
  return channel;
}

function messageOf(request: Request): Stored {
  const stored = existing(request.world, params(request, "channel"), params(request, "message"));
  // A message only one person sees is reached through its interaction alone.
  if (stored.ephemeralTo) throw refuse("unknownMessage");
  return stored;
}

const params = (request: Request, name: string) => request.params[name] ?? "";

function readChannel(request: Request) {
  return channelOf(request);
}

function patchChannel(request: Request) {
  const { world, body } = request;
  const channel = channelOf(request);
  if (!isThread(channel)) {
    demand(world, channel, "ManageChannels");
    if (channel.type === ChannelType.DM) throw refuse("wrongChannelType");
    if (body.name !== undefined) channel.name = body.name;
    world.dispatch(Event.ChannelUpdate, channel);
    return channel;
  }
  const manages = may(world, world.bot.id, channel, "ManageThreads");
  const own = channel.owner_id === world.bot.id;
  const meta = channel.thread_metadata!;
  // A creator may rename, archive and unarchive; locking is for moderators.
  if (!manages && (!own || body.locked !== undefined)) throw refuse("missingPermissions");
  if (meta.locked && !manages) throw refuse("threadLocked");
  const wakes = body.archived === false;
  if (meta.archived && !wakes) throw refuse("archived");
  checkThread(body, { partly: true });
  changeThread(world, channel, world.bot, body);
  return channel;
}

function deleteChannel(request: Request) {
  const channel = channelOf(request);
  demand(request.world, channel, isThread(channel) ? "ManageThreads" : "ManageChannels");
  if (isThread(channel)) removeThread(request.world, channel);
  return channel;
}

function listMessages(request: Request) {
  const { world, query } = request;
  const channel = channelOf(request);
  if (channel.type === ChannelType.GuildForum) throw refuse("notText");
  const limit = Number(query.get("limit") ?? 50);
  const form = new Form();
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    form.add(["limit"], "NUMBER_TYPE_MAX", "int value should be between 1 and 100.");
  form.settle();
  if (!may(world, world.bot.id, channel, "ReadMessageHistory")) return [];
  const newestFirst = world.shown(channel.id).reverse();
  return window(newestFirst, query, limit).map((stored) => fetchedAgain(world, stored));
}

function window(newestFirst: Stored[], query: URLSearchParams, limit: number): Stored[] {
  const [before, after, around] = ["before", "after", "around"].map((key) => query.get(key));
  const older = (id: string) => newestFirst.filter(({ data }) => BigInt(data.id) < BigInt(id));
  const newer = (id: string) => newestFirst.filter(({ data }) => BigInt(data.id) > BigInt(id));
  if (around) {
    const half = Math.floor(limit / 2);
    const itself = newestFirst.filter(({ data }) => data.id === around);
    return [...newer(around).slice(-half), ...itself, ...older(around).slice(0, half)];
  }
  if (before) return older(before).slice(0, limit);
  // The oldest that follow, newest of them first.
  if (after) return newer(after).slice(-limit);
  return newestFirst.slice(0, limit);
}

/** A nonce is told when a message is made, and never again. */
function fetchedAgain(world: World, stored: Stored) {
  const { nonce: _nonce, ...message } = readable(world, stored, world.mayReadContent);
  return message;
}

function getMessage(request: Request) {
  demand(request.world, channelOf(request), "ReadMessageHistory");
  return fetchedAgain(request.world, messageOf(request));
}

function createMessage(request: Request) {
  const { world, body, uploads } = request;
  const channel = channelOf(request);
  return send(world, channel, body as Body, uploads).data;
}

function editMessage(request: Request) {
  const { world, body, uploads } = request;
  const channel = channelOf(request);
  const stored = messageOf(request);
  if (isThread(channel) && channel.thread_metadata?.archived) throw refuse("archived");
  if (locked(world, channel)) throw refuse("threadLocked");
  if (stored.data.author.id !== world.bot.id) throw refuse("notOurs");
  if (uploads.length) demand(world, channel, "AttachFiles");
  const now = world.now();
  if (now - Date.parse(stored.data.timestamp) > hourMs) {
    stored.lateEdits = [...(stored.lateEdits ?? []).filter((at) => now - at < hourMs), now];
    if (stored.lateEdits.length > oldEdits)
      throw refuse("oldEdits", { "retry-after": "1", "x-ratelimit-scope": "user" });
  }
  return edit(world, stored, body as Body, uploads).data;
}

function deleteMessage(request: Request) {
  const { world } = request;
  const channel = channelOf(request);
  const stored = messageOf(request);
  if (isThread(channel) && channel.thread_metadata?.archived) throw refuse("archived");
  if (stored.data.author.id !== world.bot.id) demand(world, channel, "ManageMessages");
  remove(world, stored);
}

function startThread(request: Request) {
  const channel = channelOf(request);
  const stored = messageOf(request);
  demand(request.world, channel, "CreatePublicThreads");
  return threadOnMessage(request.world, channel, stored, request.world.bot, request.body);
}

function createThread(request: Request) {
  const { world, body, uploads } = request;
  const channel = channelOf(request);
  if (channel.type !== ChannelType.GuildForum) {
    demand(world, channel, "CreatePublicThreads");
    if (body.type === ChannelType.PrivateThread) throw refuse("missingPermissions");
    return threadAlone(world, channel, world.bot, body);
  }
  demand(world, channel, "SendMessages");
  checkThread(body);
  const message = (body.message ?? {}) as Body;
  checkMessage(message, uploads);
  checkNotEmpty(message, uploads.length);
  const thread = openThread(world, { parent: channel, owner: world.bot, body });
  const starter = post(world, { channel: thread, author: world.bot, body: message, uploads, id: thread.id });
  return { ...thread, message: starter.data };
}

function typing(request: Request) {
  const { world } = request;
  const channel = channelOf(request);
  demand(world, channel, sendPermission(channel));
  world.typing.push({ channel: channel.id, at: world.now() });
}

function reaction(request: Request) {
  const channel = channelOf(request);
  messageOf(request);
  demand(request.world, channel, "ReadMessageHistory", "AddReactions");
}

function bulkDelete(request: Request) {
  const channel = channelOf(request);
  demand(request.world, channel, "ManageMessages");
  for (const id of request.body.messages ?? [])
    remove(request.world, existing(request.world, channel.id, id));
}

function activeThreads({ world, params }: Request) {
  const threads = [...world.channels.values()].filter(
    (one) => isThread(one) && one.guild_id === params.guild && !one.thread_metadata?.archived,
  );
  return { threads, members: [] };
}

function archivedThreads(request: Request) {
  const channel = channelOf(request);
  demand(request.world, channel, "ReadMessageHistory");
  const threads = [...request.world.channels.values()].filter(
    (one) => isThread(one) && one.parent_id === channel.id && one.thread_metadata?.archived,
  );
  return { threads, members: [], has_more: false };
}

function pin(request: Request) {
  demand(request.world, channelOf(request), "PinMessages");
  messageOf(request).data.pinned = true;
}

/** Everything about channels, their messages and their threads. */
export const channelRoutes = [
  route("GET", "/channels/:channel", readChannel),
  route("PATCH", "/channels/:channel", patchChannel),
  route("DELETE", "/channels/:channel", deleteChannel),
  route("GET", "/channels/:channel/messages", listMessages),
  route("POST", "/channels/:channel/messages", createMessage),
  route("POST", "/channels/:channel/messages/bulk-delete", bulkDelete),
  route("GET", "/channels/:channel/messages/:message", getMessage),
  route("PATCH", "/channels/:channel/messages/:message", editMessage),
  route("DELETE", "/channels/:channel/messages/:message", deleteMessage),
  route("POST", "/channels/:channel/messages/:message/threads", startThread),
  route("POST", "/channels/:channel/threads", createThread),
  route("GET", "/channels/:channel/threads/archived/public", archivedThreads),
  route("PUT", "/channels/:channel/thread-members/:user", (request) => void channelOf(request)),
  route("DELETE", "/channels/:channel/thread-members/:user", (request) => void channelOf(request)),
  route("POST", "/channels/:channel/typing", typing),
  route("PUT", "/channels/:channel/pins/:message", pin),
  route("PUT", "/channels/:channel/messages/pins/:message", pin),
  route("PUT", "/channels/:channel/messages/:message/reactions/:emoji/:user", reaction),
  route("DELETE", "/channels/:channel/messages/:message/reactions/:emoji/:user", reaction),
  route("GET", "/guilds/:guild/threads/active", activeThreads),
];
