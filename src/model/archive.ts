const ARCHIVE = /\.(?:zip|tgz|tar\.gz|tar)$/i;

/** Largest archive that is taken, as it is: a repository of 5,000 manifests packs into about 1 MB. */
export const packedBytes = 10_000_000;

/** Whether a file is taken for an archive by its name. */
export function isArchive(name: string): boolean {
  return ARCHIVE.test(name);
}

/** Why an archive is not read; the locales have a sentence for each (`archive.<reason>`). */
export const refusals = [
  "packed", // larger than allowed as it is
  "unpacked", // larger than allowed once unpacked
  "entries",
  "ratio",
  "absolute",
  "outside", // an entry whose path leaves the archive
  "device",
  "encrypted",
  "method",
  "broken",
] as const;
export type Refusal = (typeof refusals)[number];
