import { setImmediate as yieldToOthers } from "node:timers/promises";
import { isArchive } from "#model/archive.ts";
import type { Attachment, Event } from "#model/conversation.ts";
import { blank } from "#model/secrets.ts";
import { ArchiveError } from "./archive/limits.ts";
import { looksPacked, unpack } from "./archive.ts";
import { isManifestName, textOf } from "./read-tree.ts";

/** Texts that are no manifests are kept up to here: scripts and settings that manifests refer to. */
const otherBytes = 64_000;
/** Blanking a text takes a millisecond for 15 kB or so; others wait no longer than that. */
const pauseEvery = 300_000;

/**
 * Unpacks what people attach, before anything of it is stored: credentials are blanked in every file, and an archive that
 * is refused says why. Anything else stays as it came.
 */
export async function openArchives(event: Event): Promise<Event> {
  if (event.kind !== "said" || !event.attachments?.some(isPacked)) return event;
  const attachments: Attachment[] = [];
  for (const one of event.attachments) attachments.push(isPacked(one) ? await opened(one) : one);
  return { ...event, attachments };
}

function isPacked({ name, content }: Attachment): boolean {
  return content !== undefined && (isArchive(name) || looksPacked(content));
}

async function opened({ name, bytes, content }: Attachment): Promise<Attachment> {
  try {
    const { entries, links } = await unpack(content!);
    const files: { path: string; content: string }[] = [];
    let since = 0;
    for (const entry of entries) {
      files.push({ path: entry.path, content: kept(entry) });
      since += entry.bytes.length;
      if (since < pauseEvery) continue;
      since = 0;
      await yieldToOthers();
    }
    return { name, bytes, files, ...(links.length > 0 && { links }) };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { name, bytes, refused: { reason: error.reason, values: error.values } };
  }
}

/** A file that is no text is kept by its name: others may refer to it. */
function kept({ path, bytes }: { path: string; bytes: Uint8Array }): string {
  if (!isManifestName(path) && bytes.length > otherBytes) return "";
  return blank(textOf(bytes) ?? "");
}
