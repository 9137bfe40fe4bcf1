// Names of options.

/** The name of an option on the command line: `pageSize` is `page-size`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
