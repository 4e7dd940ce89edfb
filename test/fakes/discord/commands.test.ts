import { PermissionFlagsBits, Routes, SlashCommandBuilder } from "discord.js";
import { describe, expect, test } from "vitest";
import { bot, fake, many, refused, rest } from "./harness.ts";

const plan = { name: "plan", description: "Plans" };
const text = (name: string, more = {}) => ({ type: 3, name, description: "d", ...more });

describe("commands that break a rule are refused, all of them together", () => {
  test.each<[string, object[]]>([
    ["capital letters", [{ ...plan, name: "Plan" }]],
    ["a space", [{ ...plan, name: "my plan" }]],
    ["a name of 33", [{ ...plan, name: "x".repeat(33) }]],
    ["no description", [{ name: "plan", description: "" }]],
    ["a description of 101", [{ ...plan, description: "x".repeat(101) }]],
    ["a language Discord does not have", [{ ...plan, name_localizations: { es: "planificar" } }]],
    ["a localised name with capitals", [{ ...plan, name_localizations: { de: "Planen" } }]],
    [
      "a localised description of 101",
      [{ ...plan, description_localizations: { "zh-CN": "规".repeat(101) } }],
    ],
    ["one name twice", [plan, plan]],
    ["26 options", [{ ...plan, options: many(26, (n) => text(`o${n}`)) }]],
    ["an option name twice", [{ ...plan, options: [text("a"), text("a")] }]],
    ["required after optional", [{ ...plan, options: [text("a"), text("b", { required: true })] }]],
    [
      "26 choices",
      [{ ...plan, options: [text("a", { choices: many(26, (n) => ({ name: `${n}`, value: `${n}` })) })] }],
    ],
    [
      "a choice of 101",
      [{ ...plan, options: [text("a", { choices: [{ name: "x".repeat(101), value: "x" }] })] }],
    ],
    [
      "choices and completion",
      [{ ...plan, options: [text("a", { autocomplete: true, choices: [{ name: "x", value: "x" }] })] }],
    ],
    [
      "a sub-command beside an option",
      [{ ...plan, options: [{ type: 1, name: "a", description: "d" }, text("b")] }],
    ],
    ["a description on a message command", [{ name: "Plan from this", type: 3, description: "d" }]],
    ["16 message commands", many(16, (n) => ({ name: `Command ${n}`, type: 3 }))],
    ["101 commands", many(101, (n) => ({ ...plan, name: `plan${n}` }))],
    [
      "8,001 characters",
      [
        {
          ...plan,
          options: many(20, (n) =>
            text(`o${n}`, {
              choices: many(4, (m) => ({ name: `${m}`.padEnd(50), value: `${m}`.padEnd(50) })),
            }),
          ),
        },
      ],
    ],
  ])("%s", async (_, body) => {
    const discord = await fake();
    const { bot: id } = await discord.ids();
    expect(await refused(rest(discord).put(Routes.applicationCommands(id), { body }))).toMatchObject({
      code: 50035,
    });
    expect(await discord.commands()).toEqual([]);
  });
});

test("what the builders make is taken, keeps its id when it is put again, and leaves when it is not", async () => {
  const discord = await fake();
  const { client } = await bot(discord);
  const builder = new SlashCommandBuilder()
    .setName("edge")
    .setDescription("Edge fleets")
    .setNameLocalizations({ de: "edge", "es-ES": "edge", "zh-CN": "边缘" })
    .addSubcommand((sub) =>
      sub
        .setName("plan")
        .setDescription("Plan a fleet")
        .addIntegerOption((option) => option.setName("sites").setDescription("Sites").setMinValue(1))
        .addAttachmentOption((option) => option.setName("inventory").setDescription("A file")),
    );
  const first = await client.application.commands.set([builder]);
  const again = await client.application.commands.set([builder, { name: "x", description: "y" }]);
  expect([...again.keys()]).toContain([...first.keys()][0]);
  await client.application.commands.set([builder]);
  expect((await client.application.commands.fetch()).map(({ name }) => name)).toEqual(["edge"]);
  expect((await discord.commands())[0]).toMatchObject({ name_localizations: { "zh-CN": "边缘" } });
});

test("two hundred new names a day, and no more; changes do not count", async () => {
  const discord = await fake();
  const { bot: id } = await discord.ids();
  const put = (from: number) =>
    rest(discord).put(Routes.applicationCommands(id), {
      body: many(100, (n) => ({ ...plan, name: `plan${from + n}` })),
    });
  await put(0);
  await put(0);
  await put(100);
  expect(await refused(put(200))).toMatchObject({ code: 30034 });
  await discord.clock.advance(24 * 60 * 60_000);
  await put(200);
});

describe("a person", () => {
  const sub = {
    type: 1,
    name: "plan",
    description: "d",
    options: [
      { type: 4, name: "sites", description: "d", required: true, min_value: 1 },
      text("distro", { choices: [{ name: "K3s", value: "k3s" }] }),
    ],
  };
  test.each<[string, object, RegExp]>([
    ["uses only commands there are", { name: "nope" }, /no command "nope"; there are edge/],
    ["names the sub-command", { name: "edge" }, /needs one of plan/],
    ["fills what is required", { name: "edge", sub: "plan" }, /"sites" is required/],
    ["stays in range", { name: "edge", sub: "plan", options: { sites: 0 } }, /out of range/],
    ["gives whole numbers", { name: "edge", sub: "plan", options: { sites: 1.5 } }, /whole number/],
    [
      "takes a choice there is",
      { name: "edge", sub: "plan", options: { sites: 1, distro: "k8s" } },
      /one of k3s/,
    ],
    [
      "names options there are",
      { name: "edge", sub: "plan", options: { sites: 1, more: "x" } },
      /no option "more"/,
    ],
    [
      "uses them where they are offered",
      { name: "edge", sub: "plan", channel: "dm", options: { sites: 1 } },
      /not offered in direct messages/,
    ],
  ])("%s", async (_, command, message) => {
    const discord = await fake();
    const { bot: id } = await discord.ids();
    const body = [{ name: "edge", description: "d", contexts: [0], options: [sub] }];
    await rest(discord).put(Routes.applicationCommands(id), { body });
    await expect(discord.command({ user: "ada", ...command } as never)).rejects.toThrow(message);
  });

  test("sees only commands that the server lets them use", async () => {
    const discord = await fake();
    const { bot: id } = await discord.ids();
    const body = [{ ...plan, default_member_permissions: PermissionFlagsBits.ManageGuild.toString() }];
    await rest(discord).put(Routes.applicationCommands(id), { body });
    await expect(discord.command({ user: "ada", name: "plan" })).rejects.toThrow(/not offered to ada/);
    await discord.role({ name: "admins", members: ["ada"], permissions: ["ManageGuild"] });
    await discord.command({ user: "ada", name: "plan" });
  });
});
