/**
 * What tells another service that a call is a repetition: the same for every attempt and every resume of a run's step. A fork
 * that takes over what may have had its effect, and a step that was renamed, keep the key that the service knows.
 */
export function idempotencyKeyOf(
  run: string,
  step: string,
  state: { readonly [key: string]: unknown } | null | undefined,
): string {
  const kept = state?.['key']
  return typeof kept === 'string' && kept !== '' ? kept : `${run}/${step}`
}
