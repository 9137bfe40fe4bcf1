// The terminal that a person sits at, or the files and pipes in its place.

/** The terminal, as commands see it. Results go to `out`, everything else to `err`. */
export interface Terminal {
  /** The path that stdout can be opened by, where it is no terminal and the system has one. */
  readonly outPath?: string;
  /** Writes a result to stdout, exactly as given. */
  readonly out: (chunk: string | Uint8Array) => void;
  /** Writes for the person at the keyboard, to stderr, exactly as given. */
  readonly err: (text: string) => void;
  /** Standard input, as bytes. */
  readonly input: ReadableStream<Uint8Array>;
  /** Which of the three are a terminal. */
  readonly isTerminal: { readonly in: boolean; readonly out: boolean; readonly err: boolean };
  /** Width in characters; 80 where it cannot be known. */
  readonly columns: () => number;
  /** Asks for a secret that is not echoed; missing where nobody can be asked. */
  readonly askSecret?: (message: string) => string | null;
  /** Whether stderr shows colour: a terminal, and no `NO_COLOR`. */
  readonly color: boolean;
}
