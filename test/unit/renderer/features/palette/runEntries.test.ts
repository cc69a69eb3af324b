import { expect, test } from 'vitest'
import { namedFirst } from '../../../../../renderer/features/palette/runEntries.ts'
import { row } from '../../state/samples.ts'

const reason = {
  rule: 'G17',
  severity: 'attention',
  sentence: 'It goes on with a resume.',
} as const
const says = row('etl-7', { workflow: 'etl', status: 'paused', reason })
const named = row('run-1', { workflow: 'resume-billing' })

test('[L239] of the runs that fit what is typed those come first that are called so, behind all actions those that only say it', () => {
  expect(namedFirst([says, named], 'resume')).toEqual({ named: [named], others: [says] })
  expect(namedFirst([says, named], 'paused').named).toEqual([])
  expect(namedFirst([says, named], '').others).toEqual([])
})
