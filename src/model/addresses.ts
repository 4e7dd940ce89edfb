import { BlockList, isIP } from "node:net";

/** Addresses and ranges, from a list or from one text with commas between; what is neither, such as a variable, is left out. */
export function addressesOf(value: unknown): string[] {
  const all = (Array.isArray(value) ? value : [value]).flatMap((one) => String(one ?? "").split(","));
  return all.map((one) => one.trim()).filter((one) => isIP(one.split("/")[0]!) !== 0);
}

/** Whether an address, or a whole range, lies in a range of the same family. */
export function isInside(one: string, range: string): boolean {
  const [address = "", own] = one.split("/");
  const [network = "", bits = ""] = range.split("/");
  const [family, most] = isIP(address) === 6 ? (["ipv6", 128] as const) : (["ipv4", 32] as const);
  if (isIP(address) !== isIP(network) || !/^\d+$/.test(bits) || Number(bits) > most) return false;
  if (own !== undefined && Number(own) < Number(bits)) return false;
  const block = new BlockList();
  block.addSubnet(network, Number(bits), family);
  return block.check(address, family);
}

/** The first pair of two lists of ranges that share addresses. */
export function sharedRange(
  some: readonly string[],
  others: readonly string[],
): [one: string, other: string] | undefined {
  for (const one of some)
    for (const other of others) if (isInside(one, other) || isInside(other, one)) return [one, other];
  return undefined;
}

/** Whether two addresses or ranges are of the same family. */
export function areAlike(one: string, other: string): boolean {
  const familyOf = (text: string) => isIP(text.split("/")[0]!);
  return familyOf(one) === familyOf(other);
}
