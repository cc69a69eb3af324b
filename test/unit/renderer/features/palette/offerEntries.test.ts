import { expect, test } from 'vitest'
import { placeEntries } from '../../../../../renderer/features/palette/offerEntries.ts'
import type { Offer } from '../../../../../renderer/state/offers.ts'
import { runRoute, type Route } from '../../../../../renderer/state/route.ts'

const offers: readonly Offer[] = [
  offer('action', 'Pause'),
  offer('step', 'price'),
  offer('checkpoint', 'price'),
]
const route = runRoute('payment-1')

test('[X90] steps and checkpoints of the run that is open are found by name, before anything is typed none', () => {
  expect(found('')).toEqual([])
  expect(found('pri')).toEqual(['step price', 'checkpoint price'])
  expect(found('pause')).toEqual([])
})

test('[X90] a path is gone to in the state of the run that is open', () => {
  const gone: Route[] = []
  const go = (to: Route) => void gone.push(to)
  const [entry] = placeEntries({ offers, route, go, text: ' /steps/price/output' })
  entry?.run()
  expect(gone).toEqual([{ ...route, tab: 'state', pointer: '/steps/price/output' }])
})

test('[X90] where no run is open there is no path to go to', () => {
  const runs: Route = { kind: 'runs', view: 'all', text: '' }
  expect(placeEntries({ offers: [], route: runs, go: () => undefined, text: '/steps' })).toEqual([])
})

function found(text: string): readonly string[] {
  return placeEntries({ offers, route, go: () => undefined, text }).map(({ id }) => id)
}

function offer(kind: Offer['kind'], title: string): Offer {
  return { kind, id: `${kind} ${title}`, title, note: null, disabled: null, run: () => undefined }
}
