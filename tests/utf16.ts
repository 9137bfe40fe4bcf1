/**
 * Text in UTF-16, as PowerShell's redirection and old editors write it.
 *
 * @module
 */

/** Encodes text as UTF-16 with a byte order mark. */
export function utf16(
  text: string,
  { bigEndian }: { bigEndian: boolean },
): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  const marked = `\ufeff${text}`;
  for (let at = 0; at < marked.length; at++) {
    view.setUint16(2 * at, marked.charCodeAt(at), !bigEndian);
  }
  return new Uint8Array(view.buffer);
}

/** Encodes text in both byte orders, each with a byte order mark. */
export function inUtf16(text: string): Uint8Array<ArrayBuffer>[] {
  return [false, true].map((bigEndian) => utf16(text, { bigEndian }));
}
