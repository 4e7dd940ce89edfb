import { type Json, problemsOfMessage, problemsOfView, slackLimits } from "../limits.ts";

type Look = (args: Json) => string[];

/** By method, what Slack would refuse in its arguments; a method without an entry carries no words of ours. */
const looks: Readonly<Record<string, Look>> = {
  "chat.postMessage": problemsOfMessage,
  "chat.postEphemeral": problemsOfMessage,
  "chat.update": problemsOfMessage,
  "views.open": ({ view }) => problemsOfView(view as Json),
  "views.publish": ({ view }) => problemsOfView(view as Json),
  "chat.startStream": rows,
  "chat.appendStream": rows,
  "agents.sessions.setStatus": ({ title }) => long("title", title, slackLimits.sessionTitleCharacters),
  "assistant.threads.setSuggestedPrompts": ({ prompts }) =>
    many("prompts", prompts as unknown[], slackLimits.promptCount),
  "files.completeUploadExternal": ({ initial_comment }) =>
    long("initial_comment", initial_comment, slackLimits.commentCharacters),
};

/** What Slack would refuse in the arguments of a call; empty where all is well. */
export function problemsOfCall(method: string, args: Json): string[] {
  return looks[method]?.(args) ?? [];
}

function rows({ chunks = [] }: Json): string[] {
  const all = chunks as Json[];
  const bytes = Buffer.byteLength(JSON.stringify(all));
  const fields = ["title", "details", "output"] as const;
  return [
    ...(bytes > slackLimits.streamBytes
      ? [`chunks: ${bytes} bytes, ${slackLimits.streamBytes} at most`]
      : []),
    ...many("chunks", all, slackLimits.blocksPerMessage),
    ...all.flatMap((chunk, at) =>
      fields.flatMap((name) => long(`chunks/${at}/${name}`, chunk[name], slackLimits.taskCharacters)),
    ),
  ];
}

function long(at: string, value: unknown, most: number): string[] {
  return typeof value === "string" && value.length > most
    ? [`${at}: ${value.length} characters, ${most} at most`]
    : [];
}

function many(at: string, list: readonly unknown[], most: number): string[] {
  return list.length > most ? [`${at}: ${list.length} items, ${most} at most`] : [];
}
