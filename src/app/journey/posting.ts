import type { Block } from "#model/block.ts";
import type { Conversation } from "#model/conversation.ts";
import { AmbiguousError, type Connection, PermanentError } from "#model/platform.ts";
import type { Carrying, Shown } from "../session/carry.ts";
import { owned } from "../store.ts";
import { type JourneyOptions, platformOf } from "./options.ts";
import { storedPlan } from "./stored-plan.ts";

/** Stands for the id of a message that may be there. */
const UNKNOWN = "?";

/** Puts what a turn says into its thread: in messages that fit, each once, whatever breaks off between them. */
export function createPosting({ store, platforms, split, show, log }: JourneyOptions) {
  async function carryShown(effect: Shown, carrying: Carrying): Promise<Record<string, string>> {
    const platform = platforms.get(platformOf(carrying.conversation))!;
    const blocks = effect.kind === "show" ? await planBlocks(effect, carrying) : effect.blocks;
    const messages = platform.arrange?.(blocks, split) ?? split(blocks, platform.limits);
    if (effect.kind === "edit" && effect.superseded)
      return supersede(messages, { key: effect.key, carrying, ...platform });
    if (effect.kind === "edit") return edit(messages, { key: effect.key, carrying, ...platform });
    const ids = await post(messages, { carrying, ...platform });
    return effect.kind === "post" ? named(effect.key, ids) : {};
  }

  /** Posts message after message; those a crash left behind are known by the key they were posted with. */
  async function post(
    messages: Block[][],
    { carrying, connection, from }: { carrying: Carrying; connection: Connection; from?: number },
  ): Promise<string[]> {
    const { conversation, effect, posts, signal, remember } = carrying;
    const { language } = carrying.state;
    const ids: string[] = [];
    for (const [n, blocks] of messages.entries()) {
      const key = `${effect}:${(from ?? 0) + n}`;
      const id = posts[key] ?? (await postOnce(blocks, key));
      ids.push(id);
      // The last one of a post is kept with the effect's own tick.
      const isLast = from === undefined && n === messages.length - 1;
      if (!posts[key] && !isLast) await remember(key, id);
    }
    // Said once all the rest is there.
    if (ids.includes(UNKNOWN)) throw new AmbiguousError("a part may not have been posted");
    return ids;

    async function postOnce(blocks: Block[], key: string): Promise<string> {
      try {
        return await connection.post(conversation, blocks, { key, signal, language });
      } catch (error) {
        if (!(error instanceof AmbiguousError)) throw error;
        log.warn({ conversation, key, err: error }, "may have been posted, not repeated");
        return UNKNOWN;
      }
    }
  }

  type Editing = { key: string; carrying: Carrying; connection: Connection };

  /** Marks what was posted under that name as said again below. */
  async function supersede(
    [blocks]: Block[][],
    { key, carrying, connection }: Editing,
  ): Promise<Record<string, string>> {
    const { conversation, posts, signal } = carrying;
    for (const id of blocks ? idsOf(key, posts) : [])
      await connection.edit(conversation, id, blocks!, { signal, superseded: true }).catch((err) => {
        if (!(err instanceof PermanentError)) throw err;
        log.info({ conversation, message: id, err }, "what is said again below stays as it was");
      });
    return {};
  }

  /** Edits what was posted under that name; what is longer now, or cannot be edited any more, is posted. */
  async function edit(
    messages: Block[][],
    { key, carrying, connection }: Editing,
  ): Promise<Record<string, string>> {
    const { conversation, posts, signal } = carrying;
    const before = idsOf(key, posts);
    const ids: string[] = [];
    for (const [n, blocks] of messages.entries()) {
      const id = before[n];
      if (id !== undefined && (await edited(id, blocks))) ids.push(id);
      else ids.push(...(await post([blocks], { carrying, connection, from: n })));
    }
    return named(key, ids);

    async function edited(id: string, blocks: Block[]): Promise<boolean> {
      try {
        await connection.edit(conversation, id, blocks, { signal });
        return true;
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
        log.warn({ conversation, message: id, err: error }, "cannot be edited, posted instead");
        return false;
      }
    }
  }

  async function planBlocks(
    { plan, part, since }: Extract<Shown, { kind: "show" }>,
    { conversation, state }: Carrying,
  ): Promise<Block[]> {
    const before = since === undefined ? undefined : await store.plans.get(owned(conversation, since));
    const { language } = state;
    const { attaches } = platforms.get(platformOf(conversation))!;
    return show(await storedPlan(store, conversation, plan), {
      part,
      language,
      ...(before && { since: before }),
      ...(attaches && { attaches }),
    });
  }

  /** What not even the thread could be told: to the person alone. */
  async function unsaid({ id, state }: Conversation, blocks: readonly Block[]): Promise<void> {
    const text = blocks.flatMap((block) => (block.kind === "notice" ? [block.text] : [])).join("\n");
    const { connection } = platforms.get(platformOf(id))!;
    await connection.aside?.(id, text, { language: state.language });
  }

  return { carryShown, unsaid };
}

/** Platform ids by the name of the effect: the first message has it, the next ones count on. */
function named(key: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id, n) => [n === 0 ? key : `${key}#${n}`, id]));
}

function idsOf(key: string, posts: Readonly<Record<string, string>>): string[] {
  const ids: string[] = [];
  for (let id = posts[key], n = 1; id !== undefined; id = posts[`${key}#${n++}`]) ids.push(id);
  return ids;
}
