/** Sends and counts concurrently. The first error stops both and is thrown after both end. */
export async function together<T>(
  signal: AbortSignal,
  { send, count }: {
    send: (signal: AbortSignal) => Promise<void>;
    count: (signal: AbortSignal) => Promise<T>;
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
