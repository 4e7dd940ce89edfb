import { packedBytes, type Refusal } from "#model/archive.ts";

/** What an archive may hold. A repository of 5,000 manifests packs into about 1 MB and unpacks to about 10. */
export const archiveLimits = {
  packedBytes,
  bytes: 40_000_000,
  entries: 5_000,
  /** Manifests shrink to a tenth or a thirtieth; a bomb to a thousandth. Small archives may be as repetitive as they like. */
  ratio: 150,
  ratioFrom: 4_000_000,
};
export type ArchiveLimits = typeof archiveLimits;

/** Nothing of such an archive is read: the reason is for the person who sent it. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
  readonly reason: Refusal;
  readonly values: Readonly<Record<string, string | number>>;
  constructor(reason: Refusal, values: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(`archive refused: ${reason} ${JSON.stringify(values)}`, options);
    this.reason = reason;
    this.values = values;
  }
}

/** One file of an archive. */
export type Entry = { path: string; bytes: Uint8Array };
/** `links`: entries that point elsewhere; nothing follows them. */
export type Unpacked = { entries: Entry[]; links: string[] };

const megabyte = 1_000_000;

/** Bytes an archive of this size may unpack to. */
export function mostBytes(packedBytes: number, { bytes, ratio, ratioFrom }: ArchiveLimits): number {
  return Math.min(bytes, Math.max(ratioFrom, packedBytes * ratio));
}

/** What is said of an archive that unpacks to more than `most` bytes. */
export function tooMuch(most: number, limits: ArchiveLimits, cause?: unknown): ArchiveError {
  return most < limits.bytes
    ? new ArchiveError("ratio", { limit: limits.ratio }, { cause })
    : new ArchiveError("unpacked", { limit: limits.bytes / megabyte }, { cause });
}

/** The path of an entry, with forward slashes; throws for one that is absolute or leaves the archive. */
export function entryPath(name: string): string {
  const path = name.replaceAll("\\", "/");
  const entry = path.slice(0, 120);
  if (path.startsWith("/") || /^[a-z]:/i.test(path)) throw new ArchiveError("absolute", { entry });
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw new ArchiveError("outside", { entry });
  return parts.join("/");
}
