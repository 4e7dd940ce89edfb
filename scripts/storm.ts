// A storm by hand: `node scripts/storm.ts events|kills|weather slack|slack-http|discord|discord-forgetful [COUNT] [SEED]`.
import { discordTheatre } from "../test/fakes/storm/discord.ts";
import { slackTheatre } from "../test/fakes/storm/slack.ts";
import { eventStorm, killStorm, weatherStorm } from "../test/fakes/storm.ts";

const [what = "events", where = "slack", count = "200", seed = String(Date.now() % 1_000_000)] =
  process.argv.slice(2);
const theatre = where.startsWith("discord")
  ? discordTheatre(where === "discord-forgetful" ? { nonceMs: 300 } : {})
  : slackTheatre(where === "slack-http" ? "http" : "socket");
const report =
  what === "kills"
    ? await killStorm(theatre, { kills: Number(count), seed: Number(seed) })
    : what === "weather"
      ? await weatherStorm(theatre, { stories: Number(count), seed: Number(seed) })
      : await eventStorm(theatre, {
          events: Number(count),
          seed: Number(seed),
          restarts: Math.ceil(Number(count) / 100),
          disturbances: Math.ceil(Number(count) / 50),
        });
const { problems, errors, ...counts } = report;
console.log(counts);
for (const problem of problems) console.error(problem);
for (const error of [...new Set(errors)].slice(0, 20)) console.error(`log: ${error}`);
process.exitCode = problems.length === 0 ? 0 : 1;
