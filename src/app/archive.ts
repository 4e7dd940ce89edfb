import { promisify } from "node:util";
import { gunzip as gunzipCallback } from "node:zlib";
import {
  ArchiveError,
  type ArchiveLimits,
  archiveLimits,
  mostBytes,
  tooMuch,
  type Unpacked,
} from "./archive/limits.ts";
import { readTar } from "./archive/tar.ts";
import { readZip } from "./archive/zip.ts";

const gunzip = promisify(gunzipCallback);

const megabyte = 1_000_000;

/** Whether a file begins as a zip or as something gzipped, whatever it is called. */
export function looksPacked(bytes: Uint8Array): boolean {
  return isZip(bytes) || isGzip(bytes);
}

function isZip([p, k, three, four]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && ((three === 3 && four === 4) || (three === 5 && four === 6));
}

function isGzip([first, second]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b;
}

/** Unpacks a zip, tar or tar.gz in memory, within limits; throws an ArchiveError for what is too much or would lead outside. */
export async function unpack(packed: Uint8Array, limits: ArchiveLimits = archiveLimits): Promise<Unpacked> {
  if (packed.length > limits.packedBytes) {
    throw new ArchiveError("packed", {
      megabytes: Math.ceil(packed.length / megabyte),
      limit: limits.packedBytes / megabyte,
    });
  }
  if (isZip(packed)) return readZip(packed, limits);
  const bytes = isGzip(packed) ? await unzipped(packed, limits) : packed;
  return readTar(bytes, limits);
}

async function unzipped(packed: Uint8Array, limits: ArchiveLimits): Promise<Uint8Array> {
  const most = mostBytes(packed.length, limits);
  try {
    return await gunzip(packed, { maxOutputLength: most });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE")
      throw new ArchiveError("broken", {}, { cause });
    throw tooMuch(most, limits, cause);
  }
}
