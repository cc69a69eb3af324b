import { expect, test } from 'vitest'
import { partsOf, takeTyped } from '../../../../renderer/state/queryDraft.ts'
import { groupRoute } from '../../../../renderer/state/groupRoute.ts'

const take = (typed: string, caret: number | null = typed.length, terms: readonly string[] = []) =>
  takeTyped(terms, { typed, caret })

test('[L85] a term becomes a piece once the caret has left it, and words are asked for as they are typed', () => {
  expect(take('etl')).toEqual({ text: 'etl', typed: 'etl' })
  expect(take('etl status:fai')).toEqual({ text: 'etl', typed: 'etl status:fai' })
  expect(take('etl status:failed ')).toEqual({ text: 'status:failed etl', typed: 'etl ' })
  expect(take('etl status:failed', null)).toEqual({ text: 'status:failed etl', typed: 'etl ' })
  expect(take('age>1h ', 7, ['status:failed'])).toEqual({
    text: 'status:failed age>1h',
    typed: '',
  })
})

test('[L85] what is wrong becomes a piece too, so that it can be changed', () => {
  const { terms, words } = partsOf('statsu:failed etl age>1h')
  expect(words).toBe('etl')
  expect(terms).toMatchObject([
    { raw: 'statsu:failed', sentence: 'There is no filter “statsu”. Did you mean status?' },
    { raw: 'age>1h', label: 'In this state for', relation: 'more than', value: '1h' },
  ])
})

test('[L85] a group is opened within what is asked for already', () => {
  const group = {
    value: 'load: "…"',
    count: 2,
    statuses: { failed: 2 },
    newestAt: null,
    filter: [
      { kind: 'words' as const, field: 'error' as const, values: ['load: "…"'], isNot: false },
    ],
  }
  const route = { kind: 'runs', view: 'failed', text: 'age>1h', groupBy: 'error' } as const
  const opened = groupRoute(route, group)
  expect(opened).toEqual({ kind: 'runs', view: 'failed', text: 'age>1h error:"load: \\"…\\""' })
  expect(groupRoute(opened, group)).toEqual(opened)
})
