import { expect, it } from 'vitest'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import { listOf, rowOf, unstuck } from './cliDouble.ts'

const hour = 3_600_000
const nowMs = Date.parse('2026-01-02T04:04:05.678Z')

async function askedBy(argv: readonly string[]) {
  const asked: HandlerInput<'run.list'>[] = []
  const said = await unstuck(['list', ...argv], {
    'run.list': async (input, options) => {
      asked.push(input)
      return listOf([rowOf('a-1')])({ ...input, text: '' }, options)
    },
    'view.list': async () => ({ views: [saved] }),
  })
  return { ...said, asked: asked[0] }
}

const saved = {
  name: 'Stuck payments',
  view: 'attention',
  text: 'workflow:payments card',
  sort: { column: 'duration', descending: true },
  groupBy: null,
  columns: null,
} as const

it('[L86] options and a query are the conditions of the filter bar', async () => {
  const argv = ['--status', 'failed', '--status', 'paused', '--workflow', 'etl', '--text', 'disk']
  const { asked } = await askedBy([...argv, '--query', 'age>1h full', '--where', '/inputs/id=a b'])

  expect(asked).toMatchObject({
    view: 'all',
    text: 'disk full',
    filter: [
      { field: 'since', from: null, to: nowMs - hour },
      { field: 'status', values: ['failed', 'paused'] },
      { field: 'workflow', values: ['etl'] },
      { kind: 'state', path: '/inputs/id', op: 'equals', value: 'a b' },
    ],
  })
})

it('[L86] a saved view is asked for by its name, with what is given besides', async () => {
  const { asked } = await askedBy(['--view', 'Stuck payments', '--status', 'failed'])

  expect(asked).toMatchObject({
    view: 'attention',
    text: 'card',
    sort: saved.sort,
    filter: [
      { field: 'workflow', values: ['payments'] },
      { field: 'status', values: ['failed'] },
    ],
  })
})

it('[L86] a filter that says nothing is refused, and no list is shown', async () => {
  expect(await askedBy(['--query', 'statsu:failed'])).toMatchObject({
    exit: 2,
    out: '',
    err: 'unstuck: --query: There is no filter “statsu”. Did you mean status?\n',
    asked: undefined,
  })
  expect(await askedBy(['--view', 'Payments'])).toMatchObject({ exit: 2, asked: undefined })
})

it('[L86] groups are told as a table, the largest first', async () => {
  const group = {
    workflow: 'etl',
    newestAt: '2026-01-02T03:04:05.678Z',
    filter: [],
  }
  const { out } = await unstuck(['list', '--group-by', 'version'], {
    'run.groups': async () => ({
      groups: [
        { ...group, value: '2\u001B[2J', count: 7, statuses: { failed: 5, paused: 2 } },
        { ...group, value: null, count: 1, statuses: { 'old-version': 1 } },
      ],
      total: 3,
      runs: 9,
    }),
  })

  expect(out).toBe(`RUNS  CHANGED  VERSION         STATUSES
7     1 h      etl 2\\u001b[2J  failed 5, paused 2
1     1 h      etl -           old-version 1

2 of 3 groups, 9 runs
`)
})
