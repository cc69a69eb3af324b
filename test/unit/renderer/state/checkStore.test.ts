import { expect, test } from 'vitest'
import { createCheckStore, shownRule } from '../../../../renderer/state/checkStore.ts'
import { findingRoute } from '../../../../renderer/state/findingRoute.ts'
import { runRoute } from '../../../../renderer/state/route.ts'
import type { CallOutput } from '../../../../shared/contract/contract.ts'
import type { Finding } from '../../../../shared/core/integrity/finding.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'
import { ref } from './samples.ts'

type Page = CallOutput<'run.checkAll'>
type Item = Page['items'][number]

const nowMs = Date.parse('2026-01-02T03:04:05.678Z')
const place = {
  file: 'head',
  offset: 7,
  line: 1,
  column: 8,
  pointer: '/run',
  remedy: null,
} as const

function finding(
  rule: string,
  severity: Finding['severity'],
  more: Partial<Finding> = {},
): Finding {
  return { rule, severity, sentence: `${rule} is broken.`, ...place, ...more }
}

function itemOf(item: string, findings: Finding[], more: Partial<Item> = {}): Item {
  const count = (severity: Finding['severity']) =>
    findings.filter((one) => one.severity === severity).length
  const counts = { error: count('error'), warning: count('warning'), info: count('info') }
  return { ref: ref(item), item, health: 'ok', counts, findings, problem: null, ...more }
}

const pages: readonly Page[] = [
  {
    items: [
      itemOf('a', [finding('I50', 'warning'), finding('I50', 'warning'), finding('I1', 'error')]),
      itemOf('b', []),
    ],
    around: [],
    rules: [{ id: 'I1', sentence: 'It holds.', remedy: 'Repair.' }],
    nextOffset: 2,
    total: 4,
  },
  {
    items: [
      itemOf('c', [finding('I50', 'warning')], { counts: { error: 0, warning: 3, info: 0 } }),
      itemOf('d', [], { problem: 'It cannot be read.' }),
    ],
    around: [{ path: 'logs/x', finding: finding('I76', 'info', { file: 'temporary' }) }],
    nextOffset: null,
    total: 4,
  },
]

test('[I93] pages become groups by rule, the worst first, with how many runs have each', async () => {
  const { client } = hostWith({
    'run.checkAll': async ({ offset }, { progress }) => {
      progress({ done: offset, total: 4, item: 'a' })
      return pages[offset === 0 ? 0 : 1] ?? { items: [], around: [], nextOffset: null, total: 0 }
    },
  })
  const store = createCheckStore(client, () => nowMs)
  await store.getState().check()

  const { result, checking, error } = store.getState()
  expect([checking, error]).toEqual([null, null])
  expect(result).toMatchObject({ checked: 4, flawed: 3, untold: 2, stoppedOf: null })
  expect(result?.at).toBe('2026-01-02T03:04:05.678Z')
  expect(result?.rules.map(({ rule, count, items }) => [rule, count, items])).toEqual([
    ['I1', 1, 1],
    ['unchecked', 1, 1],
    ['I50', 3, 2],
    ['I76', 1, 1],
  ])
  expect(result?.rules.slice(0, 2).map(({ says }) => says)).toEqual([
    { sentence: 'It holds.', remedy: 'Repair.' },
    null,
  ])
  store.getState().select('I50')
  const shown = result === null ? undefined : shownRule(result, store.getState().selected)
  expect(shown?.findings.map(({ item }) => item)).toEqual(['a', 'a', 'c'])
  expect(result?.rules[3]?.findings).toMatchObject([{ item: 'logs/x', ref: null }])
})

test('[I93] a finding leads to its bytes, else to its value, else to its run', () => {
  const route = runRoute('a')
  const lost = { offset: null, line: null, column: null }
  expect([
    findingRoute(route, finding('I1', 'error')),
    findingRoute(route, finding('I1', 'error', { ...lost, state: '/steps/x' })),
    findingRoute(route, finding('I70', 'error', { file: 'lock' })),
  ]).toEqual([
    { ...route, tab: 'raw', raw: { file: 'head', byte: 7 } },
    { ...route, tab: 'state', pointer: '/steps/x' },
    route,
  ])
})

test('[I94] one that was stopped keeps what was checked; one that failed says why', async () => {
  const asked: number[] = []
  const { client } = hostWith({
    'run.checkAll': ({ offset }, { signal }) => {
      asked.push(offset)
      if (offset === 0 && pages[0] !== undefined) return Promise.resolve(pages[0])
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Stopped.')))
      })
    },
  })
  const store = createCheckStore(client, () => nowMs)
  const checked = store.getState().check()
  await until(() => asked.length === 2)
  store.getState().cancel()
  await checked
  expect(store.getState()).toMatchObject({
    checking: null,
    error: null,
    result: { checked: 2, stoppedOf: 4 },
  })

  const failing = hostWith({
    'run.checkAll': () => Promise.reject(new AppError('io', 'The disk reports an error.')),
  })
  const other = createCheckStore(failing.client, () => nowMs)
  await other.getState().check()
  expect(other.getState()).toMatchObject({ checking: null, result: null, error: { code: 'io' } })
})
