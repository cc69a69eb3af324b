import { encodeRoute, type Route } from '../../state/route.ts'

/** Address of a view: for the application where this is its window, else for a browser. */
export function linkTo(route: Route, window: Window): string {
  const hash = encodeRoute(route)
  if (window.unstuck) return `unstuck://${hash.slice('#/'.length)}`
  return `${window.location.origin}${window.location.pathname}${hash}`
}
