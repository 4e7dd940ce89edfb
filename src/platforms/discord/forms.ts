import type { ModalSubmitInteraction } from "discord.js";
import { Edition } from "#model/brief.ts";
import type { Event } from "#model/conversation.ts";
import { Language } from "#model/text-schema.ts";
import type { Used } from "./asked.ts";
import { begin, check, type Given } from "./begin.ts";
import { type GivenFile, readFiles } from "./brought.ts";
import { decode, encode } from "./controls.ts";
import type { Desk } from "./desk.ts";
import { types } from "./limits.ts";
import {
  checkModal,
  FILE,
  formId,
  formModal,
  packNames,
  pageOf,
  TEXT,
  textModal,
  unpackNames,
} from "./modal.ts";

/** Actions of forms. */
export const FORM = "form";
const NEW = "new";
const CHECK = "check";

/** Opens the brief as a form, before there is a conversation. */
export async function openForm(
  desk: Desk,
  { answer, language, say }: Used,
  chosen: Pick<Given, "edition" | "language">,
): Promise<void> {
  const spoken = chosen.language ?? language;
  const form = await desk.bot.form({ language: spoken });
  const value = [chosen.edition ?? "", chosen.language ?? ""].join(",");
  const id = encode({ action: NEW, ...(value !== "," && { value }) })!;
  await answer.modal(formModal(form, { shown: [], id, say: desk.bot.say(spoken) ?? say }));
}

/** Opens a form to paste or attach what is to be checked. */
export async function openChecking({ answer, say }: Used): Promise<void> {
  await answer.modal(checkModal({ id: encode({ action: CHECK })!, say }));
}

/** Opens the next page of a conversation's brief. */
export async function openPage(
  desk: Desk,
  { answer, language }: Used,
  { conversation, shown, tag }: { conversation: string; shown: readonly string[]; tag?: string },
): Promise<void> {
  const spoken = (await desk.bot.conversation(conversation))?.language ?? language;
  const form = await desk.bot.form({ conversation, language: spoken });
  const id = formId(FORM, { shown, ...(tag && { conversation: tag }) });
  await answer.modal(formModal(form, { shown, id, say: desk.bot.say(spoken) }));
}

/** Opens one field to write in. */
export async function openText(
  desk: Desk,
  { answer, language }: Used,
  { conversation, about, tag }: { conversation: string; about: "write" | "change"; tag?: string },
): Promise<void> {
  const spoken = (await desk.bot.conversation(conversation))?.language ?? language;
  const say = desk.bot.say(spoken);
  await answer.modal(
    textModal({
      id: formId(about, tag ? { conversation: tag } : {}),
      title: say(`discord.${about}.title`),
      label: say(`discord.${about}.label`),
      hint: say(`discord.${about}.hint`),
    }),
  );
}

/** Takes what somebody sent with a form. */
export async function takeForm(
  desk: Desk,
  used: Used,
  {
    interaction,
    conversationOf,
  }: { interaction: ModalSubmitInteraction; conversationOf: (tag?: string) => Promise<string> },
): Promise<void> {
  const { action, value, conversation: tag } = decode(interaction.customId);
  const { fields, files, text } = readForm(interaction);
  if (action === CHECK) return check(desk, used, { pasted: text === "" ? [] : [text], files });
  if (action === NEW) {
    const [first, second] = (value ?? "").split(",");
    const edition = Edition.safeParse(first).data;
    const language = Language.safeParse(second).data;
    const attachments = await used.answer.inTime(() => readFiles(files, desk), { isPublic: true });
    return begin(desk, used, {
      fields,
      attachments,
      opened: "plan",
      ...(edition && { edition }),
      ...(language && { language }),
    });
  }
  const conversation = await conversationOf(tag);
  const common = { ...used.base, conversation };
  if (action !== FORM) {
    await store([{ ...common, kind: "said", text }]);
    if (used.answer.isOpen) await used.answer.later();
    return;
  }
  const attachments = await used.answer.inTime(() => readFiles(files, desk));
  const brought: Event[] =
    attachments.length > 0
      ? [{ ...common, id: `${common.id}:file`, kind: "said", text: "", attachments }]
      : [];
  await store([...brought, { ...common, kind: "submitted", fields }]);
  await offerMore();

  async function store(events: Event[]): Promise<void> {
    await used.answer.inTime(async () => {
      for (const event of events) await desk.bot.receive(event);
    });
  }

  /** A form cannot open the next one; a button can. It stands where the last one stood. */
  async function offerMore(): Promise<void> {
    const spoken = (await desk.bot.conversation(conversation))?.language ?? used.language;
    const form = await desk.bot.form({ conversation, language: spoken });
    const shown = [...new Set([...unpackNames(value), ...Object.keys(fields)])];
    const { fields: next, left } = pageOf(form, shown);
    const say = desk.bot.say(spoken);
    const count = next.length + left;
    const content = count > 0 ? say("discord.form.left", { count }) : say("discord.form.all");
    const button = {
      type: types.button,
      style: 2,
      label: say("discord.form.more"),
      custom_id: encode({ action: FORM, value: packNames(shown), ...(tag && { conversation: tag }) })!,
    };
    const body = { content, components: count > 0 ? [{ type: types.row, components: [button] }] : [] };
    const isOwn = interaction.message?.flags.has("Ephemeral") ?? false;
    if (isOwn) return used.answer.update(body);
    // A form that a command opened has to be answered with something.
    if (interaction.isFromMessage() && used.answer.isOpen) await used.answer.later();
    if (count > 0 || !interaction.isFromMessage()) await used.answer.reply(body);
  }
}

type Read = { fields: Record<string, string>; files: GivenFile[]; text: string };

/** What stands in a form's fields: answers by name, files, and the large text. */
function readForm({ fields }: ModalSubmitInteraction): Read {
  const read: Read = { fields: {}, files: [], text: "" };
  for (const [id, field] of fields.fields) {
    if (id === FILE && "attachments" in field) {
      for (const { name, size, url } of field.attachments?.values() ?? [])
        read.files.push({ name, size, url });
    } else if (id === TEXT && "value" in field) read.text = String(field.value ?? "").trim();
    else if ("values" in field) read.fields[id] = String(field.values[0] ?? "");
    else if ("value" in field) read.fields[id] = String(field.value ?? "");
  }
  return read;
}
