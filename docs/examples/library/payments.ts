// An order whose payment must not happen twice. Kill the program while it runs, and start it again with the command that
// `unstuck show <run>` tells: steps that succeeded are reused, and a payment in doubt is asked about, never repeated.
//
//   node payments.ts ./workspace order-7
import { createRunner, defineSteps } from 'unstuck'

type Bank = { charge(cents: number, key: string): Promise<string> }

const workflow = defineSteps({
  name: 'order',
  version: '1',
  inputs: { order: { type: 'string', minLength: 1 }, cents: 1250 },
})
  .needing<{ bank: Bank }>()
  .step('check', {
    sideEffects: 'none',
    run: ({ inputs }) => ({ order: inputs.order, cents: inputs.cents }),
  })
  .step('charge', {
    needs: ['check'],
    // Functions may have external effects unless they say otherwise: after a crash a person is asked whether it happened.
    sideEffects: 'external',
    retry: { attempts: 3, delay: 0.01, backoff: 'exponential', on: ['ServiceUnavailable'] },
    timeout: '30s',
    // The key is the same in every attempt and after every resume: a bank can tell a repetition by it.
    run: async ({ context, needs, key }) => ({
      payment: await context.bank.charge(needs.check.cents, key),
    }),
  })
  .step('receipt', {
    needs: ['check', 'charge'],
    sideEffects: 'idempotent',
    run: ({ needs }) => `${needs.check.order}: ${needs.check.cents} cents, ${needs.charge.payment}`,
  })

const [store = './workspace', order = 'order-7'] = process.argv.slice(2)
const runner = createRunner({
  workflow,
  inputs: { order },
  // Connections, clients, secrets: given anew with every start, and never written anywhere.
  context: { bank: createBank() },
  store,
})

const { status, outputs, error } = await runner.run()
console.log(status, outputs.receipt ?? error?.message)

/** A bank that is not there at the first call. */
function createBank(): Bank {
  const payments = new Map<string, string>()
  let calls = 0
  return {
    async charge(cents, key) {
      calls += 1
      if (calls === 1)
        throw Object.assign(new Error('Try again later'), { name: 'ServiceUnavailable' })
      const known = payments.get(key) ?? `payment-${payments.size + 1} of ${cents}`
      payments.set(key, known)
      return known
    },
  }
}
