import type { Defaults, State } from "#model/conversation.ts";
import { freshState } from "#model/conversation.ts";
import type { Bot, Say, Summary } from "#model/platform.ts";
import { type Language, languages } from "#model/text.ts";
import { formOf, helpBlocks, titleOf } from "#steps/converse.ts";
import { understand } from "#steps/understand.ts";
import { ownerKey, type Store } from "./store.ts";

/** What platforms may look up: conversations, the brief as a form, help, and what a workspace has settled. */
export type Directory = Omit<Bot, "receive" | "say">;

/** Opens it for one platform over the store; it only reads, but for the defaults. */
export function openDirectory(
  platform: string,
  { store, say }: { store: Store; say: (language: Language) => Say },
): Directory {
  const settled = new Map<string, Defaults>();
  const noteOf = (scope: string) => `defaults/${platform}/${scope}`;

  async function summary(id: string, language?: Language): Promise<Summary | undefined> {
    const record = await store.conversations.get(id);
    return record && summaryOf(record, language);
  }

  function summaryOf(
    { id, state, updatedAt }: { id: string; state: State; updatedAt: number },
    language: Language = state.language,
  ): Summary {
    const { phase, edition, plans, startedBy } = state;
    return {
      conversation: id,
      title: titleOf(state, { state: { ...state, language }, say: say(language) }),
      phase,
      edition,
      language: state.language,
      revisions: plans.length,
      ...(startedBy && { startedBy: startedBy.id }),
      updatedAt,
    };
  }

  return {
    async conversationsOf(person, language) {
      const found: Summary[] = [];
      const prefix = ownerKey(`${platform}:`, person, true);
      for await (const [key] of store.owners.entries(prefix)) {
        const one = await summary(key.slice(prefix.length), language);
        if (one) found.push(one);
      }
      return found.sort((a, b) => b.updatedAt - a.updatedAt);
    },
    async openSince(since) {
      const found: Summary[] = [];
      for await (const [, record] of store.conversations.entries(`${platform}:`)) {
        if (record.updatedAt >= since && record.state.phase !== "ended") found.push(summaryOf(record));
      }
      return found.sort((a, b) => b.updatedAt - a.updatedAt);
    },
    conversation: (id) => summary(id),
    async form({ conversation, text = "", language }) {
      const record = conversation === undefined ? undefined : await store.conversations.get(conversation);
      if (record) return formOf({ state: record.state, say: say(language) });
      const { answers, edition = "pro" } = understand(text, { language });
      return formOf({ state: { ...freshState, language, answers, edition }, say: say(language) });
    },
    help: (language) => helpBlocks({ state: { ...freshState, language }, say: say(language) }),
    async defaults(scope) {
      const known = settled.get(scope) ?? readDefaults(await store.notes.get(noteOf(scope)));
      settled.set(scope, known);
      return known;
    },
    async setDefaults(scope, defaults) {
      const valid = readDefaults(defaults);
      await store.notes.set(noteOf(scope), valid);
      settled.set(scope, valid);
    },
  };
}

/** Only what is known is taken over: notes outlive releases. */
function readDefaults(note: unknown): Defaults {
  const { language, gitops, edition } = (note ?? {}) as Record<string, unknown>;
  const pick = <T extends string>(value: unknown, known: readonly T[]) =>
    known.includes(value as T) ? (value as T) : undefined;
  const read = {
    language: pick(language, languages),
    gitops: pick(gitops, ["auto", "flux", "argocd"] as const),
    edition: pick(edition, ["pro", "basic"] as const),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as Defaults;
}
