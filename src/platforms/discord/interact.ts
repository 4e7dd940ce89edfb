import type { Interaction, MessageComponentInteraction } from "discord.js";
import { type Used, usedBy } from "./asked.ts";
import { decode, isSaid, type Pressed, WRITE } from "./controls.ts";
import type { Desk } from "./desk.ts";
import { FORM, openPage, openText, takeForm } from "./forms.ts";
import { unpackNames } from "./modal.ts";
import { createSeen } from "./queues.ts";
import { complete, useCommand, useMessage } from "./slash.ts";

/** Commands, buttons, menus and forms: each is stored first and acknowledged within three seconds; what follows comes as messages. */
export function createInteracting(desk: Desk) {
  const { bot, people, places, log } = desk;
  const seen = createSeen();
  const running = new Set<Promise<void>>();

  function use(interaction: Interaction): Promise<void> {
    if (seen.has(interaction.id)) return Promise.resolve();
    seen.add(interaction.id);
    const run = act(interaction).finally(() => running.delete(run));
    running.add(run);
    return run;
  }

  async function act(interaction: Interaction): Promise<void> {
    let used: Used | undefined;
    try {
      used = await usedBy(desk, interaction);
      if (interaction.isAutocomplete()) return await complete(desk, used, interaction);
      if (!(await people.may(used.actor))) {
        await used.answer.reply({ content: used.say("discord.refused") });
        return;
      }
      await dispatch(interaction, used);
    } catch (err) {
      const { id, user, channelId } = interaction;
      log.error({ interaction: id, user: user.id, channel: channelId, err }, "an interaction failed");
      await apologise(used);
    }
  }

  async function dispatch(interaction: Interaction, used: Used): Promise<void> {
    if (interaction.isChatInputCommand()) return useCommand(desk, used, interaction);
    if (interaction.isMessageContextMenuCommand()) return useMessage(desk, used, interaction);
    if (interaction.isMessageComponent()) return press(interaction, used);
    if (!interaction.isModalSubmit()) return;
    const conversationOf = async (tag?: string) => {
      const conversation = await conversationIn(used, tag);
      await turnTo(used, conversation);
      return conversation;
    };
    return takeForm(desk, used, { interaction, conversationOf });
  }

  async function press(interaction: MessageComponentInteraction, used: Used): Promise<void> {
    const meant = pressedOn(interaction);
    const tag = meant.conversation;
    const conversation = await conversationIn(used, tag);
    // What is stopped is not what is talked about next.
    if (meant.action !== "stop") await turnTo(used, conversation);
    const of = { conversation, ...(tag && { tag }) };
    if (meant.action === FORM) return openPage(desk, used, { ...of, shown: unpackNames(meant.value) });
    if (meant.action === WRITE || meant.action === "change") {
      return openText(desk, used, { ...of, about: meant.action });
    }
    await used.answer.inTime(() =>
      bot.receive({ ...used.base, conversation, ...whatOf(interaction, meant) }),
    );
    if (used.answer.isOpen) await used.answer.later();
  }

  /** What somebody presses or fills in among direct messages they talk about next. */
  async function turnTo({ channel, id }: Used, conversation: string): Promise<void> {
    if (channel.kind === "direct") await places.turnTo(channel.id, conversation, id);
  }

  /** A button says to which conversation it belongs, where its channel does not. */
  async function conversationIn({ channel, person, server }: Used, tag?: string): Promise<string> {
    const conversation = tag
      ? `discord:${tag}`
      : ((await places.conversationAt(channel.id)) ?? `discord:${channel.id}`);
    // Where it was forgotten the place is known no longer, and its buttons are still there.
    if (!(await places.find(conversation))) {
      const parent = channel.parent && channel.kind === "thread" && { parent: channel.parent };
      const kind = channel.kind === "direct" ? "direct" : channel.kind === "thread" ? "thread" : "replies";
      const isOurs = channel.owner === desk.me || kind === "direct";
      await places.save(conversation, {
        kind,
        channel: channel.id,
        person: person.id,
        isOurs,
        ...parent,
        ...(server && { server }),
      });
    }
    return conversation;
  }

  /** Something went wrong before it was taken: said to the person, who may try again. */
  async function apologise(used: Used | undefined): Promise<void> {
    if (!used) return;
    const isEnding = desk.isEnding();
    const content = used.say(isEnding ? "discord.restarting" : "failure.internal");
    await used.answer
      .reply({ content })
      .catch((err) => log.warn({ interaction: used.id, err }, "nor could that be said"));
  }

  return {
    use,
    async isIdle(): Promise<void> {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

/** What was pressed: the button itself, or what was picked in a menu. */
function pressedOn(interaction: MessageComponentInteraction): Pressed {
  const picked = interaction.isStringSelectMenu() ? interaction.values[0] : undefined;
  return decode(picked ?? interaction.customId);
}

function whatOf(interaction: MessageComponentInteraction, meant: Pressed) {
  if (isSaid(meant)) return { kind: "said", text: wordsOn(interaction) } as const;
  const { action, value } = meant;
  return { kind: "pressed", action, ...(value !== undefined && { value }) } as const;
}

/** The words on a button, or of what was picked. */
function wordsOn(interaction: MessageComponentInteraction): string {
  const { component } = interaction;
  if (interaction.isStringSelectMenu() && component && "options" in component)
    return component.options.find(({ value }) => value === interaction.values[0])?.label ?? "";
  return component && "label" in component ? (component.label ?? "") : "";
}
