import type { Attachment } from "./conversation.ts";

/** A fenced block; its second group is what stands inside. */
export const FENCE = /(`{3,}|~{3,})[^\n`]*\n([\s\S]*?)\n?\1/g;

/** What stands between the fences of a text, block by block. */
export function fencedIn(text: string): string[] {
  return [...text.matchAll(FENCE)].map(([, , inside = ""]) => inside);
}

/** What somebody pasted to have it checked, as files; what is blank is left out. */
export function pastedFiles(texts: readonly string[]): Attachment[] {
  return texts
    .filter((text) => text.trim() !== "")
    .map((text, at) => ({
      name: `pasted-${at + 1}.yaml`,
      bytes: Buffer.byteLength(text),
      text: `${text}\n`,
    }));
}
