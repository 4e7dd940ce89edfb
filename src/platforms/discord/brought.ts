import { isArchive, packedBytes } from "#model/archive.ts";
import type { Attachment } from "#model/conversation.ts";
import type { Log } from "#model/platform.ts";
import { brought } from "./limits.ts";

/** A file as Discord describes it; its address is signed and expires, so it is read at once. */
export type GivenFile = { name: string; size: number; url: string };

const READABLE = /\.(ya?ml|json|csv|txt|md|toml|conf|cfg|env|service|network|nmconnection)$/i;
const readMs = 10_000;

/** Reads what a person brought along; what is too large, no text, or cannot be fetched is named without its content. */
export async function readFiles(
  files: readonly GivenFile[],
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<Attachment[]> {
  return Promise.all(
    files.slice(0, brought.files).map(async ({ name, size, url }): Promise<Attachment> => {
      const named = { name, bytes: size };
      const most = isArchive(name) ? packedBytes : brought.fileBytes;
      if (!(READABLE.test(name) || isArchive(name)) || size > most) return named;
      try {
        const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(readMs)]) });
        if (!response.ok) throw new Error(`the file's address answered ${response.status}`);
        const content = new Uint8Array(await response.arrayBuffer());
        if (content.length > most) return named;
        const text = textOf(content);
        return { ...named, content, ...(text !== undefined && { text }) };
      } catch (err) {
        log.warn({ err, file: name }, "an attached file could not be read");
        return named;
      }
    }),
  );
}

/** What a client makes of more words than a message holds. */
const LONG = "message.txt";
const longCharacters = 20_000; // more is no message

/** Words with those that came as a file, since they were too many for a message. */
export function longWords(
  written: string,
  attachments: readonly Attachment[],
): { text: string; attachments: Attachment[] } {
  const long = attachments.find(
    ({ name, text = "" }) => name === LONG && text !== "" && text.length <= longCharacters,
  );
  if (!long?.text) return { text: written, attachments: [...attachments] };
  const text = [written, long.text.trim()].filter((one) => one !== "").join("\n\n");
  return { text, attachments: attachments.filter((one) => one !== long) };
}

function textOf(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return undefined; // No text: who reads the event says so.
  }
}
