import type { Diagnosis } from './diagnosis.ts'

/** The attempt whose log is shown with the reasons: that of the first one, else of the first that is stuck. */
export function proofOf(diagnoses: readonly Diagnosis[]): NonNullable<Diagnosis['log']> | null {
  const [first, ...others] = diagnoses
  const stuck = others.find(({ severity, log }) => severity === 'stuck' && (log ?? null) !== null)
  return first?.log ?? stuck?.log ?? null
}
