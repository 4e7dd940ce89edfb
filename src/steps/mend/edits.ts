import type { Finding, Mend } from "#model/plan.ts";
import { replaceField } from "./fields.ts";
import type { Edit, Source, Written } from "./source.ts";

/** What has to change in a text for one finding; undefined where it cannot be done by changing a few characters. */
export function editsOf({ line, column, mend }: Finding, source: Source): Edit[] | undefined {
  const offset = column === undefined ? undefined : source.offset(line, column);
  if (mend === undefined || offset === undefined) return undefined;
  const member = source.members.get(offset);
  if (mend.kind === "field") return member && replaceField(mend.from, member, source);
  const isKey = mend.kind === "rename" || (mend.kind === "quote" && mend.place === "key");
  const scalar = isKey ? keyAt(offset, source) : valueFor(offset, source);
  const text = scalar && rewritten(mend, scalar);
  return text === undefined
    ? undefined
    : [{ from: scalar!.offset, to: scalar!.offset + scalar!.source.length, text }];
}

function keyAt(offset: number, source: Source): Written | undefined {
  return source.members.get(offset)?.key;
}

/** A finding points at the value itself, or at the key before it. */
function valueFor(offset: number, { members, values }: Source): Written | undefined {
  return values.get(offset) ?? members.get(offset)?.value;
}

function rewritten(
  mend: Exclude<Mend, { kind: "field" }>,
  { style, source, node }: Written,
): string | undefined {
  if (source.includes("\n")) return undefined;
  switch (mend.kind) {
    case "rename":
    case "set":
      return inStyle(mend.to, style);
    case "quote":
      return style === "plain" ? JSON.stringify(source) : undefined;
    case "unquote":
      return style === "single" || style === "double" ? String(node.value) : undefined;
  }
}

function inStyle(words: string, style: Written["style"]): string | undefined {
  if (style === "double") return JSON.stringify(words);
  if (style === "single") return `'${words.replaceAll("'", "''")}'`;
  // Names and versions may stand as they are; anything else would need a look at what YAML makes of it.
  return style === "plain" && /^[A-Za-z][\w./-]*$/.test(words) ? words : undefined;
}
