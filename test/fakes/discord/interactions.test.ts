import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  ContextMenuCommandBuilder,
  Events,
  type Interaction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  Routes,
  SlashCommandBuilder,
  TextDisplayBuilder,
} from "discord.js";
import { describe, expect, test } from "vitest";
import type { FakeDiscord } from "../discord.ts";
import { type Bot, bot, fake, refused, rest } from "./harness.ts";
import type { FakeOptions } from "./types.ts";

type Handlers = {
  command?: (interaction: ChatInputCommandInteraction) => unknown;
  component?: (interaction: MessageComponentInteraction) => unknown;
  modal?: (interaction: ModalSubmitInteraction) => unknown;
  any?: (interaction: Interaction) => unknown;
};

const plan = new SlashCommandBuilder().setName("plan").setDescription("Plans");
const buttons = (...ids: string[]) =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    ids.map((id) => new ButtonBuilder().setCustomId(id).setLabel(id).setStyle(ButtonStyle.Primary)),
  );

/** A bot with one command, and what its handlers threw. */
async function answering(
  handlers: Handlers,
  options: FakeOptions = {},
): Promise<{ discord: FakeDiscord; own: Bot; thrown: unknown[] }> {
  const discord = await fake(options);
  const own = await bot(discord);
  await own.client.application.commands.set([plan]);
  const thrown: unknown[] = [];
  own.client.on(Events.InteractionCreate, async (interaction) => {
    try {
      await handlers.any?.(interaction);
      if (interaction.isChatInputCommand()) await handlers.command?.(interaction);
      if (interaction.isMessageComponent()) await handlers.component?.(interaction);
      if (interaction.isModalSubmit()) await handlers.modal?.(interaction);
    } catch (error) {
      thrown.push(error);
    }
  });
  return { discord, own, thrown };
}

const ask = (discord: FakeDiscord, more = {}) => discord.command({ user: "ada", name: "plan", ...more });
/** What was refused in a handler, once it was. */
const codes = (thrown: unknown[]) => thrown.map((error) => (error as { code?: number | string }).code);

describe("acknowledging", () => {
  test("late is too late, and the person sees that nobody answered", async () => {
    let go = () => {};
    const wait = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { discord, thrown } = await answering(
      { command: (interaction) => wait.then(() => interaction.reply("late")) },
      { clock: "manual" },
    );
    const used = await ask(discord);
    await discord.clock.advance(2_900);
    expect(await used.seen()).toMatchObject({ didNotRespond: false });
    await discord.clock.advance(200);
    expect(await used.seen()).toMatchObject({ didNotRespond: true, messages: [] });
    await expect(used.acked()).rejects.toThrow(/did not respond/);
    go();
    await expect.poll(() => codes(thrown)).toEqual([10062]);
    expect((await discord.violations()).map(({ kind }) => kind)).toEqual(["refused", "no-answer"]);
  });

  test("a second time is refused, whoever comes second", async () => {
    const { discord } = await answering({ command: (interaction) => interaction.deferReply() });
    const used = await ask(discord);
    await used.acked();
    // A second process of the same bot would send this.
    const { id, token } = await used.seen();
    const again = rest(discord).post(Routes.interactionCallback(id, token), {
      body: { type: 5 },
      auth: false,
    });
    expect(await refused(again)).toMatchObject({ code: 40060 });
    const wrong = rest(discord).post(Routes.interactionCallback(id, "wrong"), {
      body: { type: 5 },
      auth: false,
    });
    expect(await refused(wrong)).toMatchObject({ code: 10062 });
  });

  test("after fifteen minutes the token is dead, and the channel still works", async () => {
    let held: ChatInputCommandInteraction | undefined;
    const { discord, thrown, own } = await answering(
      {
        command: async (interaction) => {
          await interaction.deferReply();
          held = interaction;
        },
      },
      { clock: "manual" },
    );
    const used = await ask(discord);
    await expect.poll(() => held).toBeDefined();
    await discord.clock.advance(15 * 60_000 + 1);
    expect(await refused(held!.editReply("late"))).toMatchObject({ status: 401, code: 50027 });
    expect(await refused(held!.followUp("late"))).toMatchObject({ status: 401, code: 50027 });
    if (held?.channel?.isSendable()) await held.channel.send("by the channel");
    expect((await used.seen()).messages).toMatchObject([{ loading: true }]);
    expect(thrown).toEqual([]);
    expect(own.client.isReady()).toBe(true);
  });
});

describe("answers", () => {
  test("a command's answer carries its marks, and what follows answers it", async () => {
    const { discord } = await answering({
      command: async (interaction) => {
        const { resource } = await interaction.reply({ content: "one", withResponse: true });
        await resource?.message?.startThread({ name: "plan" });
        await interaction.followUp("two");
      },
    });
    const used = await ask(discord);
    await discord.waitForMessage({ contains: "two" });
    const { messages } = await used.seen();
    const ids = await discord.ids();
    expect(messages[0]).toMatchObject({
      type: 20,
      application_id: ids.bot,
      interaction_metadata: { user: { username: "ada" } },
      flags: MessageFlags.HasThread,
    });
    expect(messages[1]).toMatchObject({
      type: 19,
      interaction_metadata: { original_response_message_id: messages[0]!.id },
    });
    expect((await discord.threads())[0]).toMatchObject({ id: messages[0]!.id, owner: "edgewright" });
  });

  test("a deferral shows thinking; the first follow-up takes its place, and it stays as private as it was", async () => {
    const { discord, own } = await answering({
      command: async (interaction) => {
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        await interaction.followUp("in its place");
        await interaction.followUp("for everybody");
      },
    });
    const heard: string[] = [];
    own.client.on(Events.MessageCreate, ({ content }) => heard.push(content));
    const used = await ask(discord);
    await discord.waitForMessage({ contains: "everybody" });
    expect((await used.seen()).messages).toMatchObject([
      { text: "in its place", ephemeralTo: "ada", edits: 1 },
      { text: "for everybody" },
    ]);
    // Others hear nothing of what only ada sees, and nobody can fetch it by its channel.
    await expect.poll(() => heard).toEqual(["for everybody"]);
    const [hidden] = (await used.seen()).messages;
    const fetched = rest(discord).get(Routes.channelMessage(hidden!.channel_id, hidden!.id));
    expect(await refused(fetched)).toMatchObject({ code: 10008 });
  });

  test("a deferral becomes a card of components by its edit", async () => {
    const { discord } = await answering({
      command: async (interaction) => {
        await interaction.deferReply();
        await interaction.editReply({
          flags: MessageFlags.IsComponentsV2,
          components: [new TextDisplayBuilder().setContent("card")],
        });
      },
    });
    const message = await (await ask(discord)).message();
    expect(message).toMatchObject({
      text: "card",
      flags: MessageFlags.IsComponentsV2,
      edited_timestamp: null,
    });
  });

  test("a deferral with other flags, an update of nothing and a form for a form are refused", async () => {
    const { discord } = await answering({});
    const { id, token } = await (await ask(discord)).seen();
    const callback = (body: object) =>
      rest(discord).post(Routes.interactionCallback(id, token), { body, auth: false });
    expect(await refused(callback({ type: 7, data: { content: "x" } }))).toMatchObject({ code: 50035 });
    expect(await refused(callback({ type: 8, data: { choices: [] } }))).toMatchObject({ code: 50035 });
    expect(await refused(callback({ type: 4, data: { content: "x".repeat(2_001) } }))).toMatchObject({
      code: 50035,
    });
    // Whoever was refused may try again.
    await callback({ type: 4, data: { content: "fits" } });
  });

  test("a nonce does nothing here", async () => {
    const { discord } = await answering({
      command: async (interaction) => {
        await interaction.reply("first");
      },
    });
    const used = await ask(discord);
    const { token } = await used.answered();
    const { bot: application } = await discord.ids();
    const body = { content: "same", nonce: "n", enforce_nonce: true };
    for (const _ of [1, 2])
      await rest(discord).post(Routes.webhook(application, token), { body, auth: false });
    expect((await used.seen()).messages.map(({ text }) => text)).toEqual(["first", "same", "same"]);
  });

  test("an answer can be deleted, and is unknown from then on", async () => {
    const { discord, thrown } = await answering({
      command: async (interaction) => {
        await interaction.reply("gone soon");
        await interaction.deleteReply();
        await interaction.editReply("too late");
      },
    });
    await ask(discord);
    await expect.poll(() => codes(thrown)).toEqual([10008]);
    expect(await discord.messages("general")).toEqual([]);
  });
});

describe("buttons", () => {
  const card = (interaction: ChatInputCommandInteraction) =>
    interaction.reply({ content: "card", components: [buttons("go", "stop")] });

  test("a press updates its message, or is put off and changes it later", async () => {
    const { discord } = await answering({
      command: card,
      component: async (interaction) => {
        if (interaction.customId === "go")
          return interaction.update({ content: "went", components: [buttons("stop")] });
        await interaction.deferUpdate();
        return interaction.editReply({ content: "stopped", components: [] });
      },
    });
    const { id } = await (await ask(discord)).message();
    await (await discord.click({ user: "bob", message: id, customId: "go" })).answered();
    expect((await discord.message(id))?.text).toBe("went");
    await expect(discord.click({ user: "bob", message: id, customId: "go" })).rejects.toThrow(/no "go"/);
    await discord.click({ user: "bob", message: id, customId: "stop" });
    await expect.poll(async () => (await discord.message(id))?.text).toBe("stopped");
    expect((await discord.interactions()).map(({ kind, user, name }) => `${kind} ${user} ${name}`)).toEqual([
      "command ada plan",
      "component bob go",
      "component bob stop",
    ]);
  });

  test("what only one person sees, nobody else can press; a disabled button nobody", async () => {
    const { discord } = await answering({
      command: (interaction) =>
        interaction.reply({
          content: "x",
          components: [
            buttons("go"),
            new ActionRowBuilder<ButtonBuilder>().addComponents(
              new ButtonBuilder().setCustomId("off").setLabel("off").setStyle(1).setDisabled(true),
            ),
          ],
          flags: MessageFlags.Ephemeral,
        }),
    });
    const { id } = await (await ask(discord)).message();
    await expect(discord.click({ user: "bob", message: id, customId: "go" })).rejects.toThrow(/cannot see/);
    await expect(discord.click({ user: "ada", message: id, customId: "off" })).rejects.toThrow(/disabled/);
    await discord.click({ user: "ada", message: id, customId: "go" });
  });
});

describe("languages and places", () => {
  test("a person's language, the server's and the place are told", async () => {
    const told: unknown[] = [];
    const { discord } = await answering(
      {
        any: (interaction) =>
          told.push([
            interaction.locale,
            interaction.guildLocale,
            interaction.context,
            interaction.inGuild(),
          ]),
      },
      { guildLocale: "es-ES" },
    );
    await discord.person({ name: "wei", locale: "zh-CN" });
    await discord.command({ user: "wei", name: "plan" });
    await discord.command({ user: "ada", name: "plan", locale: "de", guildLocale: "en-GB" });
    await discord.command({ user: "ada", channel: "dm", name: "plan" });
    await expect
      .poll(() => told)
      .toEqual([
        ["zh-CN", "es-ES", 0, true],
        ["de", "en-GB", 0, true],
        ["en-US", null, 1, false],
      ]);
  });

  test("roles of who asks and what the bot may do are told", async () => {
    const told: unknown[] = [];
    const { discord } = await answering({
      any: (interaction) => {
        if (!interaction.inCachedGuild()) return;
        told.push([
          interaction.member.roles.cache.map(({ name }) => name).toSorted(),
          interaction.appPermissions.has("AttachFiles"),
        ]);
      },
    });
    await discord.role({ name: "platform", members: ["ada"] });
    await discord.removePermission("AttachFiles", "ops");
    await ask(discord, { channel: "general" });
    await ask(discord, { channel: "ops" });
    await expect
      .poll(() => told)
      .toEqual([
        [["@everyone", "platform"], true],
        [["@everyone", "platform"], false],
      ]);
  });

  test("a message command brings the message with all its words, whoever wrote it", async () => {
    const { discord, own } = await answering({
      any: (interaction) => {
        if (interaction.isMessageContextMenuCommand())
          return interaction.reply(interaction.targetMessage.content.toUpperCase());
      },
    });
    const command = new ContextMenuCommandBuilder()
      .setName("Plan from this")
      .setType(ApplicationCommandType.Message);
    await own.client.application.commands.set([plan, command]);
    const message = await discord.say({ user: "bob", content: "trucks" });
    const used = await discord.context({ user: "ada", name: "Plan from this", message });
    expect(await used.message()).toMatchObject({
      text: "TRUCKS",
      type: 23,
      message_reference: { message_id: message },
    });
  });

  test("completions are at most 25, each at most 100 long, and nobody sees others", async () => {
    const { discord, own, thrown } = await answering({
      any: (interaction) => {
        if (!interaction.isAutocomplete()) return;
        const { name, value } = interaction.options.getFocused(true);
        const choices = Array.from({ length: Number(value) }, (_, n) => ({
          name: `${name} ${n}`,
          value: `${n}`,
        }));
        return interaction.respond(choices);
      },
    });
    await own.client.application.commands.set([
      new SlashCommandBuilder()
        .setName("plan")
        .setDescription("Plans")
        .addStringOption((option) =>
          option.setName("site").setDescription("Where").setAutocomplete(true).setRequired(true),
        ),
    ]);
    const complete = (site: string) =>
      discord.autocomplete({ user: "ada", name: "plan", options: { site }, focused: "site" });
    const { choices } = await (await complete("25")).answered();
    expect(choices).toHaveLength(25);
    expect(choices?.[1]).toEqual({ name: "site 1", value: "1" });
    await complete("26");
    await expect.poll(() => codes(thrown)).toEqual([50035]);
  });
});
