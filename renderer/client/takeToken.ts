/** The part of `window` that holds a token: its address, its history and what lives as long as its tab. */
export type TokenHolder = {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string }
  readonly history: { replaceState(state: unknown, title: string, url: string): void }
  readonly sessionStorage: {
    getItem(key: string): string | null
    setItem(key: string, value: string): void
  }
}

const key = 'unstuck.token'

/** The token of a remote host, or `''`. It is taken out of the address at once, so that it is neither shared nor bookmarked. */
export function takeToken({ location, history, sessionStorage }: TokenHolder): string {
  const found = /^#token=([^&]+)(?:&(.*))?$/.exec(location.hash)
  if (found?.[1] === undefined) return sessionStorage.getItem(key) ?? ''
  sessionStorage.setItem(key, decodeURIComponent(found[1]))
  const rest = found[2] === undefined ? '' : `#${found[2]}`
  history.replaceState(null, '', `${location.pathname}${location.search}${rest}`)
  return decodeURIComponent(found[1])
}
