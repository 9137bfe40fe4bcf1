// Two things that only make sense together: when one fails, the other is stopped.

/**
 * Sends and counts at the same time; gives what was counted. Throws the fault of the one that failed
 * first, when both have ended.
 */
export async function together<T>(
  signal: AbortSignal,
  { send, count }: {
    readonly send: (signal: AbortSignal) => Promise<void>;
    readonly count: (signal: AbortSignal) => Promise<T>;
  },
): Promise<T> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const faults: unknown[] = [];
  const guard = async <R>(work: (signal: AbortSignal) => Promise<R>): Promise<R | undefined> => {
    try {
      return await work(either);
    } catch (error) {
      faults.push(error);
      stop.abort();
      return undefined;
    }
  };
  const [, counted] = await Promise.all([guard(send), guard(count)]);
  if (faults.length > 0) throw faults[0];
  return counted as T;
}
