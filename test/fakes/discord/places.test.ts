import { ApplicationCommandType, ContextMenuCommandBuilder, SlashCommandBuilder } from "discord.js";
import { describe, expect, test } from "vitest";
import { answering, ask, codes, plan } from "./harness.ts";

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
