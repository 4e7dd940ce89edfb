/** Callback ids of the shortcuts, as the manifest names them. */
export const shortcuts = { fresh: "edge:new", plan: "edge:plan", check: "edge:check" } as const;
