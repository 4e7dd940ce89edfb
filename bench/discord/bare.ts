// The floor: a discord.js client that keeps each message and each command in the record of its conversation in SQLite,
// within its listener, and answers commands. Intents, settings of the store and keys of its records are the bot's own.
// With BARE_TURN=1 what came is understood before it is kept, by the bot's own steps; else it is kept as it came.
import { DatabaseSync } from "node:sqlite";
import { Client, Events, GatewayIntentBits, Partials } from "discord.js";
import type { Event, State } from "#model/conversation.ts";

const { DISCORD_TOKEN, DISCORD_API_URL, EDGEWRIGHT_STORE = "" } = process.env;
const database = new DatabaseSync(EDGEWRIGHT_STORE.replace("sqlite:", ""));
database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON");
database.exec("CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)");
const read = database.prepare("SELECT value FROM records WHERE key = ?");
const write = database.prepare(
  "INSERT INTO records VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
);

const understood = process.env.BARE_TURN === "1" ? await openSteps() : undefined;

type Came = { id: string; text: string; user: { id: string; username: string }; scope: string | null };
type Kept = { seen: Record<string, number>; said?: unknown[]; state?: State; effects?: readonly unknown[] };

/** A turn of a bot that takes nothing twice: reads the record, and writes it with what came of it and its id. */
function keep(one: { id: string; toJSON: () => unknown }, came: Came): void {
  const key = `conversations/discord:${one.id}`;
  const found = read.get(key)?.value;
  const before: Kept = found ? JSON.parse(String(found)) : { seen: {} };
  if (before.seen[one.id] !== undefined) return;
  const news = understood?.(before.state, came) ?? { said: [...(before.said ?? []), one.toJSON()] };
  const kept: Kept = { ...before, ...news, seen: { ...before.seen, [one.id]: Date.now() } };
  write.run(
    key,
    JSON.stringify(kept, (_, value) => (typeof value === "bigint" ? String(value) : value)),
  );
}

/** What the bot does with words: blanks secrets, understands, and decides what is posted. */
async function openSteps() {
  const [{ freshState }, { blank }, { converse }, { understand, readAnswer }, { createSpeech }] =
    await Promise.all([
      import("#model/conversation.ts"),
      import("#model/secrets.ts"),
      import("#steps/converse.ts"),
      import("#steps/understand.ts"),
      import("../../src/app/speech.ts"),
    ]);
  const tools = { understand, readAnswer, say: createSpeech(), readsChanges: false };
  return (state: State = freshState, { id, text, user, scope }: Came) => {
    const person = { id: user.id, name: user.username };
    const event: Event = {
      ...{ id, conversation: `discord:${id}`, at: Date.now(), person, language: "en", defaults: {} },
      ...(scope !== null && { scope }),
      ...{ kind: "said", text: blank(text) },
    };
    return converse(state, event, tools);
  };
}

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
const client = new Client({
  intents: [Guilds, GuildMessages, DirectMessages, MessageContent],
  partials: [Partials.Channel],
  rest: { api: DISCORD_API_URL! },
});
client.on(Events.MessageCreate, (message) => {
  const { id, author, content, guildId } = message;
  if (!author.bot) keep(message, { id, text: content.replace(/<@\d+>/g, ""), user: author, scope: guildId });
});
client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  const { id, user, options, guildId } = interaction;
  keep(interaction, { id, text: options.getString("fleet") ?? "", user, scope: guildId });
  await interaction.reply("On it.");
});
client.once(Events.ClientReady, async ({ application }) => {
  process.stderr.write(`${JSON.stringify({ msg: "discord: ready" })}\n`);
  const fleet = { type: 3, name: "fleet", description: "fleet" };
  const plan = { type: 1, name: "plan", description: "plan", options: [fleet] };
  await application.commands.set([{ name: "edge", description: "edge", options: [plan] }]);
});
await client.login(DISCORD_TOKEN);
