import type { Block } from "#model/block.ts";
import { AmbiguousError, type Log, PermanentError } from "#model/platform.ts";
import type { Client } from "./client.ts";
import { isUnsupported, Refused, Unclear } from "./errors.ts";
import { clip, mrkdwn, plainText } from "./escape.ts";
import { slackLimits } from "./limits.ts";
import { createLookUp, markOf } from "./look-up.ts";
import type { Intent, Places } from "./places.ts";
import type { Clock } from "./scheduler.ts";

type Shareable = Extract<Block, { kind: "file" | "image" }>;
type Sharing = { key: string; signal: AbortSignal; after: string | undefined };

const uploadMs = 120_000; // a repository is some hundred kB; the slowest link gets this long
const tries = 3;
/** How long Slack takes until an uploaded file stands in the thread: looked for after each of these, ms. */
const sharedMs = [150, 400, 1_000, 2_500] as const;

/** Sends files into the thread: Slack's upload in three steps, the last of which shows it and is done once. */
export function createFiles({
  client,
  places,
  clock,
  log,
}: {
  client: Client;
  places: Places;
  clock: Clock;
  log: Log;
}) {
  const lookUp = createLookUp(client);

  async function share(
    conversation: string,
    file: Shareable,
    { key, signal, after }: Sharing,
  ): Promise<string> {
    const mark = markOf(conversation, key);
    const before = await places.intent(conversation);
    const begun = before?.key === mark ? before : undefined;
    if (begun?.file) {
      const ts = await find(conversation, begun.file.id, { signal, after: begun.after, at: begun.at });
      if (ts !== undefined) return `file:${begun.file.id}`;
    }
    const at = begun?.at ?? clock.now();
    const intent = (step: Intent["file"]): Intent => ({
      key: mark,
      at,
      ...(after !== undefined && { after }),
      ...(step && { file: step }),
    });
    let id = begun?.file?.isUploaded ? begun.file.id : undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        if (id === undefined) {
          await places.intend(conversation, intent(undefined));
          id = await upload(file, signal);
          await places.intend(conversation, intent({ id, isUploaded: true }));
        }
        await show(conversation, id, { file, signal });
        await shown(conversation, id, { signal, after, at });
        return `file:${id}`;
      } catch (error) {
        if ((attempt > 1 || begun?.file) && isTakenAlready(error)) return `file:${id}`;
        if (!(error instanceof Unclear)) throw error;
        log.warn({ conversation, attempt, err: error }, "a file may have been shared, looked for");
        if (id !== undefined && (await waited(conversation, id, { signal, after, at }))) return `file:${id}`;
        if (attempt >= tries) throw error;
      }
    }
  }

  async function upload(file: Shareable, signal: AbortSignal): Promise<string> {
    const bytes = bytesOf(file);
    if (bytes.length > slackLimits.fileBytes)
      throw new PermanentError(
        `slack: ${file.name} has ${bytes.length} bytes, ${slackLimits.fileBytes} at most`,
        {
          reason: "too-large",
        },
      );
    const snippet = bytes.length <= slackLimits.snippetBytes ? snippetOf(file) : undefined;
    const args = { filename: file.name, length: bytes.length, ...(snippet && { snippet_type: snippet }) };
    const { upload_url, file_id } = await client.call("files.getUploadURLExternal", args, {
      repeatable: true,
      signal,
    });
    // Nothing of it is visible yet: what went wrong here is simply done again.
    const ends = AbortSignal.any([signal, AbortSignal.timeout(uploadMs)]);
    const response = await fetch(String(upload_url), { method: "POST", body: bytes, signal: ends }).catch(
      (cause) => {
        signal.throwIfAborted();
        throw new Unclear(`slack: ${file.name} could not be uploaded`, { cause });
      },
    );
    if (!response.ok)
      throw new Unclear(`slack: the upload of ${file.name} was answered with HTTP ${response.status}`);
    return String(file_id);
  }

  async function show(
    conversation: string,
    id: string,
    { file, signal }: { file: Shareable; signal: AbortSignal },
  ): Promise<void> {
    const { channel, thread } = (await places.get(conversation))!;
    const args = {
      files: [{ id, title: titleOf(file) }],
      channel_id: channel,
      ...(thread !== undefined && { thread_ts: thread }),
      ...commentOf(file),
    };
    await client.call("files.completeUploadExternal", args, { repeatable: false, signal });
  }

  /** Waits until Slack has put the file into the thread, so that what comes next stands below it. Best effort. */
  async function shown(
    conversation: string,
    id: string,
    asked: { signal: AbortSignal; after: string | undefined; at: number },
  ): Promise<void> {
    for (const ms of sharedMs) {
      await clock.sleep(ms, asked.signal);
      try {
        const { file } = await client.call(
          "files.info",
          { file: id },
          { repeatable: true, signal: asked.signal },
        );
        if (Object.keys((file as { shares?: object } | undefined)?.shares ?? {}).length > 0) return;
      } catch (error) {
        if (asked.signal.aborted || !isUnsupported(error)) return;
        return void (await clock.sleep(sharedMs[2], asked.signal)); // without files:read nobody can tell
      }
    }
    log.info({ conversation, file: id }, "slack takes long to show a file, the thread goes on without");
  }

  async function waited(
    conversation: string,
    id: string,
    asked: { signal: AbortSignal; after: string | undefined; at: number },
  ): Promise<boolean> {
    for (const ms of sharedMs.slice(2)) {
      await clock.sleep(ms, asked.signal);
      if ((await find(conversation, id, asked)) !== undefined) return true;
    }
    return false;
  }

  async function find(
    conversation: string,
    id: string,
    asked: { signal: AbortSignal; after: string | undefined; at: number },
  ): Promise<string | undefined> {
    try {
      return await lookUp.file((await places.get(conversation))!, { id, ...asked });
    } catch (error) {
      if (asked.signal.aborted) throw error;
      throw new AmbiguousError(`slack: whether file ${id} was shared cannot be looked up`, { cause: error });
    }
  }

  return { share };
}
export type Files = ReturnType<typeof createFiles>;

/** An upload can be shown once: refused the second time, it stands there already. */
function isTakenAlready(error: unknown): boolean {
  return (
    error instanceof Refused &&
    error.method === "files.completeUploadExternal" &&
    ["file_not_found", "file_already_shared", "file_update_failed"].includes(error.code)
  );
}

function bytesOf({ content }: Shareable): Uint8Array<ArrayBuffer> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
  return bytes.length > 0 ? bytes : new TextEncoder().encode("\n"); // Slack takes no empty file
}

/** Text one reads in the thread, coloured as what it is. */
function snippetOf(file: Shareable): string | undefined {
  if (file.kind === "image") return undefined;
  if (file.name.endsWith(".diff")) return "diff";
  if (/yaml|json/.test(file.mime)) return file.name.endsWith(".json") ? "javascript" : "yaml";
  return undefined;
}

function titleOf(file: Shareable): string {
  const isPath = snippetOf(file) !== undefined && file.kind === "file" && file.caption !== undefined;
  return clip(isPath ? plainText(file.caption!) : file.name, slackLimits.idCharacters);
}

function commentOf(file: Shareable): { initial_comment?: string } {
  if (file.kind === "image") return file.alt === "" ? {} : { initial_comment: mrkdwn(file.alt) };
  if (snippetOf(file) !== undefined || !file.caption) return {};
  const comment = mrkdwn(file.caption);
  return comment.length <= slackLimits.commentCharacters ? { initial_comment: comment } : {};
}
