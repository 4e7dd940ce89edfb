import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  type ClientOptions,
  Events,
  FileUploadBuilder,
  GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Partials,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  type ThreadChannel,
} from "discord.js";
import { afterEach, describe, expect, test } from "vitest";
import { type FakeDiscord, spawnFakeDiscord, startFakeDiscord } from "./discord.ts";

const open: { end: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.end();
});

async function fake(options: Parameters<typeof startFakeDiscord>[0] = {}) {
  const made = await startFakeDiscord(options);
  open.push({ end: () => made.close() });
  return made;
}

const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

/** A bot with the unmodified library; nothing but its two addresses points at the fake. */
async function bot(discord: FakeDiscord, options: Partial<ClientOptions> = {}) {
  const client = new Client({
    intents,
    partials: [Partials.Channel],
    rest: { api: discord.api, cdn: discord.cdn },
    ...options,
  });
  client.on(Events.Error, () => {});
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  open.push({ end: () => client.destroy() });
  return ready;
}

describe.each([
  ["in this process", startFakeDiscord],
  ["in its own process", spawnFakeDiscord],
])("a conversation with a fake %s", (_, start) => {
  test("goes from a mention to a thread with a file, and through command, button, menu and form", async () => {
    const discord = await start();
    open.push({ end: () => discord.close() });
    const client = await bot(discord);
    client.on(Events.MessageCreate, async (message) => {
      if (message.author.bot || !message.mentions.has(client.user)) return;
      const thread = await message.startThread({ name: "plan" });
      await thread.send({
        content: "here",
        files: [new AttachmentBuilder(Buffer.from("a: 1\n"), { name: "a.yaml" })],
      });
    });
    await discord.say({ user: "ada", content: "5,000 trucks", mention: true });
    const posted = await discord.waitForMessage({ contains: "here" });
    const [thread] = await discord.threads();
    expect(thread).toMatchObject({ name: "plan", owner: "edgewright", id: posted.channel_id });
    expect(Buffer.from(await discord.bytes(posted.attachments[0]!.url)).toString()).toBe("a: 1\n");
    expect(await (await fetch(posted.attachments[0]!.url)).text()).toBe("a: 1\n");

    client.on(Events.InteractionCreate, async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.deferReply();
        const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
          new ButtonBuilder().setCustomId("form").setLabel("Fill the form").setStyle(ButtonStyle.Primary),
        );
        const menu = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
          new StringSelectMenuBuilder()
            .setCustomId("distro")
            .addOptions({ label: "K3s", value: "k3s" }, { label: "k0s", value: "k0s" }),
        );
        await interaction.editReply({
          content: `sites: ${interaction.options.getInteger("sites")}`,
          components: [row, menu],
        });
        await interaction.followUp({ content: "and more", flags: MessageFlags.Ephemeral });
      }
      if (interaction.isStringSelectMenu())
        await interaction.update({ content: interaction.values.join(), components: [] });
      if (interaction.isButton())
        await interaction.showModal(
          new ModalBuilder()
            .setCustomId("m")
            .setTitle("Fleet")
            .addLabelComponents(
              new LabelBuilder()
                .setLabel("Sites")
                .setTextInputComponent(
                  new TextInputBuilder().setCustomId("n").setStyle(TextInputStyle.Short).setValue("12"),
                ),
              new LabelBuilder()
                .setLabel("Inventory")
                .setFileUploadComponent(new FileUploadBuilder().setCustomId("f")),
            ),
        );
      if (interaction.isModalSubmit()) {
        const file = interaction.fields.getUploadedFiles("f")?.first();
        const body = await (await fetch(file!.url)).text();
        await interaction.reply(`${interaction.fields.getTextInputValue("n")} ${body}`);
      }
    });
    await client.application.commands.set([
      new SlashCommandBuilder()
        .setName("plan")
        .setDescription("Plans")
        .addIntegerOption((option) => option.setName("sites").setDescription("How many").setRequired(true)),
    ]);
    const used = await discord.command({ user: "ada", channel: "ops", name: "plan", options: { sites: 7 } });
    const card = await used.message();
    expect(card.text).toBe("sites: 7");
    const form = await discord.click({ user: "ada", message: card.id, customId: "form" });
    const { modal } = await form.answered();
    expect(modal?.title).toBe("Fleet");
    const sent = await discord.submit({
      user: "ada",
      modal: form.id,
      files: { Inventory: [{ name: "x.csv", content: "a,b" }] },
    });
    expect((await sent.message()).text).toBe("12 a,b");
    const chosen = await discord.choose({
      user: "ada",
      message: card.id,
      customId: "distro",
      values: ["k0s"],
    });
    expect((await chosen.message()).text).toBe("k0s");
    const seen = await used.seen();
    expect(seen.messages.map(({ text, ephemeralTo }) => [text, ephemeralTo])).toEqual([
      ["k0s", undefined],
      ["and more", "ada"],
    ]);
    expect(await discord.violations()).toEqual([]);
  });
});

test("direct messages reach the bot with their text, and history is there to fetch", async () => {
  const discord = await fake();
  const client = await bot(discord);
  client.on(Events.MessageCreate, async (message) => {
    if (!message.author.bot)
      (await message.channel.isSendable()) && (await message.reply(message.content.toUpperCase()));
  });
  await discord.say({ user: "ada", channel: "dm", content: "hello" });
  const answer = await discord.waitForMessage({ channel: "dm:ada" });
  expect(answer.text).toBe("HELLO");
  const channel = await client.channels.fetch(answer.channel_id);
  const history = channel?.isTextBased() ? await channel.messages.fetch() : undefined;
  expect(history?.map(({ content }) => content)).toEqual(["HELLO", "hello"]);
});

test("a thread without the intent shows no text but what mentions the bot", async () => {
  const discord = await fake();
  const client = await bot(discord);
  const heard: string[] = [];
  client.on(Events.MessageCreate, (message) => {
    if (!message.author.bot) heard.push(message.content);
  });
  const id = await discord.say({ user: "ada", content: "start", mention: true });
  const channel = await client.channels.fetch((await discord.ids()).channels.general!);
  const message = channel?.isTextBased() ? await channel.messages.fetch(id) : undefined;
  const thread = (await message!.startThread({ name: "t" })) as ThreadChannel;
  await discord.say({ user: "ada", channel: thread.id, content: "no mention" });
  const ours = await thread.send({
    flags: MessageFlags.IsComponentsV2,
    components: [new TextDisplayBuilder().setContent("card")],
  });
  await discord.say({ user: "ada", channel: thread.id, content: "a reply", replyTo: ours.id });
  await expect.poll(() => heard).toEqual([expect.stringContaining("start"), "", "a reply"]);
});
