// What the types of the library promise. Nothing here is called: that it compiles is the test.
import { createRunner, defineSteps, type Json, type Snapshot } from '../../electron/library.ts'

/** Each fits the other; `unknown` and `never` fit only themselves. */
type Same<One, Other> = [One, Other] extends [Other, One] ? true : never

function isSame<One, Other>(same: Same<One, Other>): Same<One, Other> {
  return same
}

export async function typedSteps(): Promise<void> {
  const workflow = defineSteps({
    name: 'typed',
    inputs: { url: 'a', count: { type: 'integer' }, note: { type: 'text', required: false } },
  })
    .needing<{ db: Map<string, number> }>()
    .step('fetch', {
      run: async ({ context, inputs }) => {
        isSame<typeof context, { db: Map<string, number> }>(true)
        isSame<typeof inputs.url, string>(true)
        isSame<typeof inputs.count, number>(true)
        isSame<typeof inputs.note, string | null>(true)
        return { rows: [inputs.url] }
      },
    })
    .step('maybe', { when: 'inputs.count > 1', run: () => 1 })
    .step('risky', { continueOnError: true, run: () => 'x' })
    .step('silent', { run: () => undefined })
    .forEach('each', { needs: ['fetch'], items: [1, 2], run: ({ item, index }) => item * index })
    .forEach('any', { items: 'inputs.url', run: ({ item }) => item })
    .add('shell', { command: ['true'] })
    .step('all', {
      needs: ['fetch', 'maybe', 'risky', 'silent', 'each', 'any', 'shell'],
      run: ({ needs }) => {
        isSame<typeof needs.fetch, { rows: string[] }>(true)
        isSame<typeof needs.maybe, number | null>(true)
        isSame<typeof needs.risky, string | null>(true)
        isSame<typeof needs.silent, null>(true)
        isSame<typeof needs.each, readonly number[]>(true)
        isSame<typeof needs.any, readonly Json[]>(true)
        isSame<typeof needs.shell, Json>(true)
        return needs.fetch.rows.length
      },
    })
    .step('few', {
      needs: ['fetch'],
      // @ts-expect-error a step sees only what it needs
      run: ({ needs }) => needs.all,
    })

  const context = { db: new Map<string, number>() }
  const result = await createRunner({ workflow, context, inputs: { url: 'b' } }).run()
  isSame<typeof result.outputs.all, number | null>(true)
  const steps: Snapshot = result.steps
  createRunner({ workflow, context, snapshot: steps })

  // @ts-expect-error the workflow needs a context
  createRunner({ workflow })
  // @ts-expect-error of another shape
  createRunner({ workflow, context: { db: 1 } })
  // @ts-expect-error an input of another type
  createRunner({ workflow, context, inputs: { count: 'many' } })
  // @ts-expect-error no such input
  createRunner({ workflow, context, inputs: { counts: 1 } })
  // @ts-expect-error no step before it has that name
  workflow.step('late', { needs: ['later'], run: () => 1 })
  // @ts-expect-error no such option
  workflow.step('late', { retries: 3, run: () => 1 })
}
