import type { Offer } from '../../state/offers.ts'
import { runRoute, type Route } from '../../state/route.ts'
import type { IconName } from '../../ui/Icon.tsx'
import { matching, type PaletteEntry } from './paletteEntry.ts'

const icons = {
  action: 'play',
  step: 'list',
  checkpoint: 'flag',
} as const satisfies Record<Offer['kind'], IconName>

/** Of actions that have one of their own. */
const actionIcons: Readonly<Record<string, IconName>> = {
  'last-good': 'compare',
  checkpoint: 'flag',
  annotate: 'tag',
  archive: 'archive',
  'bring back': 'archive',
  export: 'external',
  pause: 'pause',
  cancel: 'ban',
}

export function offerEntry({ kind, ...offer }: Offer): PaletteEntry {
  const own = kind === 'action' ? actionIcons[offer.id] : undefined
  return { ...offer, icon: own ?? icons[kind] }
}

export type PlaceFacts = {
  readonly offers: readonly Offer[]
  readonly route: Route
  readonly go: (route: Route) => void
  readonly text: string
}

/** Steps, checkpoints and paths of the run that is open; nothing before something is typed. */
export function placeEntries({ offers, route, go, text }: PlaceFacts): readonly PaletteEntry[] {
  if (text.trim() === '') return []
  const places = offers.filter(({ kind }) => kind !== 'action').map(offerEntry)
  return [...pathEntries(route, go, text.trim()), ...matching(places, text).slice(0, shownPlaces)]
}

const shownPlaces = 12

/** Whoever types a slash means a path in the state. */
function pathEntries(
  route: Route,
  go: (route: Route) => void,
  pointer: string,
): readonly PaletteEntry[] {
  if (route.kind !== 'run' || !pointer.startsWith('/')) return []
  const { document, format, item } = route
  const state = { ...runRoute(document, format), ...(item === undefined ? {} : { item }) }
  return [
    {
      id: 'path',
      title: `Go to ${pointer} in the state`,
      note: null,
      icon: 'list',
      disabled: null,
      run: () => go({ ...state, tab: 'state', pointer }),
    },
  ]
}
