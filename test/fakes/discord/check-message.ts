import { MessageFlags } from "discord-api-types/v10";
import { plainName } from "./attachments.ts";
import { checkComponents } from "./check-components.ts";
import type { Loose } from "./components.ts";
import { Form, refuse } from "./errors.ts";

/** A message as a bot sends it; everything else about it is ours. */
export type Body = {
  content?: string | null;
  embeds?: Loose[] | null;
  components?: Loose[] | null;
  attachments?: ({ id: string | number } & Loose)[] | null;
  flags?: number | null;
  nonce?: string | number;
  enforce_nonce?: boolean;
  tts?: boolean;
  allowed_mentions?: Allowed | null;
  message_reference?: {
    message_id?: string;
    channel_id?: string;
    fail_if_not_exists?: boolean;
    type?: number;
  };
  sticker_ids?: string[];
  poll?: unknown;
};
export type Allowed = { parse?: string[]; users?: string[]; roles?: string[]; replied_user?: boolean };
export type Upload = { key: string; name: string; type: string; data: Buffer };

// https://docs.discord.com/developers/resources/message#create-message, #embed-object-embed-limits
export const messageLimits = {
  content: 2_000,
  embeds: 10,
  embedTotal: 6_000,
  nonce: 25,
  files: 10,
  fileBytes: 10 * 1024 * 1024,
  requestBytes: 25 * 1024 * 1024,
  mentions: 100,
};

/** Refuses a message that Discord would refuse; `kept` are the names of files it holds already, `v2` what it is. */
export function checkMessage(
  body: Body,
  uploads: Upload[],
  { kept, v2 }: { kept?: string[]; v2?: boolean } = {},
) {
  const form = new Form();
  const modern = v2 ?? ((body.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  const old = kept ?? [];
  if (typeof body.content === "string") form.length(["content"], body.content, 0, messageLimits.content);
  else if (body.content !== undefined && body.content !== null)
    form.add(["content"], "BASE_TYPE_BAD_TYPE", "Only strings are allowed");
  checkNonce(form, body.nonce);
  embeds(form, body.embeds ?? []);
  mentions(form, body.allowed_mentions ?? {});
  for (const upload of uploads) if (upload.data.length > messageLimits.fileBytes) throw refuse("tooLarge");
  if (uploads.length + old.length > messageLimits.files)
    form.add(["attachments"], "BASE_TYPE_MAX_LENGTH", `Must be ${messageLimits.files} or fewer in length.`);
  if (modern) legacyFields(form, body);
  const names = [...old, ...uploads.flatMap(({ name }) => [name, plainName(name)])];
  checkComponents(form, body.components ?? [], { v2: modern, files: names });
  form.settle();
}

/** Refuses a message that shows nothing. */
export function checkNotEmpty(body: Body, files: number) {
  const something =
    body.content?.trim() ||
    body.embeds?.length ||
    body.components?.length ||
    body.sticker_ids?.length ||
    body.poll ||
    files;
  if (!something) throw refuse("empty");
}

function checkNonce(form: Form, nonce: Body["nonce"]) {
  if (nonce === undefined) return;
  if (String(nonce).length > messageLimits.nonce)
    form.add(["nonce"], "NONCE_TYPE_TOO_LONG", `Must be ${messageLimits.nonce} or fewer in length.`);
}

/** Refuses what a message of components alone cannot hold. */
export function legacyFields(form: Form, body: Body) {
  const used = [
    ...(body.content ? ["content"] : []),
    ...(body.embeds?.length ? ["embeds"] : []),
    ...(body.sticker_ids?.length ? ["sticker_ids"] : []),
    ...(body.poll ? ["poll"] : []),
  ];
  for (const field of used)
    form.add(
      [field],
      "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
      `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    );
}

function mentions(form: Form, allowed: Allowed) {
  for (const kind of ["users", "roles"] as const) {
    form.count(["allowed_mentions", kind], allowed[kind], 0, messageLimits.mentions);
    if (allowed.parse?.includes(kind) && allowed[kind]?.length)
      form.add(
        ["allowed_mentions"],
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
  }
}

const embedTexts = { title: 256, description: 4_096 } as const;

function embeds(form: Form, list: Loose[]) {
  form.count(["embeds"], list, 0, messageLimits.embeds);
  let total = 0;
  const text = (path: (string | number)[], value: unknown, max: number, required = false) => {
    if (value === undefined || value === null) {
      if (required) form.add(path, "BASE_TYPE_REQUIRED", "This field is required");
      return;
    }
    form.length(path, value, required ? 1 : 0, max);
    total += String(value).length;
  };
  for (const [index, embed] of list.entries()) {
    const at = ["embeds", index];
    for (const [key, max] of Object.entries(embedTexts)) text([...at, key], embed[key], max);
    text([...at, "footer", "text"], (embed.footer as Loose | undefined)?.text, 2_048);
    text([...at, "author", "name"], (embed.author as Loose | undefined)?.name, 256);
    const fields = (embed.fields ?? []) as Loose[];
    form.count([...at, "fields"], fields, 0, 25);
    for (const [place, field] of fields.entries()) {
      text([...at, "fields", place, "name"], field.name, 256, true);
      text([...at, "fields", place, "value"], field.value, 1_024, true);
    }
  }
  if (total > messageLimits.embedTotal)
    form.add(
      ["embeds"],
      "MAX_EMBED_SIZE_EXCEEDED",
      `Embed size exceeds maximum size of ${messageLimits.embedTotal}`,
    );
}
