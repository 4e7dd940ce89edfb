import { MessageFlags, Routes } from "discord.js";
import { describe, expect, test } from "vitest";
import { fake, many, paths, refused, rest } from "./harness.ts";

const V2 = MessageFlags.IsComponentsV2;
const text = (content: string) => ({ type: 10, content });
const button = (custom_id: string, more = {}) => ({ type: 2, style: 1, label: "x", custom_id, ...more });
const row = (...components: object[]) => ({ type: 1, components });
const menu = (options: object[], more = {}) => ({ type: 3, custom_id: "m", options, ...more });
const option = (n: number) => ({ label: `l${n}`, value: `v${n}` });

describe("a message that breaks a limit is refused where it breaks it", () => {
  test.each<[string, object, string]>([
    ["2,001 characters", { content: "x".repeat(2_001) }, "content BASE_TYPE_MAX_LENGTH"],
    ["11 embeds", { embeds: many(11, () => ({ title: "t" })) }, "embeds BASE_TYPE_MAX_LENGTH"],
    ["a long embed title", { embeds: [{ title: "x".repeat(257) }] }, "embeds.0.title BASE_TYPE_MAX_LENGTH"],
    [
      "a long description",
      { embeds: [{ description: "x".repeat(4_097) }] },
      "embeds.0.description BASE_TYPE_MAX_LENGTH",
    ],
    [
      "26 fields",
      { embeds: [{ fields: many(26, () => ({ name: "n", value: "v" })) }] },
      "embeds.0.fields BASE_TYPE_MAX_LENGTH",
    ],
    [
      "a field without a name",
      { embeds: [{ fields: [{ value: "v" }] }] },
      "embeds.0.fields.0.name BASE_TYPE_REQUIRED",
    ],
    [
      "6,001 characters of embeds",
      { embeds: [{ description: "x".repeat(4_000) }, { description: "x".repeat(2_001) }] },
      "embeds MAX_EMBED_SIZE_EXCEEDED",
    ],
    ["a nonce of 26", { content: "x", nonce: "n".repeat(26) }, "nonce NONCE_TYPE_TOO_LONG"],
    ["six rows", { components: many(6, (n) => row(button(`${n}`))) }, "components BASE_TYPE_MAX_LENGTH"],
    [
      "six buttons in a row",
      { components: [row(...many(6, (n) => button(`${n}`)))] },
      "components.0.components BASE_TYPE_MAX_LENGTH",
    ],
    ["an empty row", { components: [row()] }, "components.0.components BASE_TYPE_BAD_LENGTH"],
    [
      "a button beside a menu",
      { components: [row(menu([option(1)]), button("b"))] },
      "components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ],
    [
      "a custom id of 101",
      { components: [row(button("x".repeat(101)))] },
      "components.0.components.0.custom_id BASE_TYPE_MAX_LENGTH",
    ],
    [
      "a label of 81",
      { components: [row(button("b", { label: "x".repeat(81) }))] },
      "components.0.components.0.label BASE_TYPE_MAX_LENGTH",
    ],
    [
      "one custom id twice",
      { components: [row(button("b"), button("b"))] },
      "components COMPONENT_CUSTOM_ID_DUPLICATED",
    ],
    [
      "a link button with a custom id",
      { components: [row(button("b", { style: 5, url: "https://a.example" }))] },
      "components.0.components.0 BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
    ],
    [
      "a letter for an emoji",
      { components: [row(button("b", { emoji: { name: "x" } }))] },
      "components.0.components.0.emoji.name BUTTON_COMPONENT_INVALID_EMOJI",
    ],
    [
      "a link that is none",
      { components: [row({ type: 2, style: 5, label: "x", url: "javascript:x" })] },
      "components.0.components.0.url URL_TYPE_INVALID_URL",
    ],
    [
      "26 options",
      { components: [row(menu(many(26, option)))] },
      "components.0.components.0.options BASE_TYPE_MAX_LENGTH",
    ],
    [
      "an option text of 101",
      { components: [row(menu([{ label: "x".repeat(101), value: "v" }]))] },
      "components.0.components.0.options.0.label BASE_TYPE_MAX_LENGTH",
    ],
    [
      "one value twice",
      { components: [row(menu([option(1), option(1)]))] },
      "components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ],
    [
      "more choices than options",
      { components: [row(menu([option(1)], { max_values: 2 }))] },
      "components.0.components.0.max_values BASE_TYPE_BAD_LENGTH",
    ],
    [
      "a placeholder of 151",
      { components: [row(menu([option(1)], { placeholder: "x".repeat(151) }))] },
      "components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH",
    ],
    ["text displays without the flag", { components: [text("x")] }, "components.0 UNION_TYPE_CHOICES"],
    [
      "content beside components v2",
      { flags: V2, content: "x", components: [text("x")] },
      "content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ],
    [
      "embeds beside components v2",
      { flags: V2, embeds: [{ title: "x" }], components: [text("x")] },
      "embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ],
    [
      "41 components",
      { flags: V2, components: [{ type: 17, components: many(40, () => text("x")) }] },
      "components COMPONENT_MAX_TOTAL_COMPONENTS",
    ],
    [
      "4,001 characters of text",
      { flags: V2, components: [text("x".repeat(2_000)), text("x".repeat(2_001))] },
      "components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ],
    [
      "a section of four texts",
      { flags: V2, components: [{ type: 9, components: many(4, () => text("x")), accessory: button("b") }] },
      "components.0.components BASE_TYPE_MAX_LENGTH",
    ],
    [
      "a section without an accessory",
      { flags: V2, components: [{ type: 9, components: [text("x")] }] },
      "components.0.accessory BASE_TYPE_REQUIRED",
    ],
    [
      "a file nobody sent",
      { flags: V2, components: [{ type: 13, file: { url: "attachment://no.zip" } }] },
      "components.0.file.url ATTACHMENT_NOT_FOUND",
    ],
    [
      "a file from elsewhere",
      { flags: V2, components: [{ type: 13, file: { url: "https://a.example/x.zip" } }] },
      "components.0.file.url URL_TYPE_INVALID_SCHEME",
    ],
    [
      "a container in a container",
      { flags: V2, components: [{ type: 17, components: [{ type: 17, components: [text("x")] }] }] },
      "components.0.components.0 UNION_TYPE_CHOICES",
    ],
    [
      "11 pictures",
      {
        flags: V2,
        components: [{ type: 12, items: many(11, () => ({ media: { url: "https://a.example/x.png" } })) }],
      },
      "components.0.items BASE_TYPE_MAX_LENGTH",
    ],
    [
      "an answer to nothing",
      { content: "x", message_reference: { message_id: "1" } },
      "message_reference MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
    ],
    [
      "users allowed twice",
      { content: "x", allowed_mentions: { parse: ["users"], users: ["1"] } },
      "allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ],
  ])("%s", async (_, body, where) => {
    const discord = await fake();
    const { channels } = await discord.ids();
    const { code, errors } = await refused(
      rest(discord).post(Routes.channelMessages(channels.general!), { body }),
    );
    expect(code).toBe(50035);
    expect(paths(errors)).toContain(where);
  });

  test("what just fits is taken", async () => {
    const discord = await fake();
    const { channels } = await discord.ids();
    const post = (body: object) => rest(discord).post(Routes.channelMessages(channels.general!), { body });
    await post({
      content: "x".repeat(2_000),
      nonce: "n".repeat(25),
      components: many(5, (n) => row(...many(5, (m) => button(`${n}${m}`)))),
    });
    await post({
      embeds: [
        { title: "x".repeat(256), description: "x".repeat(4_096) },
        { footer: { text: "x".repeat(1_648) } },
      ],
    });
    await post({
      flags: V2,
      components: [text("x".repeat(4_000)), { type: 17, components: many(38, () => ({ type: 14 })) }],
    });
    expect(await discord.violations()).toEqual([]);
  });

  test("nothing at all is no message", async () => {
    const discord = await fake();
    const { channels } = await discord.ids();
    expect(
      await refused(
        rest(discord).post(Routes.channelMessages(channels.general!), { body: { content: " " } }),
      ),
    ).toMatchObject({ code: 50006 });
  });
});
