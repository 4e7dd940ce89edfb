import {
  ActionRowBuilder,
  ButtonBuilder,
  type ChatInputCommandInteraction,
  Events,
  MessageFlags,
  Routes,
  TextDisplayBuilder,
} from "discord.js";
import { describe, expect, test } from "vitest";
import { answering, ask, buttons, codes, refused, rest } from "./harness.ts";

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
