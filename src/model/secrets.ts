import { keyBlocks } from "./secrets/key-blocks.ts";
import { kubernetesSecrets } from "./secrets/kubernetes.ts";
import { pairs } from "./secrets/pairs.ts";
import { shapes } from "./secrets/shapes.ts";

/**
 * Replaces credentials by `‹secret:<kind>›` and keeps everything around them, lines included. The same text always
 * gives the same result, and blanking it again changes nothing. Linear in the length of the text.
 */
export function blank(text: string): string {
  if (text.length < shortestSecret) return text;
  // Those that span lines go first, then what is known by its shape, then what is known by the name before it.
  return pairs(shapes(kubernetesSecrets(keyBlocks(text))));
}

const shortestSecret = 6;
const deepest = 40; // of anything we log or keep; deeper is cut off rather than let through
const SECRET_NAME = /^(authorization|cookie|.*(token|password|secret|api_?key|credentials?))$/i;
const NAMED = "‹secret:named›";

/** The same for every text inside a value, and for whatever stands under a name like "token"; errors become plain data. */
export function blankDeep(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return blank(value);
  if (typeof value !== "object" || value === null) return typeof value === "function" ? undefined : value;
  if (depth > deepest) return "…";
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value instanceof Error) return blankError(value, depth);
  if (Array.isArray(value)) return value.map((item) => blankDeep(item, depth + 1));
  const entries = Object.entries(value).map(([name, item]) => [
    name,
    typeof item === "string" && item !== "" && SECRET_NAME.test(name) ? NAMED : blankDeep(item, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

function blankError(error: Error, depth: number): unknown {
  const { name, message, stack, cause, ...rest } = error;
  return {
    ...(blankDeep({ ...rest }, depth + 1) as object),
    name,
    message: blank(message),
    ...(stack && { stack: blank(stack) }),
    ...(cause !== undefined && { cause: blankDeep(cause, depth + 1) }),
  };
}
