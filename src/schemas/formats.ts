import { isIP } from "node:net";

/** Flux: hours to milliseconds, nothing else (pattern of its CRDs, https://fluxcd.io/flux/components/). */
const FLUX_DURATION = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;
/** Go: https://pkg.go.dev/time#ParseDuration */
const GO_DURATION = /^[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+)$/;
/** Quantities: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
/** A number, or a percentage of what there is: k8s.io/apimachinery/pkg/util/validation, IsValidPercent. */
const PERCENTAGE = /^\d+%$/;
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Whether a duration is one Flux accepts: `10m`, `1h30m`; no days, no words. */
export function isFluxDuration(text: string): boolean {
  return FLUX_DURATION.test(text);
}

/** Whether Go reads it as a duration. */
export function isGoDuration(text: string): boolean {
  return GO_DURATION.test(text);
}

/** Whether Argo CD reads it: a duration of Go, or a number of seconds. */
export function isArgoDuration(text: string): boolean {
  return GO_DURATION.test(text) || /^\d+$/.test(text);
}

/** Whether Kubernetes reads it as an amount: `500m`, `1.5Gi`, `2`; not `2GB`. */
export function isQuantity(text: string): boolean {
  return QUANTITY.test(text);
}

/** Whether it is a range of IP addresses: `10.0.0.0/8`, `fd00::/64`. */
export function isCidr(text: string): boolean {
  const [, address = "", bits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}

/** Whether it is a name of a port: IANA service names, validation.IsValidPortName. */
export function isPortName(text: string): boolean {
  return PORT_NAME.test(text);
}

/** Whether it is a percentage: `25%`; a number in quotes is none. */
export function isPercentage(text: string): boolean {
  return PERCENTAGE.test(text);
}

/** A value, a range or all of them, each with a step; several with commas between. */
function cronField(value: string): string {
  const item = `(?:[*?]|${value}(?:-${value})?)(?:/\\d+)?`;
  return `${item}(?:,${item})*`;
}
const CRON_FIELDS = [
  "[0-5]?\\d",
  "(?:[01]?\\d|2[0-3])",
  "(?:0?[1-9]|[12]\\d|3[01])",
  "(?:0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
  "(?:[0-6]|sun|mon|tue|wed|thu|fri|sat)",
];
/** What Kubernetes reads, https://pkg.go.dev/github.com/robfig/cron/v3#ParseStandard: Sunday is 0, never 7. */
const CRON = new RegExp(`^\\s*${CRON_FIELDS.map(cronField).join("\\s+")}\\s*$`, "i");
const CRON_WORD = /^@(?:annually|yearly|monthly|weekly|daily|midnight|hourly)$/;

/** Whether Kubernetes reads it as a schedule: five fields, `@daily`, `@every 1h`. */
export function isCron(text: string): boolean {
  const every = /^@every (.+)$/.exec(text)?.[1];
  return every === undefined ? CRON.test(text) || CRON_WORD.test(text) : GO_DURATION.test(every);
}

/** Whether it is base64; line breaks inside are allowed, as the API server allows them. */
export function isBase64(text: string): boolean {
  const packed = text.replaceAll(/\s/g, "");
  return packed.length % 4 === 0 && BASE64.test(packed);
}
