/** A Cache Storage in memory, as far as these pages use one. */
export function memoryCaches(): Pick<CacheStorage, 'open'> {
  const entries = new Map<string, string>();
  const cache = {
    put: async (name: string, response: Response) => {
      entries.set(name, await response.text());
    },
    match: (name: string) => {
      const text = entries.get(name);
      return Promise.resolve(text === undefined ? undefined : new Response(text));
    },
    keys: () => Promise.resolve([...entries.keys()].map((name) => new Request(`https://drafts.example${name}`))),
    delete: (name: string) => Promise.resolve(entries.delete(name)),
  };
  return { open: () => Promise.resolve(cache as unknown as Cache) };
}
