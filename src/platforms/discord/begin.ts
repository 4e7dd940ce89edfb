import type { Edition } from "#model/brief.ts";
import type { Attachment, Event } from "#model/conversation.ts";
import { pastedFiles } from "#model/pasted.ts";
import { blank } from "#model/secrets.ts";
import { placeFor, type Used } from "./asked.ts";
import { type GivenFile, readFiles } from "./brought.ts";
import type { Desk } from "./desk.ts";
import { plain } from "./escape.ts";
import { short } from "./limits.ts";
import { permissionWords } from "./permissions.ts";
import { threadName } from "./receive.ts";

/** What a command or a form brings: words, files, answers. */
export type Given = {
  text?: string;
  attachments?: Attachment[];
  fields?: Record<string, string>;
  edition?: Edition;
  language?: Event["language"];
  /** Words of the line that everybody sees, `discord.opened.plan` or `.check`. */
  opened: string;
};

const quotedCharacters = 1_200; // of what somebody asked for, in the line above the thread

/**
 * Takes what a command or a form brings, then answers with a line that everybody sees; where there is no conversation yet,
 * its thread begins on that line.
 */
export async function begin(desk: Desk, used: Used, given: Given): Promise<void> {
  const { places } = desk;
  const { answer, say, base, person } = used;
  if (await isBarred(desk, used)) return;
  const { text = "", attachments = [], fields, edition, language, opened } = given;
  const { conversation, place, isNew } = await placeFor(desk, used, { isPlan: opened !== "check" });
  const quote = text || attachments.map(({ name }) => name).join(", ");
  const line = say(`discord.opened.${quote === "" ? "plain" : opened}`, {
    name: `**${plain(person.name)}**`,
    text: plain(short(blank(quote), quotedCharacters)),
  });
  const opener = Promise.withResolvers<string | undefined>();
  if (isNew && place.kind === "opening") places.expectOpener(conversation, opener.promise);
  const named = { ...place, name: threadName(text) ?? say("discord.threadName") };
  const common = {
    ...base,
    conversation,
    ...(language && { language, languageSure: true }),
    ...(edition && { edition }),
  };
  try {
    await answer.inTime(
      async () => {
        const turn =
          place.kind === "direct" ? await places.turnNotes(place.channel, conversation, used.id) : [];
        if (!isNew) await settle(desk, used, { conversation, edition, language });
        let notes = isNew ? [...places.notesOf(conversation, named), ...turn] : [];
        for (const event of eventsOf(common, { text, attachments, fields, isNew })) {
          await desk.bot.receive(event, notes);
          // Not so where it was one too many and is not kept; and what is kept may have its thread by now.
          if (await places.learn(conversation)) notes = [];
        }
      },
      { isPublic: true },
    );
    // It is stored: what follows comes as messages, whether this line does or not.
    const message = await answer.reply({ content: line }, { isPublic: true }).catch((err) => {
      desk.log.warn({ conversation, err }, "a command could not be answered");
      return undefined;
    });
    if (isNew && message && place.kind === "opening") await noteRoot(message);
    opener.resolve(message);
  } finally {
    // Without an answer the thread begins on a message of ours.
    opener.resolve(undefined);
  }

  async function noteRoot(root: string): Promise<void> {
    const latest = (await places.find(conversation)) ?? named;
    await places.save(conversation, { ...latest, root });
  }
}

/** What somebody chooses for a conversation that is under way holds from then on, as if they had pressed it. */
export async function settle(
  { bot }: Desk,
  { base }: Used,
  { conversation, edition, language }: Pick<Given, "edition" | "language"> & { conversation: string },
): Promise<void> {
  const now = await bot.conversation(conversation);
  for (const [action, value] of [["language", language] as const, ["edition", edition] as const])
    if (now && value && value !== now[action])
      await bot.receive({
        ...base,
        conversation,
        id: `${base.id}:${action}`,
        kind: "pressed",
        action,
        value,
      });
}

/** Where the bot may not write whoever asks for something is told so, before they fill in a form for it. */
export async function isBarred({ channels }: Desk, { answer, say, channel, lacks }: Used): Promise<boolean> {
  if (channel.isPrivate && !(await channels.isShown(channel.id))) {
    await answer.reply({ content: say("discord.notInThread") });
    return true;
  }
  const hasNoThreads = lacks.includes("CreatePublicThreads") || lacks.includes("SendMessagesInThreads");
  // Within a thread neither writing in channels nor opening threads is needed.
  const cannotWrite =
    channel.kind === "thread"
      ? lacks.includes("SendMessagesInThreads")
      : lacks.includes("SendMessages") && hasNoThreads;
  if (!cannotWrite && !lacks.includes("ViewChannel")) return false;
  await answer.reply({ content: say("discord.cannotWrite", { names: permissionWords(lacks, say) }) });
  return true;
}

type Common = Omit<Event, "kind"> & { conversation: string };

function eventsOf(
  common: Common,
  {
    text,
    attachments,
    fields,
    isNew,
  }: Pick<Given, "fields"> & { text: string; attachments: Attachment[]; isNew: boolean },
): Event[] {
  const said: Event = { ...common, kind: "said", text, ...(attachments.length > 0 && { attachments }) };
  if (!fields) {
    const isEmpty = text === "" && attachments.length === 0 && !isNew;
    return [isEmpty ? { ...common, kind: "pressed", action: "continue" } : said];
  }
  const submitted: Event = { ...common, kind: "submitted", fields, ...(text !== "" && { text }) };
  // A file is read as a message; the answers beside it outweigh it.
  return attachments.length > 0
    ? [{ ...said, id: `${common.id}:file`, text: "" } as Event, submitted]
    : [submitted];
}

/** Has YAML checked, pasted or as files. */
export async function check(
  desk: Desk,
  used: Used,
  { pasted, files }: { pasted: readonly string[]; files: readonly GivenFile[] },
): Promise<void> {
  const typed = pastedFiles(pasted);
  if (typed.length + files.length === 0)
    return void (await used.answer.reply({ content: used.say("discord.check.empty") }));
  const read = await used.answer.inTime(() => readFiles(files, desk), { isPublic: true });
  await begin(desk, used, { attachments: [...read, ...typed], opened: "check" });
}
