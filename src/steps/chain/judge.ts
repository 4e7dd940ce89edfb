import type { z } from "zod";
import type { Objection } from "#model/provider.ts";

/** What a text is worth. `raw` is its JSON as the model wrote it. */
export type Judged<T> =
  | { kind: "ok" | "guard"; text: string; raw: unknown; value: T; objections: Objection[] }
  | { kind: "schema"; text: string; raw: unknown; objections: Objection[] }
  | { kind: "malformed"; text: string; objections: Objection[] };

const deepest = 64; // no schema of ours comes near; a tower of brackets would end the walk over it
const messageMax = 400;
const FENCE = "```";
const LANGUAGE = /^[a-z0-9]{1,12}(?=\s)/i;

/** Reads an answer: JSON, then schema, then guards; each finding says where and what. */
export function judge<T>(
  answer: string,
  { schema, check }: { schema: z.ZodType<T>; check: (value: T) => Objection[] },
): Judged<T> {
  const text = unfence(answer);
  const malformed = (message: string): Judged<T> => ({
    kind: "malformed",
    text,
    objections: [{ pointer: "", rule: "json", message: message.slice(0, messageMax) }],
  });
  if (text === "") return malformed("the answer is empty");
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return malformed(`not valid JSON: ${(error as Error).message}`);
  }
  if (depthOf(raw) > deepest) return malformed(`nested deeper than ${deepest} levels`);
  const parsed = schema.safeParse(raw);
  if (!parsed.success)
    return {
      kind: "schema",
      text,
      raw,
      objections: parsed.error.issues.flatMap((issue) => fromIssue(issue)),
    };
  const objections = check(parsed.data);
  return { kind: objections.length > 0 ? "guard" : "ok", text, raw, value: parsed.data, objections };
}

/** Takes the JSON out of a Markdown fence, whatever is said around it; anything else stays as it is. */
export function unfence(answer: string): string {
  const text = answer.trim();
  if (text.startsWith("{") || text.startsWith("[")) return text;
  const open = text.indexOf(FENCE);
  const close = text.lastIndexOf(FENCE);
  if (open === -1 || close === open) return text;
  const inside = text.slice(open + FENCE.length, close);
  const language = LANGUAGE.exec(inside)?.[0] ?? "";
  return inside.slice(language.length).trim();
}

/** Writes a path as a JSON pointer. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function fromIssue(issue: z.core.$ZodIssue): Objection[] {
  const message = issue.message.slice(0, messageMax);
  if (issue.code !== "unrecognized_keys")
    return [{ pointer: pointerOf(issue.path), rule: issue.code, message }];
  return issue.keys.map((key) => ({
    pointer: pointerOf([...issue.path, key]),
    rule: issue.code,
    message: "there is no such key: remove it",
  }));
}

// Not by recursion: this is what keeps deep answers from the walks that are.
function depthOf(value: unknown): number {
  let depth = 0;
  let level = [value];
  while (level.length > 0 && depth <= deepest) {
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
    depth += 1;
  }
  return depth;
}
