import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { zipSync } from "fflate";
import { pack } from "tar-stream";
import { describe, expect, test } from "vitest";
import { isArchive } from "#model/archive.ts";
import { ArchiveError, archiveLimits } from "../../src/app/archive/limits.ts";
import { looksPacked, unpack } from "../../src/app/archive.ts";

type TarEntry = {
  name: string;
  content?: string;
  type?: "symlink" | "link" | "character-device" | "fifo" | "directory";
  linkname?: string;
};

async function tar(entries: readonly TarEntry[]): Promise<Buffer> {
  const writer = pack();
  for (const { name, content = "", type, linkname } of entries) {
    if (type === undefined) writer.entry({ name }, content);
    else writer.entry({ name, type, ...(linkname !== undefined && { linkname }) });
  }
  writer.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of writer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const tgz = async (entries: readonly TarEntry[]) => gzipSync(await tar(entries));
const bytes = (text: string) => new TextEncoder().encode(text);
const unix = { os: 3 };

/** Why an archive was refused; undefined where it was read. */
async function refusal(packed: Uint8Array, limits = archiveLimits): Promise<string | undefined> {
  try {
    await unpack(packed, limits);
    return undefined;
  } catch (error) {
    if (error instanceof ArchiveError) return error.reason;
    throw error;
  }
}

/** Changes what a zip's central directory says of its first entry. */
function forged(zip: Uint8Array, change: (central: Buffer) => void): Uint8Array {
  const copy = Buffer.from(zip);
  change(copy.subarray(copy.indexOf("PK\u0001\u0002", 0, "latin1")));
  return copy;
}

describe("an archive", () => {
  test("gives back what was packed, as zip, tar and tar.gz", async () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}(\/[a-z.]{1,8}[a-z]){0,3}$/), {
      minLength: 1,
      maxLength: 8,
      // A name cannot be a file and a folder at once.
      comparator: (a, b) => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`),
    });
    await fc.assert(
      fc.asyncProperty(names, fc.string({ unit: "grapheme", maxLength: 3_000 }), async (paths, text) => {
        const files = paths.map((path, i) => ({ path, content: `${text}${i}` }));
        const zip = zipSync(Object.fromEntries(files.map(({ path, content }) => [path, bytes(content)])));
        const entries = files.map(({ path, content }) => ({ name: path, content }));
        for (const packed of [zip, await tar(entries), await tgz(entries)]) {
          const read = await unpack(packed);
          const found = read.entries.map(({ path, bytes: content }) => ({
            path,
            content: Buffer.from(content).toString(),
          }));
          const sorted = (list: { path: string; content: string }[]) =>
            list.toSorted((a, b) => (a.path < b.path ? -1 : 1));
          expect(sorted(found)).toEqual(sorted(files));
          expect(read.links).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each(["../x.yaml", "a/../../x.yaml", "/etc/x.yaml", "C:\\x.yaml", "..\\x.yaml"])(
    "is refused whole when an entry is called %s",
    async (name) => {
      const outside = name.includes("..") ? "outside" : "absolute";
      expect(await refusal(zipSync({ [name]: bytes("a: 1") }))).toBe(outside);
      expect(await refusal(await tgz([{ name: "ok.yaml" }, { name, content: "a: 1" }]))).toBe(outside);
    },
  );

  test("is refused when it holds a device, and names its links without following them", async () => {
    expect(await refusal(await tgz([{ name: "dev", type: "character-device" }]))).toBe("device");
    expect(await refusal(await tgz([{ name: "pipe", type: "fifo" }]))).toBe("device");
    const device = zipSync({ dev: [bytes(""), { ...unix, attrs: 0o020_666 << 16 }] });
    expect(await refusal(device)).toBe("device");
    const links: TarEntry[] = [
      { name: "a.yaml", content: "a: 1" },
      { name: "b.yaml", type: "symlink", linkname: "/etc/passwd" },
      { name: "c.yaml", type: "link", linkname: "a.yaml" },
    ];
    const fromTar = await unpack(await tgz(links));
    expect(fromTar.links).toEqual(["b.yaml", "c.yaml"]);
    expect(fromTar.entries.map(({ path }) => path)).toEqual(["a.yaml"]);
    const zipped = zipSync({ "b.yaml": [bytes("/etc/passwd"), { ...unix, attrs: 0o120_777 << 16 }] });
    expect(await unpack(zipped)).toEqual({ entries: [], links: ["b.yaml"] });
  });

  test("is refused when it is too large, packed or unpacked, or holds too many entries", async () => {
    expect(await refusal(new Uint8Array(archiveLimits.packedBytes + 1))).toBe("packed");
    const small = { ...archiveLimits, bytes: 1_000_000, ratioFrom: 1_000_000, entries: 10 };
    const noise = Buffer.from(Array.from({ length: 1_200_000 }, (_, i) => (i * 2_654_435_761) >>> 13));
    expect(await refusal(zipSync({ a: noise }), small)).toBe("unpacked");
    expect(await refusal(await tgz([{ name: "a", content: noise.toString("latin1") }]), small)).toBe(
      "unpacked",
    );
    const many = Array.from({ length: 11 }, (_, i) => `${i}.yaml`);
    expect(await refusal(zipSync(Object.fromEntries(many.map((name) => [name, bytes("")]))), small)).toBe(
      "entries",
    );
    expect(await refusal(await tgz(many.map((name) => ({ name }))), small)).toBe("entries");
  });

  test("is refused as a bomb before it is unpacked, whatever sizes it declares", async () => {
    const zeros = new Uint8Array(39_000_000);
    const zip = zipSync({ a: zeros }, { level: 9 });
    expect(zip.length).toBeLessThan(60_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusal(zip)).toBe("ratio");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16_000_000);
    expect(await refusal(gzipSync(zeros))).toBe("ratio");
    // A size that lies: the data is more than was declared.
    expect(await refusal(forged(zip, (central) => central.writeUInt32LE(1_000, 24)))).toBe("broken");
  });

  test("is refused when it is encrypted, packed in an unknown way, damaged, or none at all", async () => {
    const zip = zipSync({ "a.yaml": bytes("a: 1\n".repeat(50)) });
    expect(await refusal(forged(zip, (central) => central.writeUInt16LE(1, 8)))).toBe("encrypted");
    expect(await refusal(forged(zip, (central) => central.writeUInt16LE(14, 10)))).toBe("method");
    expect(await refusal(forged(zip, (central) => central.writeUInt32LE(7, 16)))).toBe("broken");
    expect(await refusal(forged(zip, (central) => central.writeUInt32LE(0xffff_fff0, 42)))).toBe("broken");
    expect(await refusal(bytes("a: 1\n"))).toBe("broken");
    expect(await refusal(gzipSync(bytes("a: 1\n")))).toBe("broken");
    expect(await refusal(new Uint8Array())).toBe("broken");
    const whole = await tgz([{ name: "a.yaml", content: "a: 1\n".repeat(500) }]);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.boolean(), async (at, cut) => {
        const damaged = Buffer.from(whole);
        damaged[at] = damaged[at]! ^ 0xff;
        // Whatever happened to it, it is read or refused with a reason; nothing else is thrown.
        await refusal(cut ? whole.subarray(0, at) : damaged);
      }),
      { numRuns: 100 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: zip.length - 1 }), fc.nat({ max: 255 }), async (at, value) => {
        const damaged = Buffer.from(zip);
        damaged[at] = value;
        await refusal(damaged);
        await refusal(zip.subarray(0, at));
      }),
      { numRuns: 200 },
    );
  });

  test("is known by its name, and by its first bytes", async () => {
    expect(["a.zip", "a.TGZ", "a.tar.gz", "a.tar"].every(isArchive)).toBe(true);
    expect(["a.yaml", "zip", "a.gz.yaml"].some(isArchive)).toBe(false);
    expect(looksPacked(zipSync({ a: bytes("") }))).toBe(true);
    expect(looksPacked(await tgz([{ name: "a" }]))).toBe(true);
    expect(looksPacked(bytes("PK: 1\n"))).toBe(false);
  });
});
