import { type APIMessage, DiscordAPIError, type REST, Routes } from "discord.js";
import type { Log } from "#model/platform.ts";
import { code } from "./call.ts";
import { flags, times } from "./limits.ts";
import type { Modal } from "./modal.ts";

/** Types of answers: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
const kind = { message: 4, laterMessage: 5, laterUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

/** What an answer needs of an interaction; its token lives fifteen minutes. */
export type Asked = {
  id: string;
  token: string;
  applicationId: string;
  /** A button, or a form that a button opened: it can be answered by nothing at all. */
  isPress: boolean;
};
type Body = { content?: string; components?: unknown; flags?: number; files?: never };
export type Answer = ReturnType<typeof answerTo>;

const safe = { allowed_mentions: { parse: [] } };

/** Answers one interaction, once; one that another process answered, or that is too old, is left. */
export function answerTo(asked: Asked, { rest, log }: { rest: REST; log: Log }) {
  const { id, token, applicationId, isPress } = asked;
  let state: "open" | "later" | "done" = "open";
  const deadline = Date.now() + times.ackMs;

  async function send(type: number, data?: object, withMessage = false): Promise<string | undefined> {
    if (state !== "open") return undefined;
    state = type === kind.laterMessage ? "later" : "done";
    const query = new URLSearchParams({ with_response: String(withMessage) });
    try {
      const body = { type, ...(data && { data }) };
      const answered = await rest.post(Routes.interactionCallback(id, token), { body, query, auth: false });
      return (answered as { resource?: { message?: APIMessage } } | undefined)?.resource?.message?.id;
    } catch (error) {
      if (!isPast(error)) throw error;
      state = "done";
      log.info({ interaction: id, err: error }, "answered by another process, or too late");
      return undefined;
    }
  }

  /** A message only the person sees, unless it is for everybody; returns its id where it is asked for. */
  async function reply(body: Body, { isPublic = false } = {}): Promise<string | undefined> {
    const data = {
      ...body,
      ...safe,
      flags: (body.flags ?? flags.suppressEmbeds) | (isPublic ? 0 : flags.ephemeral),
    };
    if (state === "open") return send(kind.message, data, isPublic);
    if (state === "later") {
      state = "done";
      const message = await rest.patch(Routes.webhookMessage(applicationId, token), {
        body: data,
        auth: false,
      });
      return (message as APIMessage).id;
    }
    await rest.post(Routes.webhook(applicationId, token), { body: data, auth: false });
    return undefined;
  }

  /** Changes the message whose button was pressed. */
  async function update(body: Body): Promise<void> {
    const data = { ...body, ...safe };
    if (state === "open") return void (await send(kind.update, data));
    await rest.patch(Routes.webhookMessage(applicationId, token), { body: data, auth: false });
  }

  /** Taken, with nothing to say yet. */
  async function later({ isPublic = false } = {}): Promise<void> {
    if (isPress) await send(kind.laterUpdate);
    else await send(kind.laterMessage, { flags: isPublic ? 0 : flags.ephemeral });
  }

  return {
    reply,
    update,
    later,
    modal: (modal: Modal) => send(kind.modal, modal),
    choices: (choices: { name: string; value: string }[]) => send(kind.choices, { choices }),
    get isOpen() {
      return state === "open";
    },
    /** Does the job; where it takes longer than Discord waits, the interaction is taken meanwhile. */
    async inTime<T>(job: () => Promise<T>, { isPublic = false } = {}): Promise<T> {
      const timer = setTimeout(
        () => {
          later({ isPublic }).catch((err) =>
            log.warn({ interaction: id, err }, "could not be taken in time"),
          );
        },
        Math.max(0, deadline - Date.now()),
      );
      try {
        return await job();
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

const past: readonly number[] = [code.alreadyAcknowledged, code.unknownInteraction, code.badWebhookToken];

/** It was answered, or nobody waits for an answer any more. */
function isPast(error: unknown): boolean {
  return error instanceof DiscordAPIError && past.includes(Number(error.code));
}
