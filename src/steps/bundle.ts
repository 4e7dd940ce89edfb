import { strToU8, type Zippable, zipSync } from "fflate";

// The earliest day a zip can name; a date of today would make two identical trees differ.
const when = new Date(1980, 0, 1, 12);
const PATH = /^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[\w.@-]+(?:\/[\w.@-]+)*$/;
const unix = 3;
const mode = { plain: 0o100_644, script: 0o100_755 };

/** Files as a zip: the same files give the same bytes, in whatever order they come; no entry can leave the folder it is unpacked in. */
export function bundle(files: readonly { path: string; content: string }[], folder = ""): Uint8Array {
  const entries: Zippable = {};
  for (const { path, content } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const name = folder ? `${folder}/${path}` : path;
    if (!PATH.test(name)) throw new Error(`bundle: "${name}" is not a safe path inside a zip`);
    if (entries[name]) throw new Error(`bundle: ${name} is there twice`);
    const rights = content.startsWith("#!") ? mode.script : mode.plain;
    entries[name] = [strToU8(content), { mtime: when, os: unix, attrs: rights << 16 }];
  }
  return zipSync(entries, { level: 9 });
}
