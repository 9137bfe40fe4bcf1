const SCHEME = String.raw`\b((?:postgres(?:ql)?|mysql|mariadb):\/\/[^\s:/@]*):(?!password@)`;

/** Matches a database URL up to the end of its password, unless it is debr's example URL. */
const WITH_PASSWORD = new RegExp(`${SCHEME}[^\\s"]*@`, "gi");

/** Matches a quoted URL, where a password can contain spaces and escaped quotes. */
const QUOTED = new RegExp(`(?<=")${SCHEME}(?:[^"\\\\]|\\\\.)*@`, "gi");

/** Hides the passwords of database URLs, for example of a URL in the wrong option. */
export function hidePasswords(text: string): string {
  return text.replace(QUOTED, "$1:***@").replace(WITH_PASSWORD, "$1:***@");
}
