import { hash } from "node:crypto";

/** An id as counters keep it: what is counted outlives its conversation, and names nobody. */
export function pseudonym(id: string): string {
  return hash("sha256", id, "base64url").slice(0, 16);
}
