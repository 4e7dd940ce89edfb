import { MessageFlags } from "discord-api-types/v10";
import { type Loose, media } from "./components.ts";
import { fetched, type Mentioned, rings } from "./mentions.ts";
import type { Channel, Stored, World } from "./world.ts";

const LOOPBACK = /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])([:/]|$)/;

/** Writes down whom the bot's message rang, what it made clients fetch, and files nobody can see. */
export function witness(
  world: World,
  channel: Channel,
  stored: Stored,
  who: Mentioned,
  { edit = false } = {},
) {
  const { data } = stored;
  if (data.author.id !== world.bot.id) return;
  const where = { message: data.id, channel: channel.id };
  const roles = who.roles.filter((role) => rings(world, channel, data.author.id, role));
  if (who.users.length || roles.length || who.everyone) world.pings.push({ ...where, ...who, roles, edit });
  for (const url of fetched(data)) if (!url.startsWith(world.base)) fetchLink(world, { ...where, url });
  if (!((data.flags ?? 0) & MessageFlags.IsComponentsV2)) return;
  const shown = media((data.components ?? []) as unknown as Loose[]);
  for (const { filename, url } of data.attachments)
    if (!shown.includes(url))
      world.note("invisible-attachment", `${filename}: no component shows it`, {
        path: `/channels/${channel.id}/messages/${data.id}`,
      });
}

/** Looks a link up as a client would, as long as it leads nowhere outside this machine. */
function fetchLink(world: World, link: { message: string; channel: string; url: string }) {
  world.links.push(link);
  if (!LOOPBACK.test(link.url)) return;
  fetch(link.url, { signal: AbortSignal.timeout(5_000) })
    .then((response) => response.arrayBuffer())
    // A dead link is a link all the same; that it was looked up is what counts.
    .catch(() => undefined);
}
