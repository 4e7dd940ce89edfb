const COMBINING = /\p{M}+/gu;
const UNSAFE = /[^a-z0-9]+/g;
const EDGES = /^-+|-+$/g;

/** Letters that decompose into nothing useful, written the way their languages transcribe them. */
const transcribed: readonly [RegExp, string][] = [
  [/ä/g, "ae"],
  [/ö/g, "oe"],
  [/ü/g, "ue"],
  [/ß/g, "ss"],
  [/æ/g, "ae"],
  [/ø/g, "oe"],
];

// A set's name joins two slugs and becomes a label value, at most 63 characters.
const longest = 28;

function slug(name: string): string {
  let plain = name.normalize("NFC").toLowerCase();
  for (const [letter, letters] of transcribed) plain = plain.replace(letter, letters);
  plain = plain.normalize("NFKD").replace(COMBINING, "");
  return plain.replace(UNSAFE, "-").slice(0, longest).replace(EDGES, "");
}

/**
 * Names as path segments: lower case ASCII, unique in their list, in their order. A name that leaves nothing
 * readable (Chinese, emoji) is called `<fallback>-<position>`.
 */
export function slugs(names: readonly string[], fallback: string): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const wanted = slug(name);
    // A digit first would read as a number in YAML and is refused as the start of some Kubernetes names.
    const base = /^[a-z]/.test(wanted) ? wanted : `${fallback}-${wanted || index + 1}`;
    let free = base;
    for (let count = 2; taken.has(free); count++) free = `${base}-${count}`;
    taken.add(free);
    return free;
  });
}
