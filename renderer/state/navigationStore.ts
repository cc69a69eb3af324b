// Where the user is: the address bar is the truth, this store follows it.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { decodeRoute } from './decodeRoute.ts'
import { encodeRoute, type Route } from './route.ts'

export type NavigationState = {
  readonly route: Route
  /** Adds an entry to the history of the window. */
  readonly go: (route: Route) => void
  /** Replaces the entry: for what "back" should not have to undo, such as each letter of a search. */
  readonly replace: (route: Route) => void
  readonly back: () => void
  /** Follows the address; returns what stops it. */
  readonly open: () => () => void
}
export type NavigationStore = StoreApi<NavigationState>

/** The part of `window` that has an address. */
export type AddressBar = {
  readonly location: { readonly hash: string }
  readonly history: {
    pushState(state: unknown, title: string, url: string): void
    replaceState(state: unknown, title: string, url: string): void
    back(): void
  }
  addEventListener(type: 'popstate' | 'hashchange', listener: () => void): void
  removeEventListener(type: 'popstate' | 'hashchange', listener: () => void): void
}

export function createNavigationStore(bar: AddressBar): NavigationStore {
  return createStore<NavigationState>()((set, get) => {
    const follow = () => {
      if (bar.location.hash !== encodeRoute(get().route)) {
        set({ route: decodeRoute(bar.location.hash) })
      }
    }
    return {
      route: decodeRoute(bar.location.hash),
      go: (route) => {
        if (encodeRoute(route) === encodeRoute(get().route)) return
        bar.history.pushState(null, '', encodeRoute(route))
        set({ route })
      },
      replace: (route) => {
        bar.history.replaceState(null, '', encodeRoute(route))
        set({ route })
      },
      back: () => bar.history.back(),
      open: () => {
        bar.addEventListener('popstate', follow)
        bar.addEventListener('hashchange', follow)
        return () => {
          bar.removeEventListener('popstate', follow)
          bar.removeEventListener('hashchange', follow)
        }
      },
    }
  })
}
