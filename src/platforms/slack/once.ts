/** Does what belongs to one id once, however often it comes; what failed may come again. Keeps so many of the newest. */
export function createOnce<T>(most: number) {
  const known = new Map<string, Promise<T>>();
  return (id: string, job: () => Promise<T>): Promise<T> => {
    const before = known.get(id);
    if (before) return before;
    const running = job();
    known.set(id, running);
    if (known.size > most) known.delete(known.keys().next().value!);
    running.catch(() => known.delete(id));
    return running;
  };
}
