import { expect, test } from 'vitest'
import { startCommand } from '../../../../../renderer/features/start/startCommand.ts'
import { fieldsOf } from '../../../../../shared/core/form/fieldsOf.ts'

const path = 'flows/my etl.yaml'

test('[L27] the command line starts what the form would', () => {
  const fields = [
    ...fieldsOf({ who: { type: 'string' }, note: 'x', count: 3, list: { type: 'json' } }),
  ]
  expect(startCommand({ path, fields }, { who: '@ada', count: '4', list: '"3"' })).toBe(
    `unstuck run 'flows/my etl.yaml' --input who=@@ada --input count=4 --input 'list="3"'`,
  )
})

test('[L27] what is not right yet, and what is left to its default, is left out', () => {
  const fields = [...fieldsOf({ count: { type: 'integer', default: 1 }, other: { type: 'json' } })]
  expect(startCommand({ path: 'a.yaml', fields }, { other: '{' })).toBe('unstuck run a.yaml')
})
