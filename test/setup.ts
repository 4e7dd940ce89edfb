import fc from "fast-check";

// The same cases in every run, so that a red test means a change; FC_SEED=random, or a number, looks elsewhere.
const { FC_SEED = "20261121" } = process.env;
if (FC_SEED !== "random") fc.configureGlobal({ seed: Number(FC_SEED) });
