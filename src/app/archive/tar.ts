import { ArchiveError, type ArchiveLimits, entryPath, tooMuch, type Unpacked } from "./limits.ts";

const files = new Set(["file", "contiguous-file"]);
const links = new Set(["link", "symlink"]);

/** Reads a tar that is already unzipped; it is in memory, so it cannot be larger than what was allowed. */
export async function readTar(bytes: Uint8Array, limits: ArchiveLimits): Promise<Unpacked> {
  if (bytes.length > limits.bytes) throw tooMuch(limits.bytes, limits);
  const result: Unpacked = { entries: [], links: [] };
  const { extract } = await import("tar-stream"); // hardly anybody sends one: not loaded at a start
  const reader = extract();
  reader.end(bytes);
  let count = 0;
  try {
    for await (const entry of reader) {
      const { name, type } = entry.header;
      if (++count > limits.entries) throw new ArchiveError("entries", { limit: limits.entries });
      const path = entryPath(name);
      if (links.has(type ?? "")) result.links.push(path);
      else if (type !== "directory" && !files.has(type ?? "file"))
        throw new ArchiveError("device", { entry: path });
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry) chunks.push(chunk as Uint8Array);
      if (files.has(type ?? "file") && path !== "")
        result.entries.push({ path, bytes: Buffer.concat(chunks) });
    }
  } catch (cause) {
    if (cause instanceof ArchiveError) throw cause;
    throw new ArchiveError("broken", {}, { cause });
  }
  if (count === 0) throw new ArchiveError("broken");
  return result;
}
