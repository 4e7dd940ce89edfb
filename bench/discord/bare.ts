// The floor: a discord.js client that keeps each message and each command as it came in the record of its conversation in
// SQLite, within its listener, and answers commands. Intents, settings of the store and keys of its records are the bot's own; nothing else is done.
import { DatabaseSync } from "node:sqlite";
import { Client, Events, GatewayIntentBits, Partials } from "discord.js";

const { DISCORD_TOKEN, DISCORD_API_URL, EDGEWRIGHT_STORE = "" } = process.env;
const database = new DatabaseSync(EDGEWRIGHT_STORE.replace("sqlite:", ""));
database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON");
database.exec("CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)");
const read = database.prepare("SELECT value FROM records WHERE key = ?");
const write = database.prepare(
  "INSERT INTO records VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
);

type Kept = { seen: Record<string, number>; said: unknown[] };

/** A turn of a bot that takes nothing twice: reads the record, and writes it with what came and its id. */
function keep(one: { id: string; toJSON: () => unknown }): void {
  const key = `conversations/discord:${one.id}`;
  const found = read.get(key)?.value;
  const { seen, said } = found ? (JSON.parse(String(found)) as Kept) : { seen: {}, said: [] };
  if (seen[one.id] !== undefined) return;
  const kept: Kept = { seen: { ...seen, [one.id]: Date.now() }, said: [...said, one.toJSON()] };
  write.run(
    key,
    JSON.stringify(kept, (_, value) => (typeof value === "bigint" ? String(value) : value)),
  );
}

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
const client = new Client({
  intents: [Guilds, GuildMessages, DirectMessages, MessageContent],
  partials: [Partials.Channel],
  rest: { api: DISCORD_API_URL! },
});
client.on(Events.MessageCreate, (message) => {
  if (!message.author.bot) keep(message);
});
client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  keep(interaction);
  await interaction.reply("On it.");
});
client.once(Events.ClientReady, async ({ application }) => {
  process.stderr.write(`${JSON.stringify({ msg: "discord: ready" })}\n`);
  const fleet = { type: 3, name: "fleet", description: "fleet" };
  const plan = { type: 1, name: "plan", description: "plan", options: [fleet] };
  await application.commands.set([{ name: "edge", description: "edge", options: [plan] }]);
});
await client.login(DISCORD_TOKEN);
