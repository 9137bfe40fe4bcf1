/**
 * Keeps passwords out of what is printed.
 *
 * @module
 */

/** A URL of a database up to its password, wherever it stands in a text; not that of an example. */
const WITH_PASSWORD = /\b((?:postgres(?:ql)?|mysql|mariadb):\/\/[^\s:/@]*):(?!password@)[^\s"]*@/gi;

/** A text without passwords of database URLs, as those which somebody gave to the wrong option. */
export function hidePasswords(text: string): string {
  return text.replace(WITH_PASSWORD, "$1:***@");
}
