/** Buttons and menus carry `action` back as an event, with `value` where one of several is meant. */
export type Button = { action: string; label: string; value?: string; style?: "primary" | "danger" };

/**
 * A neutral piece of a message, in one language, before a platform draws it. Inline text may use `**bold**`, `*italic*`,
 * `` `code` `` and nothing else; links are `{ title, url }` sources, drawn by the platform.
 */
export type Block =
  | { kind: "heading"; level: 1 | 2 | 3; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "list"; items: string[]; ordered?: boolean }
  | { kind: "table"; columns: string[]; rows: string[][]; align?: ("left" | "right")[] }
  | { kind: "code"; language: string; text: string; title?: string }
  | { kind: "file"; name: string; content: Uint8Array | string; mime: string; caption?: string }
  | { kind: "image"; name: string; content: Uint8Array; alt: string }
  /** One question with its choices; free text is always accepted too. */
  | { kind: "choice"; id: string; prompt: string; options: Button[]; selected?: string }
  | { kind: "actions"; id: string; buttons: Button[] }
  | { kind: "notice"; tone: "info" | "warning" | "error" | "success"; text: string }
  /** Where something was read; a line of small print. */
  | { kind: "sources"; sources: { title: string; url?: string }[] }
  | { kind: "divider" };

/** What one platform can carry; `split` makes blocks that fit. Lengths are in UTF-16 units. */
export type Limits = {
  /** Longest text of one block and of one whole message. */
  blockText: number;
  messageText: number;
  blocksPerMessage: number;
  tableRows: number;
  tableColumns: number;
  tableCharacters: number;
  options: number;
  buttons: number;
  files: boolean;
  fileBytes: number;
  /** A file is a message of its own. */
  filesAlone?: boolean;
  /** Tables in one message; as many as fit where it is absent. */
  tables?: number;
  /** A file shown as code that is longer than this is sent as a file instead; never where it is absent. */
  codeText?: number;
};
