import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { bundle } from "../../src/steps/bundle.ts";

const segment = fc.stringMatching(/^[a-z][a-z0-9._-]{0,11}$/).filter((name) => !name.endsWith("."));
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const files = fc.uniqueArray(fc.record({ path, content: fc.string() }), {
  selector: (file) => file.path,
  maxLength: 12,
});

test("gives the same bytes for the same files in any order", () => {
  fc.assert(
    fc.property(files, (list) => {
      expect(Buffer.from(bundle(list.toReversed())).equals(Buffer.from(bundle(list)))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("gives every file back as it was, below the folder it was given", () => {
  fc.assert(
    fc.property(files, (list) => {
      const back = unzipSync(bundle(list, "fleet"));
      const read = Object.entries(back).map(([name, bytes]) => [name, strFromU8(bytes)]);
      expect(Object.fromEntries(read)).toEqual(
        Object.fromEntries(list.map((file) => [`fleet/${file.path}`, file.content])),
      );
    }),
    { numRuns: 60 },
  );
});

test.each(["../up", "/etc/passwd", "a/../b", "a//b", "a\\b", "", "./a", "C:/x"])(
  "refuses the path %j",
  (bad) => {
    expect(() => bundle([{ path: bad, content: "" }])).toThrow(/not a safe path/);
  },
);

test("refuses two files of one path", () => {
  const twice = { path: "a.yaml", content: "" };
  expect(() => bundle([twice, twice])).toThrow(/twice/);
});

test("makes scripts executable and nothing else", () => {
  const zip = Buffer.from(
    bundle([
      { path: "a.sh", content: "#!/bin/sh\n" },
      { path: "b.yaml", content: "a: 1\n" },
    ]),
  );
  const central = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  const second = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]), central + 4);
  const rights = (at: number) => (zip.readUInt32LE(at + 38) >>> 16) & 0o777;
  expect([rights(central), rights(second)]).toEqual([0o755, 0o644]);
});
