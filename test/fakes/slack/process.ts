import { startFake } from "./fake.ts";

/** The fake Slack as a process: options as JSON, one line of facts out, ends with its standard input. */
const fake = await startFake(JSON.parse(process.argv[2] ?? "{}"));
const { apiUrl, uploadUrl, tokens, team, bot } = fake;
const control = new URL("/_control", apiUrl).href;
process.stdout.write(`${JSON.stringify({ apiUrl, uploadUrl, tokens, team, bot, control })}\n`);
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
