/** Processes all items, at most `atATime` at a time, and yields the results in the order of the items. */
export async function* inOrder<T, R>(
  items: readonly T[],
  atATime: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const started: Promise<R>[] = [];
  for (let index = 0; index < items.length; index += 1) {
    for (const item of items.slice(started.length, index + atATime)) {
      const result = work(item);
      result.catch(() => {}); // it is thrown when its turn comes
      started.push(result);
    }
    const result = started[index];
    if (result !== undefined) yield await result;
  }
}
