// The terminal, or the files and pipes in its place.

/** Results go to `out`, everything else to `err`. */
export interface Terminal {
  /** A path by which stdout can be opened, where it is no terminal and the system has one. */
  readonly outPath?: string | undefined;
  /** To stdout, exactly as given. */
  readonly out: (chunk: string | Uint8Array) => void;
  /** To stderr, exactly as given. */
  readonly err: (text: string) => void;
  /** Standard input. */
  readonly input: ReadableStream<Uint8Array>;
  readonly isTerminal: { readonly in: boolean; readonly out: boolean; readonly err: boolean };
  /** In characters; 80 where it is unknown. */
  readonly columns: () => number;
  /** Asks for a secret without echo; missing where nobody can be asked. */
  readonly askSecret?: (message: string) => string | null;
  /** Whether stderr shows colour: a terminal, and no `NO_COLOR`. */
  readonly color: boolean;
}
