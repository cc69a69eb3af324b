import { expect, test } from 'vitest'
import { resumeManyCommand } from '../../../../renderer/state/batchCommands.ts'
import {
  optionsOf,
  paceOf,
  questionKey,
  titleOf,
  type ManyChoices,
} from '../../../../renderer/state/resumeManyStore.ts'
import { StepId } from '../../../../shared/schema/ids.ts'

const charge = { workflow: 'pay', step: StepId.parse('charge') }
const choices: ManyChoices = {
  definition: 'recorded',
  stopAfter: '',
  answers: {},
  canary: '1',
  parallel: '4',
  isGuarded: true,
  reason: '',
}
const failed = {
  kind: 'resumeMany',
  view: 'failed',
  text: 'workflow:pay',
  runs: null,
  except: [],
} as const

test('[L281] an answer that is not valid yet is not given, and numbers out of range begin nothing', () => {
  const answers = { [questionKey(charge)]: { kind: 'happened', outputText: '{' } } as const

  expect(optionsOf({ ...choices, answers }).decisions).toEqual([])
  expect(paceOf({ ...choices, parallel: '0' })).toBeNull()
  expect(paceOf({ ...choices, canary: 'x' })).toBeNull()
  expect(paceOf({ ...choices, isGuarded: false })).toEqual({ canary: 1, parallel: 4, guard: null })
})

test('[L284] the command line does what the page does', () => {
  const answers = { [questionKey(charge)]: { kind: 'happened', outputText: '{"id":7}' } } as const
  const chosen = { ...failed, view: 'all', text: '', runs: ['pay-1', 'pay-2'] } as const

  expect(resumeManyCommand(failed, { ...choices, answers })).toBe(
    `unstuck resume --view failed --select workflow:pay --decide pay/charge=happened --output 'pay/charge={"id":7}' --canary 1 --parallel 4 --apply`,
  )
  expect(resumeManyCommand(chosen, { ...choices, isGuarded: false, stopAfter: 'ship' })).toBe(
    'unstuck resume pay-1 pay-2 --stop-after ship --canary 1 --parallel 4 --guard off --apply',
  )
  expect([titleOf(failed), titleOf(chosen)]).toEqual(['failed · workflow:pay', '2 chosen runs'])
})
