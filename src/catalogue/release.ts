/** Which catalogue a plan was made against; raised with every change of a fact. `asOf` is the day the sources were read. */
export const catalogueRelease = { version: "2026.11.1", asOf: "2026-11-20" };
