import type { Json } from "../types.ts";

/** Says what is wrong with a value at a place, in Slack's words. */
export type Rule = (at: string, value: Json, problems: string[]) => void;

export const pointer = (at: string) => `[json-pointer:${at}]`;
/** Characters as people count them; a pair of surrogates is one. */
export const charsOf = (value: unknown) => [...String(value ?? "")].length;

function missing(at: string, problems: string[]): void {
  const cut = at.lastIndexOf("/");
  problems.push(`missing required field: ${at.slice(cut + 1)} ${pointer(at.slice(0, cut) || "/")}`);
}

type Of = { min?: number; optional?: boolean };

export function string(max: number, { min = 0, optional = false }: Of = {}): Rule {
  return (at, value, problems) => {
    if (value === undefined || value === null) return void (optional || missing(at, problems));
    if (typeof value !== "string") return void problems.push(`must be a string ${pointer(at)}`);
    if (charsOf(value) > max) problems.push(`must be less than ${max + 1} characters ${pointer(at)}`);
    if (charsOf(value) < min) problems.push(`must be more than ${min - 1} characters ${pointer(at)}`);
  };
}

/** A text object; `plain` where Slack takes no mrkdwn. */
export function text(max: number, { plain = false, optional = false }: Of & { plain?: boolean } = {}): Rule {
  return (at, value, problems) => {
    if (value === undefined || value === null) return void (optional || missing(at, problems));
    if (!["plain_text", "mrkdwn"].includes(value.type))
      return void problems.push(`failed to match all allowed schemas ${pointer(at)}`);
    if (plain && value.type !== "plain_text") oneOf("plain_text")(`${at}/type`, value.type, problems);
    const own: string[] = [];
    string(max, { min: 1 })(`${at}/text`, value.text, own);
    // Slack names both the object and the field.
    if (own.length > 0) problems.push(`failed to match all allowed schemas ${pointer(at)}`, ...own);
  };
}

export function oneOf(...allowed: string[]): Rule {
  return (at, value, problems) => {
    if (value !== undefined && !allowed.includes(value))
      problems.push(`must be one of the allowed values: ${allowed.join(", ")} ${pointer(at)}`);
  };
}

export function list(max: number, item: Rule, { min = 1, optional = false }: Of = {}): Rule {
  return (at, value, problems) => {
    if (value === undefined) return void (optional || missing(at, problems));
    if (!Array.isArray(value)) return void problems.push(`must be an array ${pointer(at)}`);
    if (value.length > max) problems.push(`no more than ${max} items allowed ${pointer(at)}`);
    if (value.length < min) problems.push(`no fewer than ${min} items allowed ${pointer(at)}`);
    for (const [index, entry] of value.entries()) item(`${at}/${index}`, entry, problems);
  };
}

/** Every named field held to its rule. */
export function fields(rules: Record<string, Rule>): Rule {
  return (at, value, problems) => {
    for (const [name, rule] of Object.entries(rules)) rule(`${at}/${name}`, value?.[name], problems);
  };
}

export function all(...rules: Rule[]): Rule {
  return (at, value, problems) => {
    for (const rule of rules) rule(at, value, problems);
  };
}

/** What must hold beyond single fields. */
export function must(holds: (value: Json) => boolean, words: string): Rule {
  return (at, value, problems) => {
    if (!holds(value)) problems.push(`${words} ${pointer(at)}`);
  };
}
