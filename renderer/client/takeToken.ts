import type { Proof } from './openConnection.ts'

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

/**
 * What this tab proves itself with. A token is taken out of the address at once, so that it is neither shared nor bookmarked,
 * and stays in the tab only until the host has given a session for it.
 */
export function takeToken({ location, history, sessionStorage }: TokenHolder): Proof {
  const proof: Proof = {
    get: () => sessionStorage.getItem(key) ?? '',
    keep: (secret) => sessionStorage.setItem(key, secret),
  }
  const found = /^#token=([^&]+)(?:&(.*))?$/.exec(location.hash)
  if (found?.[1] === undefined) return proof
  proof.keep(decodeURIComponent(found[1]))
  const rest = found[2] === undefined ? '' : `#${found[2]}`
  history.replaceState(null, '', `${location.pathname}${location.search}${rest}`)
  return proof
}

/** The token in what a person pasted: the whole address that the host printed, or the token alone. */
export function tokenIn(text: string): string {
  return /[#&]token=([^&\s]+)/.exec(text)?.[1] ?? text.trim()
}
