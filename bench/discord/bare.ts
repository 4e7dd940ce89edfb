// The floor: a discord.js client that writes each message and each command as it came into SQLite, within its listener,
// and answers commands. Intents, settings of the store and keys of its records are the bot's own; nothing else is done.
import { DatabaseSync } from "node:sqlite";
import { Client, Events, GatewayIntentBits, Partials } from "discord.js";

const { DISCORD_TOKEN, DISCORD_API_URL, EDGEWRIGHT_STORE = "" } = process.env;
const database = new DatabaseSync(EDGEWRIGHT_STORE.replace("sqlite:", ""));
database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON");
database.exec("CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)");
const write = database.prepare("INSERT INTO records VALUES (?, ?) ON CONFLICT(key) DO NOTHING");
const keep = (one: { id: string; toJSON: () => unknown }) =>
  write.run(
    `conversations/discord:${one.id}`,
    JSON.stringify(one, (_, value) => (typeof value === "bigint" ? String(value) : value)),
  );

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
