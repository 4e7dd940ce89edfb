/**
 * Storms: the real bot process, started, killed and started again, while people talk to it on a fake platform.
 *
 * Everything here knows no platform. An adapter (`Theatre`: `test/fakes/storm/slack.ts`, `…/discord.ts`) opens a fake with one
 * seat a story: a person of a language with a place of their own, so that stories never meet. A `Story` is what that
 * person does, one act after the other, each with the sign they wait for. `perform` plays it, as patiently as people are:
 * what nobody took is said once more, after a look whether it arrived after all.
 *
 * The judge compares what stands in a thread with what stood there when the same story was played in calm weather, word
 * for word: nothing lost, nothing twice, nothing out of order. Then it looks into the store: nothing is left to be done.
 * An adapter adds what its platform complains about (`complaints`).
 *
 * A new platform needs: a `Theatre`. The storms themselves, with their own seeds, are the same for all:
 * - `eventStorm`: many talks at once, every event delivered one to four times in random order, restarts and
 *   disturbed connections between.
 * - `killStorm`: `kill -9` at random moments of plans; every thread is finished by whoever is started next.
 * - `weatherStorm`: calls fail at random, in one way of the platform after the other.
 *
 * @example
 * const { problems, ...counts } = await killStorm(slackTheatre("socket"), { kills: 200, seed: 7 });
 */
export { type BotOptions, type BotProcess, type Keeper, keepBot, startBot } from "./storm/bot.ts";
export { calmPosts } from "./storm/calm.ts";
export { eventStorm } from "./storm/events.ts";
export { differences, wordsOfPosts } from "./storm/judge.ts";
export { type KillReport, killStorm } from "./storm/kills.ts";
export { perform } from "./storm/perform.ts";
export { planStory, talkStory } from "./storm/stories.ts";
export { withTroupe } from "./storm/troupe.ts";
export type * from "./storm/types.ts";
export { weatherStorm } from "./storm/weather.ts";
