import { z } from "zod";

const ids = (what: string) =>
  z
    .string()
    .default("")
    .transform((list) => list.split(/[\s,]+/).filter((id) => id !== ""))
    .pipe(
      z.array(
        z.string().regex(/^\d{15,21}$/, "must be ids, such as 812345678901234567, with commas between"),
      ),
    )
    .describe(`Ids of ${what}; without any, all`);

/** The settings of Discord. */
export const env = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(/^[\w-]{18,}\.[\w-]{4,}\.[\w-]{20,}$/, "must be a bot token: three parts with dots between")
    .describe("Token of the bot, from the page Bot of the application"),
  DISCORD_ALLOWED_SERVERS: ids("servers in which the bot answers"),
  DISCORD_ALLOWED_CHANNELS: ids("channels or categories in which it answers, threads included"),
  DISCORD_ALLOWED_ROLES: ids("roles whose members it answers"),
  DISCORD_ALLOWED_USERS: ids("people it answers, besides the members of those roles"),
  DISCORD_API_URL: z
    .url()
    .transform((url) => url.replace(/\/+$/, ""))
    .optional()
    .describe("A gateway in front of Discord's API, instead of https://discord.com/api"),
});
export type Env = z.infer<typeof env>;
