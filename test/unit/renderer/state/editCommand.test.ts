import { expect, test } from 'vitest'
import { editCommand } from '../../../../renderer/state/editCommand.ts'
import { Edit } from '../../../../shared/core/edit/edit.ts'

const one = { document: 'states/a b.json', item: null }
const many = { document: 'store.json', item: '3' }
const set = edit({ kind: 'set', path: '/inputs/n', json: '7.0' })

test('[L201] [L315] edits are said as a command line, with the reason once there is one', () => {
  expect([editCommand([one], [set], ' '), editCommand([many], [set], 'so it is')]).toEqual([
    "unstuck edit 'states/a b.json' --set /inputs/n=7.0",
    "unstuck edit 'store.json#3' --set /inputs/n=7.0 --reason 'so it is' --apply",
  ])
})

test('[L315] so are edits of steps, and one edit of many runs', () => {
  const steps = [
    edit({ kind: 'succeed', step: 'charge', json: '{"id": 1}' }),
    edit({ kind: 'fail', step: 'mail', message: 'no answer' }),
    edit({ kind: 'skip', step: 'log' }),
    edit({ kind: 'reset', step: 'sum', dependents: false }),
  ]
  const runs = [run('r-1'), run('-r')]
  expect([editCommand([run('r-1')], [set, ...steps], ''), editCommand(runs, [set], '')]).toEqual([
    `unstuck edit r-1 --set /inputs/n=7.0 --succeed 'charge={"id": 1}' --fail 'mail=no answer' --skip log --reset sum --keep-dependents`,
    'unstuck edit --set /inputs/n=7.0 -- r-1 -r',
  ])
})

test('[L201] [L315] what options would do otherwise is not offered as a command line', () => {
  const remove = edit({ kind: 'remove', path: '/inputs/n' })
  const reset = (dependents: boolean) => edit({ kind: 'reset', step: 'sum', dependents })
  const odd = edit({ kind: 'set', path: '/inputs/a=b', json: '1' })
  const lots = Array.from({ length: 51 }, (_, index) => run(`r-${index}`))
  expect([
    editCommand([one], [remove, set], 'why'),
    editCommand([one], [reset(true), reset(false)], 'why'),
    editCommand([one], [odd], 'why'),
    editCommand(lots, [set], 'why'),
  ]).toEqual([null, null, null, null])
})

function edit(from: unknown): Edit {
  return Edit.parse(from)
}

function run(document: string) {
  return { document, item: null }
}
