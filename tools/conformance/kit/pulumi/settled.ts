/**
 * Waits until no operation is in progress any more. One operation starts the next a few turns of the event loop later, so several turns in
 * a row have to be quiet. Turns are counted, not time, because a busy machine may run no turn in a given time.
 */
export async function settled(underWay: ReadonlySet<Promise<unknown>>): Promise<void> {
  for (let quiet = 0; quiet < 5; quiet += 1) {
    if (underWay.size > 0) quiet = 0;
    await Promise.allSettled(underWay);
    await new Promise((wake) => setTimeout(wake, 3));
  }
}
