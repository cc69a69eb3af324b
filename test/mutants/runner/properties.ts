// What `fast-check` is to the test files while mutants are tried: few values, and no smaller counterexample.
import { assert as assertAsAsked } from 'fast-check'

export * from 'fast-check'

/** The first of the values that a test asks for: a mutant that only the thousandth tells has to be worth a case of its own. */
const mostRuns = 25

export function assert<Ts>(
  property: Parameters<typeof assertAsAsked<Ts>>[0],
  parameters: Parameters<typeof assertAsAsked<Ts>>[1] = {},
) {
  const { numRuns = mostRuns } = parameters
  const few = { ...parameters, numRuns: Math.min(numRuns, mostRuns), endOnFailure: true }
  return assertAsAsked(property, few)
}
