/** The RFC 6901 pointer of a path of keys and indices; `pointer()` is the whole document. */
export function pointer(...tokens: readonly (string | number)[]): string {
  let path = ''
  for (const token of tokens) path += pointerStep(token)
  return path
}

/** What one key or index adds to the pointer of what holds it. */
export function pointerStep(token: string | number): string {
  return `/${typeof token === 'number' ? token : escapeToken(token)}`
}

/** The keys and indices of a pointer, unescaped; the inverse of `pointer`. */
export function tokensOf(path: string): readonly string[] {
  if (path === '') return []
  return path
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Whether a pointer names `above` itself or something inside it. */
export function isAtOrBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`)
}

function escapeToken(token: string): string {
  if (!token.includes('~') && !token.includes('/')) return token
  return token.replaceAll('~', '~0').replaceAll('/', '~1')
}
