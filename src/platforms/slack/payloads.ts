import { z } from "zod";

/** What Slack sends, as far as it is read; the rest of a payload passes unseen. */

const id = z.string().min(1);
/** Where a message is a file or a card alone, its text may be null. */
const Words = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

export const SlackFile = z.object({
  id,
  name: z.string().nullish(),
  // A file that was deleted, or that Slack Connect holds back, is a stub with its id alone.
  size: z
    .number()
    .nullish()
    .transform((size) => size ?? 0),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
});
export type SlackFile = z.infer<typeof SlackFile>;

/** What a message passes on of others; cards and previews hang on it in the same place, and are no words of anybody's. */
const Attachments = z
  .array(z.object({ is_share: z.boolean().nullish(), text: Words, files: z.array(SlackFile).nullish() }))
  .catch([]);

/** A message or a mention; both come for the same words, with the same `ts`. */
export const Message = z.object({
  type: z.enum(["message", "app_mention"]),
  subtype: z.string().optional(),
  channel: id,
  channel_type: z.string().optional(),
  ts: id,
  thread_ts: z.string().optional(),
  parent_user_id: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  text: Words,
  files: z
    .array(SlackFile)
    .nullish()
    .transform((files) => files ?? []),
  attachments: Attachments,
});
export type Message = z.infer<typeof Message>;

export const HomeOpened = z.object({
  user: id,
  channel: id,
  tab: z.enum(["home", "messages"]).default("home"),
});

export const SessionStopped = z.object({ channel: id, user: id, thread_ts: id, event_ts: id });
export type SessionStopped = z.infer<typeof SessionStopped>;

export const Command = z.object({
  team_id: id,
  channel_id: id,
  channel_name: z.string().default(""),
  user_id: id,
  command: z.string(),
  text: z.string().default(""),
  trigger_id: id,
  response_url: z.string(),
});
export type Command = z.infer<typeof Command>;

const Team = z.object({ id }).nullish();
const User = z.object({ id, team_id: z.string().optional() });
const Channel = z.object({ id, name: z.string().optional() });

export const Pressed = z.object({
  team: Team,
  user: User,
  trigger_id: id,
  response_url: z.string().optional(),
  channel: Channel.optional(),
  message: z.object({ ts: id, thread_ts: z.string().optional() }).optional(),
  container: z
    .object({
      type: z.string(),
      message_ts: z.string().optional(),
      thread_ts: z.string().optional(),
      channel_id: z.string().optional(),
    })
    .optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        action_ts: z.string(),
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});
export type Pressed = z.infer<typeof Pressed>;

export const Submission = z.object({
  team: Team,
  user: User,
  view: z.object({
    id,
    hash: z.string().default(""),
    callback_id: z.string(),
    private_metadata: z.string().default(""),
    state: z.object({
      values: z.record(
        z.string(),
        z.record(
          z.string(),
          z.object({
            value: z.string().nullish(),
            selected_option: z.object({ value: z.string() }).nullish(),
          }),
        ),
      ),
    }),
  }),
});
export type Submission = z.infer<typeof Submission>;

export const Shortcut = z.object({
  type: z.enum(["shortcut", "message_action"]),
  team: Team,
  user: User,
  callback_id: z.string(),
  trigger_id: id,
  action_ts: z.string().optional(),
  response_url: z.string().optional(),
  channel: Channel.optional(),
  message: z
    .object({
      ts: id,
      thread_ts: z.string().optional(),
      reply_count: z.number().optional(),
      user: z.string().optional(),
      text: Words,
      files: z.array(SlackFile).nullish(),
      attachments: Attachments,
    })
    .optional(),
});
export type Shortcut = z.infer<typeof Shortcut>;
