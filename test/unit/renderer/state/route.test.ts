import { describe, expect, test } from 'vitest'
import { decodeRoute } from '../../../../renderer/state/decodeRoute.ts'
import { encodeRoute, type Route } from '../../../../renderer/state/route.ts'

const routes: readonly Route[] = [
  { kind: 'runs', view: 'all', text: '' },
  { kind: 'runs', view: 'failed', text: 'etl & more? #1' },
  { kind: 'runs', view: 'all', text: 'status:failed state:"/a b"=7', groupBy: 'error' },
  {
    kind: 'runs',
    view: 'waiting',
    text: '',
    sort: { column: 'id', descending: false },
    columns: ['status!', 'id:180'],
  },
  {
    kind: 'run',
    document: 'etl-1',
    format: 'unstuck',
    tab: 'timeline',
    step: null,
    checkpoint: null,
  },
  {
    kind: 'run',
    document: 'runs/old files/etl 7%.json',
    format: 'unstuck-v2',
    tab: 'raw',
    step: 'load[3]',
    checkpoint: 'cp-1',
  },
  { kind: 'compare', left: null, right: null },
  {
    kind: 'compare',
    left: { document: 'a', format: 'unstuck', checkpoint: 'cp-1' },
    right: { document: 'b/c.json', format: 'unstuck-v1', checkpoint: null },
  },
  { kind: 'start', definition: null },
  { kind: 'start', definition: 'flows/my etl.yaml' },
  { kind: 'resume', document: 'etl-1', from: null, step: null },
  { kind: 'resume', document: 'etl-1', from: 'cp-2', step: null },
  { kind: 'resume', document: 'etl-1', from: null, step: 'charge-card' },
  { kind: 'resumeMany', view: 'all', text: '', runs: null, except: [] },
  { kind: 'resumeMany', view: 'failed', text: 'error:"a b"', runs: null, except: ['pay-3'] },
  { kind: 'resumeMany', view: 'all', text: '', runs: ['pay-1', 'pay-2'], except: [] },
  { kind: 'batches', batch: null },
  { kind: 'batches', batch: '20260102t030405-ab12cd' },
  { kind: 'edit', document: 'pay-1' },
  { kind: 'editMany', runs: ['pay-1', 'pay-2'] },
  { kind: 'repair', document: 'etl-1' },
  { kind: 'check' },
  { kind: 'migrate', document: null },
  { kind: 'migrate', document: 'runs/etl-7.json' },
  { kind: 'cleanup', tab: 'policy' },
  { kind: 'cleanup', tab: 'trash' },
  { kind: 'cleanup', tab: 'storage' },
  { kind: 'operations', run: null, call: null, state: null, text: '' },
  { kind: 'operations', run: 'etl-1', call: 'edit.apply', state: 'failed', text: 'a b' },
]

describe('route', () => {
  test.each(routes)('an address says the whole route: $kind', (route) => {
    expect(decodeRoute(encodeRoute(route))).toEqual(route)
  })

  test('[L190] the order and the columns are in the address, and the usual order is not', () => {
    const list = decodeRoute('#/runs/failed?group=error&sort=-duration&columns=id,reason')
    expect(list).toEqual({
      kind: 'runs',
      view: 'failed',
      text: '',
      groupBy: 'error',
      sort: { column: 'duration', descending: true },
      columns: ['id', 'reason'],
    })
    expect(encodeRoute(decodeRoute('#/runs/all?sort=-since'))).toBe('#/runs/all')
    expect(encodeRoute(decodeRoute('#/runs/all?sort=nothing&columns=,'))).toBe('#/runs/all')
  })

  test('a run of the own format has a short address', () => {
    const route = decodeRoute('#/run/etl-1/timeline?step=load')
    expect(encodeRoute(route)).toBe('#/run/etl-1/timeline?step=load')
  })

  test.each(['', '#', '#/', '#/nowhere', '#/run', '#/run/', '#/runs/unknown', '#/%E0%A4%A'])(
    'what cannot be read is the list of runs: "%s"',
    (hash) => expect(decodeRoute(hash)).toEqual({ kind: 'runs', view: 'all', text: '' }),
  )

  test('an unknown tab is the first tab, an unknown format the own one', () => {
    expect(decodeRoute('#/run/etl-1/nothing?format=nothing')).toEqual({
      kind: 'run',
      document: 'etl-1',
      format: 'unstuck',
      tab: 'timeline',
      step: null,
      checkpoint: null,
    })
  })
})
