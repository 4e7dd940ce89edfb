import { z } from "zod";
import { languages } from "./text.ts";

// Apart from the types: whoever only says something needs no schema library to start.

/** One of the languages, where data from outside names it. */
export const Language = z.enum(languages);
export type Language = z.infer<typeof Language>;

/** A sentence in every language, where data from outside brings it. */
export const Text = z.strictObject({ en: z.string(), de: z.string(), es: z.string(), zh: z.string() });
export type Text = z.infer<typeof Text>;
