import { crc32, inflateRawSync } from "node:zlib";
import { ArchiveError, type ArchiveLimits, entryPath, mostBytes, tooMuch, type Unpacked } from "./limits.ts";

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const endBytes = 22;
const commentBytes = 0xffff;
const stored = 0;
const deflated = 8;
/** Types of a Unix file mode. */
const [typeMask, link, regular, folder] = [0o170_000, 0o120_000, 0o100_000, 0o040_000];

type Listed = {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packedSize: number;
  size: number;
  offset: number;
  type: number;
};

/**
 * Reads a zip by its central directory, which alone says what is a link; the sizes it declares are what may be unpacked,
 * whatever the data holds. Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function readZip(packed: Uint8Array, limits: ArchiveLimits): Unpacked {
  try {
    const view = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
    return readEntries(view, limits);
  } catch (cause) {
    if (cause instanceof ArchiveError) throw cause;
    throw new ArchiveError("broken", {}, { cause }); // an offset that leads out of the file
  }
}

function readEntries(view: Buffer, limits: ArchiveLimits): Unpacked {
  const listed = readDirectory(view, limits);
  const most = mostBytes(view.length, limits);
  if (listed.reduce((sum, { size }) => sum + size, 0) > most) throw tooMuch(most, limits);
  const result: Unpacked = { entries: [], links: [] };
  for (const entry of listed) {
    const path = entryPath(entry.name);
    if (entry.type === link) result.links.push(path);
    else if (entry.type !== 0 && entry.type !== regular && entry.type !== folder)
      throw new ArchiveError("device", { entry: path });
    else if (entry.type !== folder && !/[/\\]$/.test(entry.name) && path !== "")
      result.entries.push({ path, bytes: content(view, entry, path) });
  }
  return result;
}

function readDirectory(view: Buffer, limits: ArchiveLimits): Listed[] {
  const end = findEnd(view);
  const count = view.readUInt16LE(end + 10);
  // 65,535 stands for "see the zip64 record", which names even more.
  if (count > limits.entries) throw new ArchiveError("entries", { limit: limits.entries });
  const listed: Listed[] = [];
  let at = view.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (view.readUInt32LE(at) !== CENTRAL) throw new ArchiveError("broken");
    const flags = view.readUInt16LE(at + 8);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.readUInt16LE(at + field),
    );
    const name = view.subarray(at + 46, at + 46 + nameLength!);
    const isUnix = view.readUInt16LE(at + 4) >> 8 === 3;
    listed.push({
      name: nameOf(name),
      flags,
      method: view.readUInt16LE(at + 10),
      crc: view.readUInt32LE(at + 16),
      packedSize: view.readUInt32LE(at + 20),
      size: view.readUInt32LE(at + 24),
      offset: view.readUInt32LE(at + 42),
      type: isUnix ? (view.readUInt32LE(at + 38) >>> 16) & typeMask : 0,
    });
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return listed;
}

function findEnd(view: Buffer): number {
  for (let at = view.length - endBytes; at >= Math.max(0, view.length - endBytes - commentBytes); at--) {
    if (view.readUInt32LE(at) === END) return at;
  }
  throw new ArchiveError("broken");
}

function nameOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString("latin1"); // an old code page: the name is for people only
  }
}

function content(view: Buffer, entry: Listed, path: string): Uint8Array {
  const { flags, method, crc, packedSize, size, offset } = entry;
  if (flags & 1) throw new ArchiveError("encrypted", { entry: path });
  if (method !== stored && method !== deflated) throw new ArchiveError("method", { entry: path });
  if (view.readUInt32LE(offset) !== LOCAL) throw new ArchiveError("broken");
  const start = offset + 30 + view.readUInt16LE(offset + 26) + view.readUInt16LE(offset + 28);
  const data = view.subarray(start, start + packedSize);
  const bytes = method === stored ? data : inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
  if (bytes.length !== size || crc32(bytes) !== crc) throw new ArchiveError("broken");
  return bytes;
}
