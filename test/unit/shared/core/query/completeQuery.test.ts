import { expect, test } from 'vitest'
import { completeQuery } from '../../../../../shared/core/query/completeQuery.ts'

const known = { workflow: ['etl', 'my flow', 'payments'] }
const offered = (text: string, caret = text.length) =>
  completeQuery(text, caret, known).map((one) => one.label)

test('[L84] fields are offered by the start of their names, then their values', () => {
  expect(offered('sta')).toEqual(['Status', 'State', 'In this state for'])
  expect(offered('status:fa')).toEqual(['failed'])
  expect(offered('-workflow:')).toEqual(['etl', 'my flow', 'payments'])
  expect(offered('pinned:')).toEqual(['yes', 'no'])
  expect(offered('age>')).toEqual(['10m', '1h', '24h', '7d'])
  expect(offered('')).toContain('Workflow')
  expect(offered('nothing')).toEqual([])
})

test('[L84] what is taken replaces what was begun, wherever the caret is', () => {
  const [status] = completeQuery('etl sta age>1h', 7, known)
  expect(status).toMatchObject({ text: 'etl status: age>1h', caret: 11 })
  const [, flow] = completeQuery('workflow:', 9, known)
  expect(flow).toMatchObject({ text: 'workflow:"my flow"', caret: 18 })
  const [second] = completeQuery('workflow:etl,pay', 16, known)
  expect(second?.text).toBe('workflow:etl,payments')
  expect(offered('workflow:etl,')).toEqual(['my flow', 'payments'])
})
