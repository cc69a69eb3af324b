import type { Diagnosis } from './diagnosis.ts'

/** What of a reason stands in full with its evidence, where its sentence had to fit one row of the list. [G33] */
export const inFull = 'In full'

/** [L275] A reason where there is room for all of it: the whole sentence, and as evidence what is not said by it. */
export function wholeReason<T extends Pick<Diagnosis, 'sentence' | 'evidence'>>(reason: T): T {
  const whole = reason.evidence.find(({ label }) => label === inFull)
  if (whole === undefined) return reason
  const evidence = reason.evidence.filter((one) => one !== whole)
  return { ...reason, sentence: whole.value, evidence }
}
