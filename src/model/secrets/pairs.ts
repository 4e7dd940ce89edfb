import { mark, standsFor } from "./mark.ts";

/** Names behind which a credential stands, whatever it looks like. */
const SURE_NAMES =
  "passwor[dt]|passwd|passphrase|pass_?wd|passcode|kennwort|contrase(?:ñ|n)a|密码|口令|pwd|psk|pre-?shared-?key|" +
  "(?:signing|client|app|shared)[-_. ]?secret|secret[-_. ]?access[-_. ]?key|private_key_id|" +
  'client-key-data|client-certificate-data|\\.dockerconfigjson|\\.dockercfg|identity_?token|_auth|"auth"|' +
  "(?:auth|access|refresh|bot|agent|server|node|join|k3s|bearer|session|security|registration|provisioning)[-_. ]?token";
/** Names that often stand before something harmless: the value must look like a credential. */
const OTHER_NAMES =
  "(?:secret|private|api|access|account|encryption)[-_. ]?key|token|令牌|密钥|secret|credentials?";

const QUOTED = "\"(?:[^\"\\\\\\n]|\\\\.){0,65536}|'(?:[^'\\n]|''){0,65536}|`[^`\\n]{0,65536}";
const BETWEEN =
  "[\"'`]?[ \\t]{0,8}(?:=>|:=|[:=：]|\\bis\\b|\\blautet\\b|\\bist\\b|\\bes\\b|是|为)[ \\t]{0,8}";
// A name, maybe with an ending such as _PROD or 2, then : or = or "is", then a value on the same line.
const PAIR = new RegExp(
  `(?<!‹)(${SURE_NAMES}|${OTHER_NAMES})(s?\\d{0,2}(?:[-_][A-Za-z0-9]{1,12}){0,2})(${BETWEEN})(${QUOTED}|[^\\s"'\`]\\S*)`,
  "giu",
);
const SURE = new RegExp(`^(?:${SURE_NAMES})$`, "iu");
// An ending that makes it a reference: password_secret_ref, token-file, api-key-name.
const REFERENCE =
  /[-_](?:ref|name|file|path|key|url|uri|length|policy|type|mode|mount|volume|class|store|version|ttl|expiry|expires|rotation|manager)s?$/i;
const WORD = /\b(?:is|lautet|ist|es)\b|是|为/i;
const PATH =
  /^(?:\.{1,2}|~|\/(?:etc|var|run|home|root|usr|opt|mnt|tmp|secrets?|config|data|certs?|keys?|srv))\//;
const NAME_OF_OBJECT = /^[a-z]+(?:[-.][a-z0-9]{1,10})+$/; // as Kubernetes names things: my-tls-2
// Filled in later, maybe with what closes the mapping it stands in.
const VARIABLE_VALUE = /^\$\{\{|^(?:\$\{[^}]{0,200}\}|\$\([^)]{0,200}\))[,;.)\]}"'`]{0,8}$/;
const PHRASE = /^(?:password|wifi-key)$/; // the kinds that may hold blanks
const longestName = 253; // of a Kubernetes object
const shortest = 3;
const tellingLength = 8;

/** Blanks values behind names such as `password:`, in YAML, JSON, environment files, command lines and sentences. */
export function pairs(text: string): string {
  return flags(variables(wireguard(text))).replace(PAIR, blankPair);
}

function blankPair(
  whole: string,
  name: string,
  ending: string,
  between: string,
  raw: string,
  ...rest: unknown[]
): string {
  if (REFERENCE.test(ending)) return whole;
  const { open, value, close } = unquote(raw);
  const [offset, text] = rest as [number, string];
  const plainToken = name.toLowerCase() === "token" && ending === "" && startsLine(text, offset);
  // "server token: one a site" is a sentence; SERVER_TOKEN=one is none.
  const sure = plainToken || (SURE.test(name) && !name.includes(" "));
  const asked = { sure, yaml: open === "" && /[:：]/.test(between), word: WORD.test(between) };
  if (VARIABLE_VALUE.test(raw) || !isCredential(value, asked)) return whole;
  if (/\s/.test(value) && !PHRASE.test(kindOf(name))) return whole; // a command or a sentence in quotes
  return `${name}${ending}${between}${open}${mark(kindOf(name))}${close}`;
}

function isCredential(
  value: string,
  { sure, yaml, word }: { sure: boolean; yaml: boolean; word: boolean },
): boolean {
  if (value.length < shortest || standsFor(value) || PATH.test(value)) return false;
  const telling = value.length >= tellingLength && /\d/.test(value) && /\p{L}/u.test(value);
  // YAML: a list, a mapping, an anchor, a block, a tag follow. A password that begins so says more.
  if (yaml && !telling && /^(?:[{[]|[&*|>!][\w+-]*$)/.test(value)) return false;
  if (word) return telling || /[#$%^&+=@~]/.test(value);
  const isName = value.length < longestName && NAME_OF_OBJECT.test(value);
  return sure || (telling && !/^[./~]|^\w+\(/.test(value) && !isName);
}

function startsLine(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - 40), offset);
  return /(?:^|\n)[ \t]*(?:- +)?["']?$/.test(before);
}

function kindOf(name: string): string {
  const plain = name.toLowerCase();
  if (/client-(?:key|cert)/.test(plain)) return "kubeconfig";
  if (/docker|^"auth"$|^_auth$/.test(plain)) return "docker-auth";
  if (/psk|pre-?shared/.test(plain)) return "wifi-key";
  if (/signing/.test(plain)) return "signing-secret";
  if (/token|令牌/.test(plain)) return "token";
  if (/pass|kenn|contra|pwd|密码|口令/.test(plain)) return "password";
  return "key";
}

/** A value without its quotes, and without what only ends a sentence or a flow mapping. */
function unquote(raw: string): { open: string; value: string; close: string } {
  const quote = raw[0]!;
  if (`"'\``.includes(quote)) return { open: quote, value: raw.slice(1), close: "" };
  const end = raw.match(/["'`]?[,;.)\]}]{0,8}$/)?.[0] ?? "";
  return { open: "", value: raw.slice(0, raw.length - end.length), close: end };
}

const VALUE = "\"[^\"\\n]{1,8192}|'[^'\\n]{1,8192}|[^\\s\"'`-][^\\s\"'`]*";
const FLAG = new RegExp(
  `(--[\\w-]{0,30}(?:token|password|passphrase|secret|api-key|psk)[ \\t]{1,4}|\\bwpa-psk[ \\t]{1,4})(${VALUE})`,
  "gi",
);

/** `--token VALUE`; a word of a sentence about a flag is not one. */
function flags(text: string): string {
  return text.replace(FLAG, (whole, name: string, raw: string) => {
    const value = raw.replace(/^["']/, "");
    const word =
      /^[\p{L}]+[.,;:!?)]*$/u.test(value) && value === value.toLowerCase() && !name.startsWith("wpa");
    return word || value.length < 4 || standsFor(value) || PATH.test(value)
      ? whole
      : `${name}${raw.slice(0, raw.length - value.length)}${mark(/psk/i.test(name) ? "wifi-key" : "flag")}`;
  });
}

const VARIABLE = new RegExp(
  `(\\bname["']?: {0,4}["']?[\\w.-]{0,60}?(?:PASSWORD|PASSWD|PASSPHRASE|TOKEN|SECRET|API_?KEY|ACCESS_?KEY|CREDENTIALS?)\\w{0,20}["']?,?[ \\t\\r]{0,8}\\n?[ \\t]{0,40}["']?value["']?:[ \\t]{0,8})(${VALUE})`,
  "gi",
);

/** A container's variable: the name on one line, the value on the next. */
function variables(text: string): string {
  return text.replace(VARIABLE, (whole, name: string, raw: string) => {
    const value = raw.replace(/^["']/, "");
    if (standsFor(value) || PATH.test(value)) return whole;
    return `${name}${raw.slice(0, raw.length - value.length)}${mark("variable")}`;
  });
}

const WIREGUARD = /\b((?:Private|Preshared)Key[ \t]{0,4}=[ \t]{0,4})([A-Za-z0-9+/]{42,128}={0,2})/g;

function wireguard(text: string): string {
  return text.includes("Key")
    ? text.replace(WIREGUARD, (_, name: string) => name + mark("wireguard-key"))
    : text;
}
