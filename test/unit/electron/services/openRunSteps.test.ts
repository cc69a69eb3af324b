import { afterEach, describe, expect, test } from 'vitest'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { childrenOf } from '../../../../electron/services/openRunChildren.ts'
import { countItems, stepFactsOf } from '../../../../electron/services/openRunSteps.ts'
import { readWorkflow } from '../../../../electron/services/readWorkflow.ts'
import { StepId } from '../../../../shared/schema/ids.ts'
import type { JournalRecord } from '../../../../shared/schema/journal.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench | null = null
afterEach(() => bench?.close())

const id = (text: string) => StepId.parse(text)
const state = (status: 'pending' | 'failed' | 'succeeded', item?: string) => ({
  status,
  attempts: [],
  output: null,
  waitingOn: null,
  skippedBy: null,
  ...(item === undefined ? {} : { item }),
})

function waits(step: string, run: string): JournalRecord {
  const record = { type: 'stepWaiting', step: id(step), waitingOn: { kind: 'run', run } }
  return { kind: 'known', record } as JournalRecord // what the function looks at
}

function runWith(steps: { readonly [step: string]: object }): Run {
  const each = { run: 'true', forEach: ['a', 'b'], retry: { attempts: 3 }, title: 'Each of them' }
  const definition = { name: 'etl', steps: { each, ask: { gate: {} } } }
  return { workflow: { definition }, steps } as unknown as Run // what the functions look at
}

describe('the steps of a run that is opened', () => {
  test('[L28] an item is what its step is, with what it is about', () => {
    const run = runWith({ 'each[1]': state('pending', 'b') })
    expect(stepFactsOf(run, id('each[1]'))).toEqual({
      title: 'Each of them',
      needs: [],
      sideEffects: 'undeclared',
      kind: 'run',
      attemptsAllowed: 3,
      item: '"b"',
    })
    expect(stepFactsOf(run, id('ask'))).toMatchObject({ kind: 'gate', sideEffects: 'none' })
  })

  test('[L42] a step is shown with the condition under which it runs', () => {
    const definition = { name: 'etl', steps: { load: { run: 'true', when: 'inputs.go' } } }
    const run = { workflow: { definition }, steps: {} } as unknown as Run // what the function looks at
    expect(stepFactsOf(run, id('load'))).toMatchObject({ kind: 'run', when: 'inputs.go' })
  })

  test('[L28] items are counted by status', () => {
    const steps = {
      each: state('pending'),
      'each[0]': state('failed'),
      'each[1]': state('succeeded'),
      'each[2]': state('succeeded'),
    }
    expect([...countItems(runWith(steps))]).toEqual([['each', { failed: 1, succeeded: 2 }]])
  })

  test('[L29] of each step the last run that it began is named', () => {
    const records = [waits('a', 'first'), waits('b', 'other'), waits('a', 'second')]
    expect(childrenOf(records)).toEqual([
      { step: 'a', run: 'second' },
      { step: 'b', run: 'other' },
    ])
  })

  test('[L30] the steps of a definition stand behind what they need', async () => {
    bench = await createWorkbench()
    const steps = {
      last: { run: 'true', needs: ['first'], when: 'true', sideEffects: 'idempotent' },
      first: { http: 'https://example.org' },
    }
    await writeFile(join(bench.root, 'flow.json'), JSON.stringify({ name: 'flow', steps }))
    const read = await readWorkflow(bench.context, { definition: 'flow.json' })
    expect(read.steps.map((step) => [step.id, step.conditional, step.sideEffects])).toEqual([
      ['first', false, 'none'],
      ['last', true, 'idempotent'],
    ])
  })
})
