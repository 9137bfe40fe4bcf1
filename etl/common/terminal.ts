/** Results go to `out`, everything else to `err`. */
export interface Terminal {
  /** A path that opens stdout, if it is not a terminal and the system has one. */
  readonly outPath?: string | undefined;
  readonly out: (chunk: string | Uint8Array) => void;
  readonly err: (text: string) => void;
  readonly input: ReadableStream<Uint8Array>;
  readonly isTerminal: { readonly in: boolean; readonly out: boolean; readonly err: boolean };
  /** Returns the width in characters; 80 if it is unknown. */
  readonly columns: () => number;
  /** Asks for a secret without echo; missing if there is no terminal. */
  readonly askSecret?: (message: string) => string | null;
  /** Whether stderr shows colour: it is a terminal and `NO_COLOR` is not set. */
  readonly color: boolean;
}
