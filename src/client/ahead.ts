/**
 * Reads up to `count` values ahead of its consumer, so that the stages of a pipeline overlap. Errors come where the value
 * would have come.
 */
export async function* ahead<T>(source: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  const pending: Promise<IteratorResult<T>>[] = [];
  const fill = () => {
    while (pending.length < count) {
      const next = iterator.next();
      next.catch(() => undefined); // awaited below, in its turn
      pending.push(next);
    }
  };
  try {
    for (;;) {
      fill();
      const next = await pending.shift();
      if (next === undefined || next.done === true) return;
      fill();
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
