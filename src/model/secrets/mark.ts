/** What stands where a credential stood. */
export function mark(kind: string): string {
  return `‹secret:${kind}›`;
}

const longestReference = 300;

/** Values that point to a credential, or stand for one, and are none: variables, templates, SOPS, our own marks. */
export function standsFor(value: string): boolean {
  return value.length > longestReference
    ? value.startsWith("ENC[")
    : STANDS_FOR.test(value) || NO_VALUE.test(value);
}

const STANDS_FOR =
  /^(?:$|‹secret:[\w-]+›$|\$[A-Z_][A-Z0-9_]*$|\$\{\{?[^}]*\}?\}$|\$\([^)]*\)$|\{\{.*\}\}$|<[^>]*>$|ENC\[|%\w+%$|\*+$|[xX.]{3,}$|…$)/;
const NO_VALUE = /^(?:null|none|nil|true|false|yes|no|undefined|changeme|redacted|example)$/i;
