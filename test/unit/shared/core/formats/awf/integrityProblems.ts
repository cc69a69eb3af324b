import { check } from '../../../../../../shared/core/integrity/check.ts'
import { Run } from '../../../../../../shared/schema/run.ts'

/** What our own rules say of a run that was made of a foreign state. */
export function integrityProblems(run: Run): readonly string[] {
  return check(Run.parse(run)).map(({ rule, sentence }) => `${rule}: ${sentence}`)
}
