/** The application's own scheme and host: the only origin its window ever shows and its main process ever hears. */
export const scheme = 'app'
export const appOrigin = 'app://unstuck'
export const startUrl = `${appOrigin}/index.html`

/** A URL of a custom scheme has no `origin` in Node, so its parts are compared. */
export function isOurs(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && parsed.protocol === `${scheme}:` && parsed.host === 'unstuck'
}
