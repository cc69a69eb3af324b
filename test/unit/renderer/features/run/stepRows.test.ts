import { expect, test } from 'vitest'
import { StepView } from '../../../../../shared/contract/runs.ts'
import { matchSteps, noFilter } from '../../../../../renderer/features/run/matchSteps.ts'
import { stepRows, type StepRowsOptions } from '../../../../../renderer/features/run/stepRows.ts'
import { step } from '../../state/samples.ts'

const steps = [
  view('extract', { title: 'Read the orders' }),
  view('each', { status: 'failed', items: { succeeded: 2, failed: 1 } }),
  view('load', { status: 'pending' }),
  view('each[0]', {}),
  view('each[1]', { status: 'failed' }),
]
const closed: StepRowsOptions = { opened: new Set(), found: null, selected: null }

test('[L39] steps are found by name, title and status', () => {
  expect(matchSteps(steps, noFilter)).toBe(null)
  expect(matchSteps(steps, { text: ' ORDERS ', status: null })).toEqual(['extract'])
  expect(matchSteps(steps, { text: 'each', status: 'failed' })).toEqual(['each', 'each[1]'])
  expect(matchSteps(steps, { text: 'zz', status: null })).toEqual([])
})

test('[L39] items are shown where their step is opened, or one of them is selected', () => {
  expect(ids({})).toEqual(['extract', 'each', 'load'])
  const all = ['extract', 'each', 'each[0]', 'each[1]', 'load']
  expect(ids({ opened: new Set(['each']) })).toEqual(all)
  expect(ids({ selected: 'each[1]' })).toEqual(all)
})

test('[L39] what is found stands below its step', () => {
  const rows = stepRows(steps, { ...closed, found: ['each[1]'] })
  expect(rows.map((row) => [row.step.id, row.isItem, row.count, row.read])).toEqual([
    ['each', false, 3, 2],
    ['each[1]', true, 0, 0],
  ])
})

function ids(options: Partial<StepRowsOptions>): readonly string[] {
  return stepRows(steps, { ...closed, ...options }).map((row) => row.step.id)
}

function view(id: string, change: object): StepView {
  return StepView.parse({ ...step(id), ...change })
}
