import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
} from "discord.js";
import { Edition } from "#model/brief.ts";
import { fencedIn } from "#model/pasted.ts";
import type { Summary } from "#model/platform.ts";
import { Language } from "#model/text-schema.ts";
import type { Used } from "./asked.ts";
import { begin, check, isBarred, settle } from "./begin.ts";
import { type GivenFile, longWords, readFiles } from "./brought.ts";
import { CHECK_MESSAGE } from "./commands.ts";
import type { Desk } from "./desk.ts";
import { drawText } from "./draw.ts";
import { bare, plain } from "./escape.ts";
import { openChecking, openForm, openPage } from "./forms.ts";
import { command, message, short } from "./limits.ts";
import type { Place } from "./places.ts";

const listed = 20; // conversations; the newest are what people look for
const YAML_LINE = /^\s*(?:-\s+)?["']?[\w./-]+["']?\s*:(?:\s|$)/m;

/** `/edge …`: begins a plan, checks YAML, lists a person's plans, or says what is possible. */
export async function useCommand(
  desk: Desk,
  used: Used,
  interaction: ChatInputCommandInteraction,
): Promise<void> {
  const { options } = interaction;
  switch (options.getSubcommand()) {
    case "check": {
      if (await isBarred(desk, used)) return;
      const text = options.getString("text") ?? "";
      const files = given(options.getAttachment("file"));
      if (text === "" && files.length === 0) return openChecking(used);
      return check(desk, used, { pasted: text === "" ? [] : [text], files });
    }
    case "list":
      return list(desk, used);
    case "help": {
      for (const blocks of desk.arrange(desk.bot.help(used.language)))
        await used.answer.reply({ content: drawText(blocks) });
      return;
    }
  }
  if (await isBarred(desk, used)) return;
  const text = options.getString("fleet")?.trim() ?? "";
  const files = given(options.getAttachment("file"));
  const edition = Edition.safeParse(options.getString("edition")).data;
  const language = Language.safeParse(options.getString("language")).data;
  const chosen = { ...(edition && { edition }), ...(language && { language }) };
  if (text === "" && files.length === 0) {
    // In a thread that has a plan the form is that plan's.
    const here = used.channel.kind === "thread" && (await desk.places.conversationAt(used.channel.id));
    if (here && (await desk.bot.conversation(here))) {
      await settle(desk, used, { conversation: here, ...chosen });
      return openPage(desk, used, { conversation: here, shown: [] });
    }
    return openForm(desk, used, chosen);
  }
  const attachments = await used.answer.inTime(() => readFiles(files, desk), { isPublic: true });
  await begin(desk, used, { text, attachments, ...chosen, opened: "plan" });
}

/** A command on somebody's message: what stands in it is planned from, or checked. */
export async function useMessage(
  desk: Desk,
  used: Used,
  interaction: MessageContextMenuCommandInteraction,
): Promise<void> {
  const { targetMessage, commandName } = interaction;
  // A forwarded message holds what it forwards.
  const forwarded = targetMessage.messageSnapshots?.first();
  const content = targetMessage.content || (forwarded?.content ?? "");
  const attached = [...targetMessage.attachments.values(), ...(forwarded?.attachments.values() ?? [])];
  const files = attached.map(({ name, size, url }) => ({ name, size, url }));
  if (commandName === desk.bot.say("en")(CHECK_MESSAGE)) {
    const fenced = fencedIn(content);
    const pasted = fenced.length > 0 ? fenced : YAML_LINE.test(content) ? [content] : [];
    if (pasted.length === 0 && files.length === 0)
      return void (await used.answer.reply({ content: used.say("discord.check.nothing") }));
    return check(desk, used, { pasted, files });
  }
  if (content.trim() === "" && files.length === 0)
    return void (await used.answer.reply({ content: used.say("discord.fromMessage.nothing") }));
  const read = await used.answer.inTime(() => readFiles(files, desk), { isPublic: true });
  await begin(desk, used, { ...longWords(content, read), opened: "plan" });
}

const given = (file: GivenFile | null): GivenFile[] =>
  file ? [{ name: file.name, size: file.size, url: file.url }] : [];

/** A person's plans with the way to each, for them alone. */
async function list(desk: Desk, { answer, say, person, language }: Used): Promise<void> {
  const found = await answer.inTime(() => desk.bot.conversationsOf(person.id, language));
  // Where only YAML was checked, or help was asked for, there is no plan.
  const all = found.filter(({ phase }) => phase !== "new");
  if (all.length === 0) return void (await answer.reply({ content: say("discord.list.none") }));
  const lines = await Promise.all(
    all.slice(0, listed).map(async (one) => {
      const place = await desk.places.find(one.conversation);
      const words = [titleOf(one), say(`discord.phase.${one.phase}`), ...revisions(one)];
      return `- ${await wayTo(one.conversation, place)}${words.join(" · ")}`;
    }),
  );
  const more = (shown: number) => say("discord.list.more", { count: all.length - shown });
  const heading = `**${say("discord.list.heading")}**`;
  await answer.reply({ content: listOf(heading, lines, { total: all.length, more }) });

  /** A thread as a link; elsewhere, where many plans share a place, what was said last of this one. It rings nobody. */
  async function wayTo(conversation: string, place: Place | undefined): Promise<string> {
    if (!place || place.isGone) return "";
    if (place.kind === "thread") return `<#${place.channel}> · `;
    const sent = await desk.places.sent(conversation);
    const where = `https://discord.com/channels/${place.server ?? "@me"}/${place.channel}`;
    return sent ? `${where}/${sent.id} · ` : "";
  }

  function revisions({ revisions: count }: Summary): string[] {
    return count > 0 ? [say("discord.list.revisions", { count })] : [];
  }
}

/** As many lines as a message holds below its heading; how many there are besides is said at the end. */
export function listOf(
  heading: string,
  lines: readonly string[],
  { total, more }: { total: number; more: (shown: number) => string },
): string {
  for (let shown = lines.length; ; shown--) {
    const rest = shown < total ? [more(shown)] : [];
    const content = [heading, ...lines.slice(0, shown), ...rest].join("\n");
    if (content.length <= message.contentCharacters || shown === 0) return content;
  }
}

const titleOf = ({ title }: Summary): string => plain(short(title, 80));

/** While somebody types a fleet: what was understood so far, and examples of how to say it. No model is asked. */
export async function complete(desk: Desk, used: Used, interaction: AutocompleteInteraction): Promise<void> {
  const typed = interaction.options.getFocused().trim();
  const examples = used.say("discord.examples").split("\n");
  const fitting = examples.filter((one) => one.toLowerCase().includes(typed.toLowerCase()));
  const offered = (typed === "" ? examples : fitting).filter((one) => one.length <= command.choiceCharacters);
  const own = typed !== "" && typed.length <= command.choiceCharacters ? [await understood(typed)] : [];
  await used.answer.choices(
    [...own, ...offered.map((one) => ({ name: one, value: one }))].slice(0, command.choices),
  );

  async function understood(text: string): Promise<{ name: string; value: string }> {
    const { fields } = await desk.bot.form({ text, language: used.language });
    const known = fields.flatMap(({ label, value, options }) => {
      if (value === undefined) return [];
      const words = options.find((option) => option.value === value)?.label ?? value;
      return [`${bare(label)} ${bare(words)}`];
    });
    return {
      name: short(known.length > 0 ? `${known.join(" · ")}` : text, command.choiceCharacters),
      value: text,
    };
  }
}
