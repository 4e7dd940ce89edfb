/** `<< inputs.tenant >>` of the Flux Operator. */
const INPUT = /<<.*>>/s;

/** Filled in later: by Flux (`${var}`), an ApplicationSet (`{{var}}`) or a ResourceSet. What comes out is not known here. */
export function isFilledLater(value: unknown): boolean {
  return typeof value === "string" && (value.includes("${") || value.includes("{{") || INPUT.test(value));
}
