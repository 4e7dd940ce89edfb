import type { Answer } from "#model/knowledge.ts";
import { basicAnswers } from "./answers/basics.ts";
import { choiceAnswers } from "./answers/choice.ts";
import { operationAnswers } from "./answers/operation.ts";

/** Questions people ask of a fleet, answered in our own words, with sources. */
export const answers: readonly Answer[] = [...choiceAnswers, ...operationAnswers, ...basicAnswers];
