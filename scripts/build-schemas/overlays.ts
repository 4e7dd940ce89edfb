import type { Overlay } from "../../src/schemas/overlay.ts";

/** In the order they are laid over the tree. */
export const overlays: readonly Overlay[] = [];
