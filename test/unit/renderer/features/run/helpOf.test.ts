import { describe, expect, test } from 'vitest'
import { helpOf } from '../../../../../renderer/features/run/helpOf.ts'
import { runRoute } from '../../../../../renderer/state/route.ts'
import type { RunDetail } from '../../../../../shared/contract/runs.ts'
import { DiagnosisAction } from '../../../../../shared/core/diagnose/diagnosis.ts'
import { detailOf } from '../../../electron/cli/cliDouble.ts'

type Kind = DiagnosisAction['kind']

function help(
  kind: Kind,
  given: {
    readonly detail?: Partial<RunDetail>
    readonly readOnly?: string
    readonly run?: string
    readonly isMain?: boolean
  } = {},
) {
  const { detail = {}, readOnly = null, run = null, isMain = false } = given
  const action = { kind, label: 'Help', step: 'load', run }
  const diagnosis = {
    rule: 'G14',
    severity: 'stuck',
    sentence: '',
    evidence: [],
    step: 'load',
  } as const
  const options = { detail: detailOf(detail), route: runRoute('r'), readOnly, isMain }
  return helpOf({ ...diagnosis, action, evidence: [] }, options)
}

const waitsFor: readonly Kind[] = ['upgrade', 'wait', 'none']

describe('what a person can press at a reason', () => {
  test('[G55] every action but waiting leads somewhere', () => {
    const without = DiagnosisAction.shape.kind.options.filter((kind) => help(kind) === null)
    expect(without).toEqual(waitsFor)
  })

  test('[G55] it leads to the step, the run, its bytes, its records or the policy', () => {
    const routes = [
      help('openStep'),
      help('openRun', { run: 'child' }),
      help('openRun'),
      help('openHistory'),
      help('cleanUp'),
    ].map((found) => (found?.press.kind === 'go' ? found.press.route : null))
    expect(routes).toMatchObject([
      { kind: 'run', document: 'r', tab: 'logs', step: 'load' },
      { kind: 'run', document: 'child', tab: 'timeline' },
      { kind: 'run', document: 'r', tab: 'raw' },
      { kind: 'run', document: 'r', tab: 'history' },
      { kind: 'cleanup' },
    ])
  })

  test.each([
    [{ readOnly: 'It cannot be written.' }, /^The workspace is read-only/],
    [{ detail: { archive: '.unstuck/archive/a' } }, /bring it back first/],
    [{ detail: { health: 'damaged' } }, /repair it first/],
    [{ detail: { liveness: 'alive' } }, /once it rests/],
  ] as const)('[G55] what cannot be pressed now says why', (given, why) => {
    expect(help('resume', given)?.refusal).toMatch(why)
    expect(help('openStep', given)?.refusal).toBeNull()
  })

  test('[L316] the one default of a damaged run is its repair, whatever else is in doubt', () => {
    const damaged = { health: 'damaged' } as const
    expect(help('resume', { detail: damaged, isMain: true })).toMatchObject({
      label: 'Plan a repair',
      icon: 'wrench',
      press: { kind: 'go', route: { kind: 'repair' } },
      refusal: null,
      note: expect.stringMatching(/repair it first/),
    })
    const readOnly = { detail: damaged, isMain: true, readOnly: 'It cannot be written.' }
    expect(help('resume', readOnly)?.refusal).toMatch(/^The workspace is read-only/)
  })
})
