// The floor: a Bolt app that acknowledges a command and does nothing else. Settings as the bot's own.
import { App, LogLevel } from "@slack/bolt";

const {
  SLACK_BOT_TOKEN: token,
  SLACK_APP_TOKEN: appToken,
  SLACK_SIGNING_SECRET,
  SLACK_API_URL,
} = process.env;
const app = new App({
  token: token!,
  ...(appToken ? { appToken, socketMode: true } : { signingSecret: SLACK_SIGNING_SECRET! }),
  deferInitialization: true,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: SLACK_API_URL! },
});
app.command(/.*/, async ({ ack }) => ack("On it."));
await app.init();
const server = await app.start({ port: 0, host: "127.0.0.1" });
const address = appToken ? undefined : (server as { address(): unknown }).address();
process.stderr.write(`${JSON.stringify({ msg: "slack is connected", address })}\n`);
