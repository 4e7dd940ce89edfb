import { isArchive, packedBytes } from "#model/archive.ts";
import type { Attachment } from "#model/conversation.ts";
import type { Log } from "#model/platform.ts";
import type { SlackFile } from "./payloads.ts";

const mostFiles = 20;
const mostBytes = 2_000_000; // of one file: a rendered fleet has some hundred kB, the guard reads no more
const downloadMs = 20_000;

export type Remote = { name: string; bytes: number; url: string };

/** Files of a message that can be fetched; the others keep their name, so that the person is told. */
export function remoteFiles(files: readonly SlackFile[] | null | undefined): Remote[] {
  return (files ?? []).slice(0, mostFiles).map(({ id, name, size, url_private_download, url_private }) => ({
    name: name || id,
    bytes: size,
    url: url_private_download ?? url_private ?? "",
  }));
}

/**
 * Fetches files with the bot's token, from Slack's own hosts alone: an address in a message must never get the token
 * elsewhere, not by a redirect either. What is too large or cannot be had comes without its content.
 */
export async function download(
  files: readonly Remote[],
  {
    token,
    origins,
    signal,
    log,
  }: { token: string; origins: ReadonlySet<string>; signal: AbortSignal; log: Log },
): Promise<Attachment[]> {
  const attachments: Attachment[] = [];
  for (const { name, bytes, url } of files) {
    const content = await fetchOne(url, isArchive(name) ? packedBytes : mostBytes).catch((err: unknown) => {
      if (signal.aborted) throw err;
      log.warn({ name, bytes, err }, "a file could not be fetched");
      return undefined;
    });
    attachments.push({ name, bytes, ...(content && { content, ...withText(content) }) });
  }
  return attachments;

  async function fetchOne(address: string, most: number): Promise<Uint8Array | undefined> {
    if (!URL.canParse(address)) return undefined;
    const url = new URL(address);
    if (!origins.has(url.origin))
      throw new Error(`slack: ${url.origin} is no address of Slack's, nothing is fetched there`);
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(downloadMs)]),
    });
    if (!response.ok) throw new Error(`slack: HTTP ${response.status}`);
    // Without the scope files:read, Slack answers with its sign-in page.
    if (response.headers.get("content-type")?.startsWith("text/html"))
      throw new Error("slack: a sign-in page came");
    return body(response, most);
  }
}

/** Reads no further than what is taken: a size that a message claims is only a claim. */
async function body(response: Response, most: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    pieces.push(piece);
    length += piece.length;
    if (length > most) return undefined;
  }
  return new Uint8Array(Buffer.concat(pieces));
}

function withText(content: Uint8Array): { text?: string } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(content) };
  } catch {
    return {}; // Not text: who reads the event says so.
  }
}
