// Keeps passwords out of messages.

const SCHEME = String.raw`\b((?:postgres(?:ql)?|mysql|mariadb):\/\/[^\s:/@]*):(?!password@)`;

/** A URL of a database up to the end of its password; not that of an example. */
const WITH_PASSWORD = new RegExp(`${SCHEME}[^\\s"]*@`, "gi");

/** The same in quotes, where a password may hold spaces and quotes that are escaped. */
const QUOTED = new RegExp(`(?<=")${SCHEME}(?:[^"\\\\]|\\\\.)*@`, "gi");

/** A text without passwords of database URLs, as those which somebody gave to the wrong option. */
export function hidePasswords(text: string): string {
  return text.replace(QUOTED, "$1:***@").replace(WITH_PASSWORD, "$1:***@");
}
