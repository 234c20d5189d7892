import { ApiProblem } from './apiProblem.js';

/** The URL of a path on the server; a path in `baseUrl` is kept in front. Needs `baseUrl` where there is no page. */
export function serverUrl(baseUrl: string | undefined, path: string): URL {
  const base = baseUrl ?? pageOrigin();
  return new URL(`${base.replace(/\/+$/, '')}${path}`);
}

/**
 * True for an id that a path can carry, by the server's rule: browsers, proxies and servers take `.` and `..` between
 * slashes for a way to another path, however they are escaped. Half a character can't be escaped at all.
 */
export function isAddressable(id: string): boolean {
  return !/^$|(?:^|[/\\])\.{1,2}(?:[/\\]|$)|\p{Surrogate}/u.test(id);
}

/**
 * A path with these segments, each percent-encoded. Throws `ApiProblem` (404) for a segment that would lead to another
 * path.
 */
export function pathOf(...segments: readonly string[]): string {
  return segments
    .map((segment) => {
      if (isAddressable(segment)) return `/${encodeURIComponent(segment)}`;
      const detail = `${JSON.stringify(segment)} can't be part of a URL`;
      throw new ApiProblem({ status: 404, code: 'not_found', title: 'Not found', detail });
    })
    .join('');
}

function pageOrigin(): string {
  if (typeof location === 'undefined') throw new TypeError('baseUrl: absent (expected: a URL, where there is no page)');
  return location.origin;
}
