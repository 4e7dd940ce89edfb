import type { App } from "@slack/bolt";
import type { ZodError } from "zod";
import { fitted } from "./aside.ts";
import { type Asked, createAsked } from "./asked.ts";
import type { Desk } from "./desk.ts";
import { createHearing, type Hearing } from "./hearing.ts";
import { Command, HomeOpened, Message, Pressed, SessionStopped, Shortcut, Submission } from "./payloads.ts";
import { pressed, submitted } from "./press.ts";
import { route } from "./route.ts";
import { type Counter, command, opened, shortcut } from "./ways-in.ts";

const ANY = /.*/s;

/**
 * One listener a kind of payload, and our own routing behind it: every listener of Bolt's runs for every event. A listener
 * that throws leaves its payload unacknowledged, so that Slack delivers it again.
 */
export function listen(app: App, counter: Counter): void {
  const hearing = createHearing(counter.desk);
  const asked = createAsked(counter);
  app.event(ANY, ({ event }) => happened(counter, event, { hearing, asked }));
  app.command(ANY, async ({ body, ack }) => {
    const whisper = await command(counter, Command.parse(body));
    await ack(whisper && { response_type: "ephemeral", ...fitted(whisper) });
  });
  app.action(ANY, async ({ body, ack }) => {
    await pressed(counter, Pressed.parse(body));
    await ack();
  });
  app.view(ANY, async ({ body, ack }) => {
    await submitted(counter, Submission.parse(body));
    await ack();
  });
  app.shortcut(ANY, async ({ body, ack }) => {
    await shortcut(counter, Shortcut.parse(body));
    await ack();
  });
  app.error(async (err) => {
    counter.desk.log.error({ err }, "something from slack could not be handled, it will be delivered again");
    throw err;
  });
}

/** An event of the Events API; those nobody asked for pass by. */
async function happened(
  counter: Counter,
  event: { type: string },
  { hearing, asked }: { hearing: Hearing; asked: Asked },
): Promise<void> {
  const { desk, intake } = counter;
  switch (event.type) {
    case "message":
    case "app_mention": {
      const message = Message.safeParse(event);
      if (!message.success) return unread(desk, event, message.error);
      const arrival = await route(desk, message.data);
      const meant = arrival && (await asked(arrival, message.data));
      if (meant) await intake.take(meant);
      hearing.heard(message.data);
      return;
    }
    case "app_home_opened": {
      const home = HomeOpened.safeParse(event);
      if (home.success) desk.later(() => opened(counter, home.data));
      return;
    }
    case "app_uninstalled":
    case "tokens_revoked":
      // Whether it was our token only Slack knows; a call that is refused for that ends the connection with a sentence.
      return desk.later(() => desk.client.call("auth.test", {}, { repeatable: true }));
    case "agent_session_stopped": {
      const stop = SessionStopped.safeParse(event);
      if (stop.success) await stopped(counter, stop.data);
    }
  }
}

/** Something of Slack's that looks otherwise than its pages say: never passed over without a word. */
function unread({ log }: Desk, { type }: { type: string }, { issues }: ZodError): void {
  const where = issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  log.warn({ type, where }, "an event of slack's could not be read");
}

/** Slack's own Stop button under a session that runs. */
async function stopped({ desk, intake }: Counter, stop: SessionStopped): Promise<void> {
  const { channel, thread_ts: thread, user, event_ts } = stop;
  const conversation = await desk.places.at(desk.team, channel, thread);
  if (conversation === undefined) return;
  await intake.take({
    event: {
      id: `stopped:${channel}:${thread}:${event_ts}`,
      conversation,
      at: desk.clock.now(),
      kind: "pressed",
      action: "stop",
    },
    aside: { user, channel, thread },
    channel,
    isDirect: channel.startsWith("D"),
  });
}
