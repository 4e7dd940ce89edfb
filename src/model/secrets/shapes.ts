import { mark, standsFor } from "./mark.ts";

/**
 * A credential that is known by how it looks. `hint` is a text that must be there at all. Patterns begin with something
 * fixed and end in one greedy run without anything required behind it, so that no text makes them slow (the run has an
 * end, since V8 keeps a step of the way back for every character); what is more is asked of the match (`if`). `keep` is what in front of it stays.
 */
type Shape = {
  kind: string;
  hint: string;
  pattern: RegExp;
  keep?: (found: RegExpMatchArray) => string;
  if?: (found: string) => boolean;
};

const mixed = (found: string) => /[0-9]/.test(found) && /[a-z]/.test(found) && /[A-Z]/.test(found);
const digit = (found: string) => /[0-9]/.test(found);
const dots = (count: number) => (found: string) => found.split(".").length > count;
const first = (found: RegExpMatchArray) => found[1] ?? "";

// Prefixes as the makers document them; those of 25 kinds were measured against pasted samples.
const all: Shape[] = [
  { kind: "slack-token", hint: "xox", pattern: /xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,65536}/g },
  { kind: "slack-token", hint: "xapp-", pattern: /xapp-[A-Za-z0-9-]{10,65536}/g },
  {
    kind: "slack-webhook",
    hint: "hooks.slack.com/",
    pattern: /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[A-Za-z0-9/_-]{10,65536}/g,
    keep: first,
  },
  {
    kind: "discord-webhook",
    hint: "/webhooks/",
    pattern: /(\/api\/(?:v\d{1,3}\/)?webhooks\/\d{5,25}\/)[\w-]{20,65536}/g,
    keep: first,
  },
  {
    // With it anybody can answer in the bot's name for fifteen minutes.
    kind: "discord-interaction",
    hint: "/interactions/",
    pattern: /(\/interactions\/\d{5,25}\/)[\w-]{20,65536}/g,
    keep: first,
  },
  { kind: "discord-token", hint: ".", pattern: /[MNO][\w-]{22,28}\.[\w-]{6}\.[\w-]{27,65536}/g },
  { kind: "github-token", hint: "gh", pattern: /gh[pousr]_[A-Za-z0-9]{20,65536}/g },
  { kind: "github-token", hint: "github_pat_", pattern: /github_pat_\w{20,65536}/g },
  {
    kind: "gitlab-token",
    hint: "gl",
    pattern: /gl(?:pat|ptt|rt|dt|ft|soat|agent|cbt|oas|imt|ffct)-[\w.-]{16,65536}/g,
  },
  {
    kind: "aws-key",
    hint: "A",
    pattern: /((?:AKIA|ASIA)[A-Z0-9]{16}[\s,:;|"'=]{1,20})[A-Za-z0-9/+]{40,65536}/g,
    keep: first,
  },
  { kind: "aws-key-id", hint: "A", pattern: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16,65536}/g },
  { kind: "google-api-key", hint: "AIza", pattern: /AIza[\w-]{30,65536}/g },
  { kind: "google-oauth", hint: "ya29.", pattern: /ya29\.[\w-]{20,65536}/g },
  { kind: "google-oauth", hint: "GOCSPX-", pattern: /GOCSPX-[\w-]{20,65536}/g },
  { kind: "azure-secret", hint: "Q~", pattern: /[\w~.-]{3}[0-9]Q~[\w~.-]{30,65536}/g },
  {
    kind: "azure-key",
    hint: "Key=",
    pattern: /((?:Account|SharedAccess)Key=)[A-Za-z0-9+/=]{20,65536}/g,
    keep: first,
  },
  { kind: "azure-signature", hint: "sig=", pattern: /([?&]sig=)[A-Za-z0-9%+/=_-]{20,65536}/g, keep: first },
  { kind: "anthropic-key", hint: "sk-ant-", pattern: /sk-ant-[\w-]{16,65536}/g },
  { kind: "openai-key", hint: "sk-", pattern: /sk-(?:proj|svcacct|admin|None)-[\w-]{20,65536}/g, if: mixed },
  {
    kind: "openai-key",
    hint: "T3BlbkFJ",
    pattern: /sk-[\w-]{20,65536}/g,
    if: (found) => found.includes("T3BlbkFJ"),
  },
  {
    kind: "openai-key",
    hint: "sk-",
    pattern: /(?<![A-Za-z0-9])sk-(?:or-v1-)?[A-Za-z0-9]{20,65536}/g,
    if: digit,
  },
  {
    kind: "model-key",
    hint: "_",
    pattern: /(?:hf|gsk|r8|nvapi|pplx|xai)[_-][A-Za-z0-9_-]{30,65536}/g,
    if: mixed,
  },
  {
    kind: "k3s-token",
    hint: "K10",
    pattern: /K10[0-9a-f]{16,200}(?:::[\w.:-]+)?/g,
    if: (found) => found.includes("::") || found.length > 60,
  },
  {
    kind: "bootstrap-token",
    hint: ".",
    pattern: /(?<![\w.-])[a-z0-9]{6}\.[a-z0-9]{16}(?![\w.-])/g,
    if: (found) => digit(found.slice(7)),
  },
  { kind: "age-key", hint: "AGE-SECRET-KEY-", pattern: /AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{20,65536}/g },
  { kind: "jwt", hint: "eyJ", pattern: /eyJ[\w.-]{8,65536}/g, if: dots(2) },
  { kind: "vault-token", hint: "hv", pattern: /hv[sbr]\.[\w-]{20,65536}/g },
  { kind: "vault-token", hint: "s.", pattern: /(?<![\w.])s\.[A-Za-z0-9]{24}(?![\w.])/g, if: mixed },
  { kind: "npm-token", hint: "npm_", pattern: /npm_[A-Za-z0-9]{30,65536}/g },
  { kind: "pypi-token", hint: "pypi-", pattern: /pypi-AgE[\w-]{30,65536}/g },
  {
    kind: "stripe-key",
    hint: "_",
    pattern: /(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9]{16,65536}/g,
    if: digit,
  },
  { kind: "docker-token", hint: "dckr_", pattern: /dckr_[a-z]{3}_[\w-]{16,65536}/g },
  { kind: "digitalocean-token", hint: "_v1_", pattern: /do[opr]_v1_[0-9a-f]{32,65536}/g },
  { kind: "grafana-token", hint: "gl", pattern: /gl(?:sa|c)_[A-Za-z0-9+/=_]{24,65536}/g },
  { kind: "tailscale-key", hint: "tskey-", pattern: /tskey-[a-z]+-[\w-]{10,65536}/g },
  { kind: "sendgrid-key", hint: "SG.", pattern: /SG\.[\w-]{16,65536}\.[\w-]{16,65536}/g },
  { kind: "telegram-token", hint: ":AA", pattern: /\d{8,12}:AA[\w-]{30,65536}/g },
  { kind: "terraform-token", hint: ".atlasv1.", pattern: /[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,65536}/g },
  { kind: "newrelic-key", hint: "NRAK-", pattern: /NRAK-[A-Z0-9]{20,65536}/g },
  { kind: "pulumi-token", hint: "pul-", pattern: /pul-[0-9a-f]{40,65536}/g },
  {
    kind: "doppler-token",
    hint: "dp.",
    pattern: /dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9._-]{30,65536}/g,
  },
  {
    kind: "password-hash",
    hint: "$",
    pattern: /\$(?:[156y]|2[aby]|argon2i?d?|scrypt)\$[./A-Za-z0-9$=,+]{16,65536}/g,
  },
  {
    kind: "wifi-key",
    hint: "WIFI:",
    pattern: /(WIFI:[^\n]{0,200}?P:)(?!‹)(?:\\.|[^;\n\\]){1,200}/g,
    keep: first,
  },
  {
    kind: "bearer",
    hint: "earer",
    pattern: /([Bb]earer[ \t]{1,4})[\w.~+/=-]{12,65536}/g,
    keep: first,
    if: (found) => digit(found.slice(6)),
  },
  {
    kind: "basic-auth",
    hint: "asic ",
    pattern:
      /(uthorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?:[Bb]asic|[Tt]oken|[Aa]pi[Kk]ey)[ \t]{1,4})[\w.~+/=-]{8,65536}/g,
    keep: first,
  },
];

/** Blanks what is known by its shape, and passwords in URLs. */
export function shapes(text: string): string {
  let result = text;
  for (const shape of all) {
    if (!result.includes(shape.hint)) continue;
    const { kind, pattern, keep, if: isWanted } = shape;
    result = result.replace(pattern, (...found) => {
      const whole = String(found[0]);
      return !isWanted || isWanted(whole)
        ? `${keep?.(found as unknown as RegExpMatchArray) ?? ""}${mark(kind)}`
        : whole;
    });
  }
  const closed = swallowRests(result);
  return closed.includes("://") ? urls(closed) : closed;
}

const MARK = /‹secret:(?!private-key|kubernetes-secret)[\w-]+›/g;
const BEFORE = /[\w.-]/;
const BEHIND = /[\w.+/=~-]/;

/** A short shape can stand inside a longer credential by chance: what is joined to a mark goes with it. */
function swallowRests(text: string): string {
  let result = "";
  let from = 0;
  for (const { index, 0: found } of text.matchAll(MARK)) {
    let start = index;
    while (start > from && BEFORE.test(text[start - 1]!)) start--;
    let end = index + found.length;
    while (end < text.length && BEHIND.test(text[end]!)) end++;
    while (end > index + found.length && /[.-]/.test(text[end - 1]!)) end--; // the end of a sentence
    result += text.slice(from, start) + found;
    from = end;
  }
  return result + text.slice(from);
}

const AUTHORITY = /:\/\/[^\s"'<>`\\]{3,1000}/g;

/** `scheme://user:password@host`: the last @ ends the password, since an unencoded one may hold @ and /. */
function urls(text: string): string {
  return text.replace(AUTHORITY, (whole) => {
    const at = whole.lastIndexOf("@");
    const colon = whole.indexOf(":", 3);
    if (at === -1 || colon === -1 || colon > at) return whole;
    // A colon or @ behind the host belongs to the path: https://host/a:b@c, oci://host/image:tag@sha256:…
    if (whole.slice(3, colon).includes("/") || /^\d{1,5}\//.test(whole.slice(colon + 1, at))) return whole;
    const password = whole.slice(colon + 1, at);
    return standsFor(password)
      ? whole
      : `${whole.slice(0, colon + 1)}${mark("url-password")}${whole.slice(at)}`;
  });
}
