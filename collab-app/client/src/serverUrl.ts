/** The URL of a path on the server; a path in `baseUrl` is kept in front. Needs `baseUrl` where there is no page. */
export function serverUrl(baseUrl: string | undefined, path: string): URL {
  const base = baseUrl ?? pageOrigin();
  return new URL(`${base.replace(/\/+$/, '')}${path}`);
}

function pageOrigin(): string {
  if (typeof location === 'undefined') throw new TypeError('baseUrl: absent (expected: a URL, where there is no page)');
  return location.origin;
}
