/** A value as JSON in which bytes and patterns survive. */
export function pack(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, shown: unknown) {
    // A Buffer has turned itself into a list of numbers by now, so what it was is asked for.
    const raw = this[key];
    if (raw instanceof Uint8Array) return { $bytes: Buffer.from(raw).toString("base64") };
    if (raw instanceof RegExp) return { $pattern: raw.source, flags: raw.flags };
    return shown;
  });
}

export function unpack(text: string): unknown {
  if (!text) return undefined;
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    if ("$bytes" in value) return new Uint8Array(Buffer.from(String(value.$bytes), "base64"));
    if ("$pattern" in value)
      return new RegExp(String(value.$pattern), String((value as { flags?: string }).flags ?? ""));
    return value;
  });
}
