import { RESTJSONErrorCodes as Code } from "discord-api-types/v10";

/** A refusal as Discord words it: HTTP status, its own code, its message, and for forms which field was wrong. */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: object | undefined;
  readonly headers: Record<string, string>;
  readonly extra: object;

  constructor(
    status: number,
    code: number,
    message: string,
    more: { errors?: object; headers?: Record<string, string>; extra?: object } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
    this.extra = more.extra ?? {};
  }

  body() {
    return {
      message: this.message,
      code: this.code,
      ...(this.errors ? { errors: this.errors } : {}),
      ...this.extra,
    };
  }
}

// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
const known = {
  unknownChannel: [404, Code.UnknownChannel, "Unknown Channel"],
  unknownGuild: [404, Code.UnknownGuild, "Unknown Guild"],
  unknownMember: [404, Code.UnknownMember, "Unknown Member"],
  unknownMessage: [404, Code.UnknownMessage, "Unknown Message"],
  unknownUser: [404, Code.UnknownUser, "Unknown User"],
  unknownWebhook: [404, Code.UnknownWebhook, "Unknown Webhook"],
  unknownInteraction: [404, Code.UnknownInteraction, "Unknown interaction"],
  unknownCommand: [404, Code.UnknownApplicationCommand, "Unknown application command"],
  unknownApplication: [404, Code.UnknownApplication, "Unknown Application"],
  unauthorized: [401, 0, "401: Unauthorized"],
  notFound: [404, 0, "404: Not Found"],
  methodNotAllowed: [405, 0, "405: Method Not Allowed"],
  tooLarge: [413, Code.RequestEntityTooLarge, "Request entity too large"],
  alreadyAcknowledged: [
    400,
    Code.InteractionHasAlreadyBeenAcknowledged,
    "Interaction has already been acknowledged.",
  ],
  missingAccess: [403, Code.MissingAccess, "Missing Access"],
  missingPermissions: [403, Code.MissingPermissions, "Missing Permissions"],
  notOurs: [
    403,
    Code.CannotEditMessageAuthoredByAnotherUser,
    "Cannot edit a message authored by another user",
  ],
  empty: [400, Code.CannotSendAnEmptyMessage, "Cannot send an empty message"],
  closedDms: [403, Code.CannotSendMessagesToThisUser, "Cannot send messages to this user"],
  wrongChannelType: [
    400,
    Code.CannotExecuteActionOnThisChannelType,
    "Cannot execute action on this channel type",
  ],
  notText: [400, Code.CannotSendMessagesInNonTextChannel, "Cannot send messages in a non-text channel"],
  badWebhookToken: [401, Code.InvalidWebhookToken, "Invalid Webhook Token"],
  archived: [400, Code.InvalidActionOnArchivedThread, "Thread is archived"],
  invalidJson: [400, Code.RequestBodyContainsInvalidJSON, "The request body contains invalid JSON."],
  noReplyHistory: [
    400,
    Code.CannotReplyWithoutPermissionToReadMessageHistory,
    "Cannot reply without permission to read message history",
  ],
  threadExists: [
    400,
    Code.ThreadAlreadyCreatedForMessage,
    "A thread has already been created for this message",
  ],
  threadLocked: [403, Code.ThreadLocked, "This thread is locked"],
  threadCap: [400, Code.MaximumActiveThreads, "Maximum number of active threads reached"],
  oldEdits: [
    429,
    Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
    "Maximum number of edits to messages older than 1 hour reached. Try again later",
  ],
  commandCreates: [
    400,
    Code.MaximumDailyApplicationCommandCreatesReached,
    "Max number of daily application command creates has been reached (200)",
  ],
} satisfies Record<string, [number, number, string]>;

/** One of Discord's refusals by name. */
export function refuse(name: keyof typeof known, headers: Record<string, string> = {}): DiscordError {
  const [status, code, message] = known[name] as [number, number, string];
  return new DiscordError(status, code, message, { headers });
}

type Path = (string | number)[];

/** Collects what is wrong with a body, field by field, and refuses it as a whole: 50035 with nested `errors`. */
export class Form {
  private readonly errors: Record<string, unknown> = {};
  private bad = false;

  add(path: Path, code: string, message: string) {
    let here: Record<string, unknown> = this.errors;
    for (const key of path) {
      here[key] ??= {};
      here = here[key] as Record<string, unknown>;
    }
    here._errors ??= [];
    (here._errors as object[]).push({ code, message });
    this.bad = true;
  }

  /** Length in UTF-16 units: Discord says characters, which are never more, so what passes here passes there. */
  length(path: Path, value: unknown, min: number, max: number) {
    if (typeof value !== "string")
      return this.add(path, "BASE_TYPE_REQUIRED", min ? "This field is required" : "Must be a string.");
    const size = value.length;
    if (size > max) return this.add(path, "BASE_TYPE_MAX_LENGTH", `Must be ${max} or fewer in length.`);
    if (size < min) this.add(path, "BASE_TYPE_BAD_LENGTH", `Must be between ${min} and ${max} in length.`);
  }

  count(path: Path, list: readonly unknown[] | undefined, min: number, max: number) {
    const size = list?.length ?? 0;
    if (size > max) return this.add(path, "BASE_TYPE_MAX_LENGTH", `Must be ${max} or fewer in length.`);
    if (size < min) this.add(path, "BASE_TYPE_BAD_LENGTH", `Must be between ${min} and ${max} in length.`);
  }

  settle() {
    if (this.bad)
      throw new DiscordError(400, Code.InvalidFormBodyOrContentType, "Invalid Form Body", {
        errors: this.errors,
      });
  }
}
