// Where the user is: the address bar is the truth, this store follows it.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { decodeRoute } from './decodeRoute.ts'
import { encodeRoute, home, type ListRoute, type Route } from './route.ts'

export type NavigationState = {
  readonly route: Route
  /** The list of runs as it was left: its view, its filter, its groups and its order. */
  readonly list: ListRoute
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
        set(at(decodeRoute(bar.location.hash)))
      }
    }
    return {
      list: home,
      ...at(decodeRoute(bar.location.hash)),
      go: (route) => {
        if (encodeRoute(route) === encodeRoute(get().route)) return
        bar.history.pushState(null, '', encodeRoute(route))
        set(at(route))
      },
      replace: (route) => {
        bar.history.replaceState(null, '', encodeRoute(route))
        set(at(route))
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

function at(route: Route): Partial<Pick<NavigationState, 'list'>> & Pick<NavigationState, 'route'> {
  return route.kind === 'runs' ? { route, list: route } : { route }
}
