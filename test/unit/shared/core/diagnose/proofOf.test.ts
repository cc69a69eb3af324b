import { expect, test } from 'vitest'
import type { Diagnosis } from '../../../../../shared/core/diagnose/diagnosis.ts'
import { proofOf } from '../../../../../shared/core/diagnose/proofOf.ts'
import { noAction } from '../../../../../shared/core/diagnose/words.ts'

function reason(severity: Diagnosis['severity'], attempt?: number | null): Diagnosis {
  const row = { rule: 'G14', sentence: 'It is so.', evidence: [], action: noAction, step: null }
  if (attempt === undefined) return { ...row, severity }
  return { ...row, severity, log: attempt === null ? null : { step: 'build', attempt } }
}

const log = (attempt: number) => ({ step: 'build', attempt })

test('[G57] the log of the first reason is shown, else that of the first other one that is stuck', () => {
  expect(proofOf([reason('attention', 1), reason('stuck', 2)])).toEqual(log(1))
  expect(
    proofOf([reason('stuck'), reason('stuck', null), reason('stuck', 3), reason('stuck', 4)]),
  ).toEqual(log(3))
  expect(proofOf([reason('stuck', null), reason('attention', 2), reason('stuck', 3)])).toEqual(
    log(3),
  )
})

test('[G57] without such a log nothing is shown', () => {
  expect(proofOf([])).toBeNull()
  expect(proofOf([reason('stuck')])).toBeNull()
  expect(proofOf([reason('stuck'), reason('attention', 2)])).toBeNull()
})
