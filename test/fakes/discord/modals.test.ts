import { Events, type ModalSubmitInteraction } from "discord.js";
import { describe, expect, test } from "vitest";
import type { FakeDiscord } from "../discord.ts";
import { bot, fake, refused, rest } from "./harness.ts";

const label = (component: object, more = {}) => ({ type: 18, label: "Label", component, ...more });
const input = (custom_id: string, more = {}) => ({ type: 4, custom_id, style: 1, ...more });
const options = (...values: string[]) => values.map((value) => ({ label: value, value }));
const modal = (...components: object[]) => ({ custom_id: "m", title: "Fleet", components });

/** Shows a form as the answer to a command and waits for what the library makes of the submission. */
async function shown(components: object[], body: object = modal(...components)) {
  const discord = await fake();
  const { client } = await bot(discord);
  await client.application.commands.set([{ name: "form", description: "Form" }]);
  const submitted = new Promise<ModalSubmitInteraction>((resolve) => {
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isModalSubmit()) resolve(interaction);
    });
  });
  const used = await discord.command({ user: "ada", name: "form" });
  const { id, token } = await used.seen();
  const show = rest(discord).post(`/interactions/${id}/${token}/callback`, {
    body: { type: 9, data: body },
    auth: false,
  });
  return { discord, show, submitted, modal: id };
}

const submit = (discord: FakeDiscord, form: string, more: object) =>
  discord.submit({ user: "ada", modal: form, ...more });

describe("a form that breaks a limit is refused", () => {
  const menu = { type: 3, custom_id: "s" };
  test.each<[string, object]>([
    ["no component", modal()],
    ["six components", modal(...["a", "b", "c", "d", "e", "f"].map((id) => label(input(id))))],
    ["a title of 46", { ...modal(label(input("a"))), title: "x".repeat(46) }],
    ["a custom id of 101", { ...modal(label(input("a"))), custom_id: "x".repeat(101) }],
    ["a label of 46", modal(label(input("a"), { label: "x".repeat(46) }))],
    ["a description of 101", modal(label(input("a"), { description: "x".repeat(101) }))],
    ["a bare text input", modal(input("a"))],
    ["one custom id twice", modal(label(input("a")), label(input("a")))],
    ["a prefilled text over 4,000", modal(label(input("a", { value: "x".repeat(4_001) })))],
    ["a prefilled text over its own maximum", modal(label(input("a", { value: "xxx", max_length: 2 })))],
    ["a placeholder of 101", modal(label(input("a", { placeholder: "x".repeat(101) })))],
    [
      "26 options",
      modal(label({ ...menu, options: options(...Array.from({ length: 26 }, (_, n) => `${n}`)) })),
    ],
    [
      "more preset than may be chosen",
      modal(label({ ...menu, options: options("a", "b").map((one) => ({ ...one, default: true })) })),
    ],
    ["a radio group of one", modal(label({ type: 21, custom_id: "r", options: options("a") }))],
    ["eleven checkboxes", modal(label({ type: 22, custom_id: "c", options: options(..."abcdefghijk") }))],
    ["eleven files", modal(label({ type: 19, custom_id: "f", max_values: 11 }))],
    ["a button", modal({ type: 1, components: [{ type: 2, style: 1, label: "x", custom_id: "b" }] })],
  ])("%s", async (_, body) => {
    const { show } = await shown([], body);
    expect(await refused(show)).toMatchObject({ code: 50035 });
  });
});

test("every kind of field comes back as the library reads it, prefilled where nobody changed it", async () => {
  const all = [
    label(input("text", { value: "as it was" }), { label: "Text" }),
    label({
      type: 3,
      custom_id: "menu",
      max_values: 2,
      options: [...options("a"), { ...options("b")[0], default: true }],
    }),
    label({ type: 21, custom_id: "radio", options: options("x", "y") }),
    label({ type: 22, custom_id: "boxes", required: false, options: options("p", "q") }),
    label({ type: 19, custom_id: "files", max_values: 2, file_types: [".yaml", ".csv"] }),
  ];
  const { discord, show, submitted, modal: form } = await shown(all);
  await show;
  const files = { files: [{ name: "a.yaml", content: "a: 1" }] };
  await submit(discord, form, { fields: { radio: "y", boxes: ["p", "q"] }, files });
  const { fields, guildLocale } = await submitted;
  expect(fields.getTextInputValue("text")).toBe("as it was");
  expect(fields.getStringSelectValues("menu")).toEqual(["b"]);
  expect(fields.getRadioGroup("radio")).toBe("y");
  expect(fields.getCheckboxGroup("boxes")).toEqual(["p", "q"]);
  const file = fields.getUploadedFiles("files")?.first();
  expect(file?.name).toBe("a.yaml");
  expect(await (await fetch(file!.url)).text()).toBe("a: 1");
  expect(guildLocale).toBe("en-US");
});

test("people, channels and a checkbox too", async () => {
  const all = [
    { type: 10, content: "Read this first" },
    label({ type: 5, custom_id: "who" }),
    label({ type: 8, custom_id: "where", required: false }),
    label({ type: 23, custom_id: "sure", default: true }),
  ];
  const { discord, show, submitted, modal: form } = await shown(all);
  await show;
  const { users } = await discord.ids();
  await submit(discord, form, { fields: { who: [users.ada!] } });
  const { fields } = await submitted;
  expect(fields.getSelectedUsers("who")?.first()?.username).toBe("ada");
  expect(fields.getSelectedChannels("where", false)?.size ?? 0).toBe(0);
  expect(fields.getCheckbox("sure")).toBe(true);
});

describe("a person cannot send", () => {
  const all = [
    label(input("text", { min_length: 2, max_length: 3 })),
    label({ type: 21, custom_id: "radio", options: options("x", "y") }),
    label({ type: 19, custom_id: "files", required: false, file_types: [".csv"] }),
  ];
  const fine = { text: "abc", radio: "x" };
  test.each<[string, object, RegExp]>([
    ["a required field empty", { fields: { radio: "x" } }, /"text" is required/],
    ["too little", { fields: { ...fine, text: "a" } }, /needs 2/],
    ["too much", { fields: { ...fine, text: "abcd" } }, /takes 3/],
    ["no choice", { fields: { text: "abc" } }, /"radio" is required/],
    ["another choice", { fields: { ...fine, radio: "z" } }, /has no "z"/],
    ["a field that is not there", { fields: { ...fine, nope: "x" } }, /no field "nope"/],
    [
      "another kind of file",
      { fields: fine, files: { files: [{ name: "a.zip", content: "" }] } },
      /takes .csv/,
    ],
    [
      "two files",
      {
        fields: fine,
        files: {
          files: [
            { name: "a.csv", content: "" },
            { name: "b.csv", content: "" },
          ],
        },
      },
      /0 to 1 files/,
    ],
  ])("%s", async (_, filled, message) => {
    const { discord, show, modal: form } = await shown(all);
    await show;
    await expect(submit(discord, form, filled)).rejects.toThrow(message);
    await expect(discord.submit({ user: "bob", modal: form, fields: fine })).rejects.toThrow(/shown to ada/);
    await submit(discord, form, { fields: fine });
  });
});
