/** Filled in later: by Flux (`${var}`), by an ApplicationSet (`{{var}}`). What comes out is not known here. */
export function isFilledLater(value: unknown): boolean {
  return typeof value === "string" && (value.includes("${") || value.includes("{{"));
}
