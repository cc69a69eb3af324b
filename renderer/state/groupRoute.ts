import type { RunGroup } from '../../shared/contract/runList.ts'
import { writeTerm } from '../../shared/core/query/writeTerm.ts'
import type { Route } from './route.ts'

type RunsRoute = Route & { readonly kind: 'runs' }

/** The runs of a group, within what is asked for already. */
export function groupRoute(
  { groupBy: _groupBy, ...route }: RunsRoute,
  { filter }: Pick<RunGroup, 'filter'>,
): RunsRoute {
  const { text } = route
  const terms = filter.map(writeTerm).filter((term) => !text.includes(term))
  return { ...route, text: [text, ...terms].filter((part) => part !== '').join(' ') }
}

/** Where all of these runs are resumed together. */
export function resumeRoute({ view, text }: RunsRoute): Route & { readonly kind: 'resumeMany' } {
  return { kind: 'resumeMany', view, text, runs: null, except: [] }
}
