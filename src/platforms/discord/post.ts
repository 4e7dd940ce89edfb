import { type APIMessage, Routes } from "discord.js";
import type { Block } from "#model/block.ts";
import { type Connection, PermanentError, type Say } from "#model/platform.ts";
import type { Language } from "#model/text.ts";
import { call, code, codeOf } from "./call.ts";
import type { Tag } from "./controls.ts";
import type { Desk } from "./desk.ts";
import { drawMessage, isFile } from "./draw.ts";
import { type Component, type Payload, times, types, walk } from "./limits.ts";
import { permissionWords } from "./permissions.ts";
import { nonceOf, type Place } from "./places.ts";
import { createSeen } from "./queues.ts";

type Options = { signal: AbortSignal; language: Language };

const mostTried = 5_000; // messages given up keep their entry until then
const lookedAt = 100; // messages of one page; more than a conversation posts between two tries

/** Posts and edits, each once however often it is tried. */
export function createPosting(desk: Desk): Pick<Connection, "post" | "edit"> & {
  elsewhere: Elsewhere;
  aside: NonNullable<Connection["aside"]>;
} {
  const { rest, places, log, bot } = desk;
  /** When a nonce was first used, in ms; Discord forgets it after a few minutes. */
  const first = new Map<string, number>();
  /** Conversations in which nothing of an earlier process can be in doubt any more. */
  const settled = createSeen();
  const told = createSeen();

  const post: Connection["post"] = async (conversation, blocks, { key, signal, language = "en" }) => {
    const nonce = nonceOf(`${conversation} ${key}`);
    const before = await places.sent(conversation);
    if (before?.nonce === nonce) return before.id;
    // Nothing of an earlier process can be in a thread that is only being opened now.
    if ((await places.find(conversation))?.kind === "opening") settled.add(conversation);
    const place = await reachable(conversation, { signal, language });
    const payload = drawMessage(postable(blocks, place, language), tagOf(conversation, place, language));
    const id =
      (isInDoubt(conversation, nonce) &&
        (await find(place, payload, { nonce, signal, after: before?.id }))) ||
      (await send(conversation, { place, payload, nonce, signal, language }));
    await places.noteSent(conversation, { nonce, id });
    settled.add(conversation);
    first.delete(nonce);
    return id;
  };

  async function reachable(conversation: string, options: Options): Promise<Place> {
    try {
      return await places.open(conversation, options);
    } catch (error) {
      throw await elsewhere(conversation, error, options);
    }
  }

  type Sending = Options & { place: Place; payload: Payload; nonce: string };

  async function send(conversation: string, { place, payload, nonce, ...options }: Sending): Promise<string> {
    const { signal } = options;
    if (!first.has(nonce)) first.set(nonce, Date.now());
    if (first.size > mostTried) first.delete(first.keys().next().value!);
    try {
      return await create(place, { payload, nonce, signal });
    } catch (error) {
      // Writing in threads is a permission of its own.
      const lacks = missingIn(place);
      const isBarred =
        place.kind === "thread" &&
        place.parent !== undefined &&
        codeOf(error) === code.missingPermissions &&
        (lacks.length === 0 || lacks.includes("SendMessagesInThreads"));
      if (!isBarred) throw await elsewhere(conversation, error, options);
      const lacking = ["SendMessagesInThreads"];
      const here = { ...place, root: place.root ?? place.channel };
      const replies = await places
        .inReplies(conversation, here, { ...options, lacking })
        .catch(async (err) => {
          throw await elsewhere(conversation, err, options);
        });
      return create(replies, { payload, nonce, signal });
    }
  }

  async function create(
    place: Place,
    { payload, nonce, signal }: { payload: Payload; nonce: string; signal: AbortSignal },
  ): Promise<string> {
    const body = { ...payload.body, ...places.referenceOf(place), nonce, enforce_nonce: true };
    const files = filesOf(payload);
    const request = () => rest.post(Routes.channelMessages(place.channel), { body, files, signal });
    return ((await call(request, signal)) as APIMessage).id;
  }

  /** Whether an earlier try may have posted it without Discord still knowing its nonce. */
  function isInDoubt(conversation: string, nonce: string): boolean {
    const tried = first.get(nonce);
    if (tried !== undefined) return Date.now() - tried > times.nonceMs;
    return !settled.has(conversation);
  }

  /** Looks for a message among those since the last one that was surely posted. */
  async function find(
    place: Place,
    payload: Payload,
    { nonce, signal, after }: { nonce: string; signal: AbortSignal; after: string | undefined },
  ): Promise<string | undefined> {
    const from = after ?? place.root ?? place.channel;
    const query = new URLSearchParams({ limit: String(lookedAt), after: from });
    const request = () => rest.get(Routes.channelMessages(place.channel), { query, signal });
    const found = (await call(request, signal)) as APIMessage[];
    const own = found.filter(({ author }) => author.id === desk.me);
    const wanted = printOf(
      payload.body.content,
      payload.body.components,
      payload.files.map(({ name }) => name),
    );
    return own.find(
      (one) =>
        one.nonce === nonce ||
        printOf(
          one.content,
          one.components as Component[] | undefined,
          one.attachments.map(({ filename }) => filename),
        ) === wanted,
    )?.id;
  }

  const edit: Connection["edit"] = async (conversation, id, blocks, { signal }) => {
    const place = await places.find(conversation);
    if (!place || place.isGone) throw new PermanentError("discord: its place is gone", { reason: "gone" });
    const language = (await bot.conversation(conversation))?.language ?? "en";
    const { body, ...payload } = drawMessage(blocks, tagOf(conversation, place, language));
    const request = () =>
      rest.patch(Routes.channelMessage(place.channel, id), {
        body,
        files: filesOf({ body, ...payload }),
        signal,
      });
    try {
      await call(request, signal);
    } catch (error) {
      if (codeOf(error) !== code.archived) throw error;
      // A thread nobody wrote in for a week; whoever began it may open it again.
      await call(
        () => rest.patch(Routes.channel(place.channel), { body: { archived: false }, signal }),
        signal,
      );
      await call(request, signal);
    }
  };

  /** Permissions of a thread are those of its channel. */
  const missingIn = ({ parent, channel }: Place) => desk.channels.missing(parent ?? channel);

  /** Where no files may be attached their names are said instead, and why. */
  function postable(blocks: Block[], place: Place, language: Language): Block[] {
    if (!blocks.some(isFile) || !missingIn(place).includes("AttachFiles")) return blocks;
    const say = bot.say(language);
    const names = permissionWords(["AttachFiles"], say);
    return blocks.map((block) => {
      if (block.kind !== "file" && block.kind !== "image") return block;
      return { kind: "notice", tone: "warning", text: say("discord.noFile", { file: block.name, names }) };
    });
  }

  function tagOf(conversation: string, place: Place, language: Language): Tag {
    const [, id = ""] = conversation.split(":");
    const isTold = place.kind === "thread";
    // In somebody else's thread, and between others in a channel, only what mentions or answers it is read.
    const canWrite = place.kind === "direct" || (desk.readsContent && place.isOurs === true);
    return {
      ...(!isTold && { conversation: id }),
      ...(!canWrite && { write: bot.say(language)("discord.write.button") }),
    };
  }

  /** Says in the channel above, or to the person, that the place is gone or closed; returns the error to give up with. */
  async function elsewhere(
    conversation: string,
    error: unknown,
    { signal, language }: Options,
  ): Promise<unknown> {
    if (!(error instanceof PermanentError) || !isClosed(error) || told.has(conversation)) return error;
    told.add(conversation);
    const place = await places.find(conversation);
    if (!place || place.isGone) return error;
    const isDeleted = codeOf(error) === code.unknownChannel;
    if (isDeleted) await places.save(conversation, { ...place, isGone: true });
    const say = bot.say(language);
    const text = isDeleted ? say("discord.gone.deleted") : (barred(place, say) ?? say("discord.gone.closed"));
    const key = `${conversation}:gone`;
    const above: Place | undefined = place.parent
      ? { kind: "replies", channel: place.parent, ...(place.root && { root: place.root }) }
      : undefined;
    for (const toWhom of [async () => above, () => directTo(place.person, signal)]) {
      const to = await toWhom();
      if (!to) continue;
      const isSaid = await places.tell(to, text, { signal, key: `${key}:${to.channel}` }).catch((err) => {
        log.warn({ conversation, channel: to.channel, err }, "could not be said there either");
        return undefined;
      });
      if (isSaid) break;
    }
    return error;
  }

  /** What is said of a channel in which it may not even begin. */
  function barred(place: Place, say: Say): string | undefined {
    const lacks = missingIn(place);
    if (place.kind !== "opening" || lacks.length === 0) return undefined;
    const text = say("discord.cannotWrite", { names: permissionWords(lacks, say) });
    return say("failure.elsewhere", { channel: `<#${place.channel}>`, text });
  }

  async function aside(conversation: string, text: string, { language }: { language: Language }) {
    const place = await places.find(conversation);
    if (!place || told.has(conversation)) return;
    const to = await directTo(place.person, desk.signal);
    // The same place would refuse it again.
    if (!to || to.channel === place.channel) return;
    const where = bot.say(language)("failure.elsewhere", { channel: `<#${place.channel}>`, text });
    const options = { signal: desk.signal, key: `${conversation}:aside:${Date.now()}` };
    await places
      .tell(to, where, options)
      .catch((err) => log.warn({ conversation, err }, "could not be said to the person either"));
  }

  async function directTo(person: string | undefined, signal: AbortSignal): Promise<Place | undefined> {
    if (!person) return undefined;
    try {
      const body = { recipient_id: person };
      const { id } = (await call(() => rest.post(Routes.userChannels(), { body, signal }), signal)) as {
        id: string;
      };
      return { kind: "direct", channel: id };
    } catch (err) {
      log.warn({ err }, "no direct messages with that person");
      return undefined;
    }
  }

  return { post, edit, elsewhere, aside };
}

type Elsewhere = (conversation: string, error: unknown, options: Options) => Promise<unknown>;

const closed: readonly (number | undefined)[] = [
  code.unknownChannel,
  code.unknownGuild,
  code.missingAccess,
  code.missingPermissions,
  code.locked,
];
const isClosed = (error: PermanentError): boolean => closed.includes(codeOf(error));

function filesOf({ files }: Payload) {
  return files.map(({ name, data, contentType }) => ({ name, data: Buffer.from(data), contentType }));
}

/** What tells one message from another: its words, buttons and files. */
function printOf(content = "", components: readonly Component[] = [], files: readonly string[] = []): string {
  const all = [...walk(components)];
  const words = all.filter(({ type }) => type === types.textDisplay).map((one) => String(one.content).trim());
  const ids = all.map((one) => one.custom_id).filter((id) => id !== undefined);
  return JSON.stringify([content.trim(), words, ids, [...files].sort()]);
}
