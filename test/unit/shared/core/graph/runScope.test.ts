import { expect, test } from 'vitest'
import { runScope } from '../../../../../shared/core/graph/runScope.ts'
import { makeAttempt, makeRun, makeStep } from '../resume/makeRun.ts'

test('[W13] an output of a workflow sees each step with its status, output, error and attempts', () => {
  const error = { name: 'ExitCode', message: 'no', code: '2', stack: 'at a' }
  const attempts = [makeAttempt(1, { error: null }), makeAttempt(2, { error })]
  const run = makeRun({
    steps: {
      ok: makeStep('succeeded', { output: 7, attempts }),
      bad: makeStep('failed', { attempts }),
      odd: makeStep('failed', { attempts: [] }),
    },
  })
  expect(runScope(run)).toEqual({
    inputs: {},
    variables: {},
    run: { id: run.id, workflow: 'shop', version: '1' },
    steps: {
      ok: { status: 'succeeded', output: 7, error: null, attempts: 2 },
      bad: {
        status: 'failed',
        output: null,
        error: { name: 'ExitCode', message: 'no', code: '2' },
        attempts: 2,
      },
      odd: { status: 'failed', output: null, error: null, attempts: 0 },
    },
  })
})
