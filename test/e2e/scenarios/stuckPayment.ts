import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type App } from '../harness/app.ts'
import { readEffects } from './workflows.ts'

export type StuckPayment = {
  readonly order: string
  /** Completed, with the discount of that day. */
  readonly good: string
  /** Failed, because the discount is larger than the price. */
  readonly stuck: string
}

/** Two runs of one workflow: between them somebody wrote 110 percent where 10 was meant. */
export async function makeStuckPayment(
  app: App,
  workspace: string,
  order: string,
): Promise<StuckPayment> {
  const file = join(workspace, 'payment.json')
  await writeFile(file, JSON.stringify(definition, null, 2))
  await writeFile(join(workspace, 'order.json'), '{"customer": "c-118", "totalCents": 12900}')
  await writeFile(join(workspace, 'discount.txt'), '10')
  await writeFile(join(workspace, 'effects.txt'), '')
  const start = async (orderId: string): Promise<string> => {
    const args = ['--input', `orderId=${orderId}`, '--trust', '--json', '--workspace', workspace]
    const started = await app.cli(['run', file, ...args])
    return (started.json() as { readonly ref: { readonly document: string } }).ref.document // the answer of run.start
  }
  const good = await start(`${order}-yesterday`)
  await writeFile(join(workspace, 'discount.txt'), '110')
  const stuck = await start(order)
  expect(await readEffects(workspace)).toEqual(effectsOf(`${order}-yesterday`, 11_610))
  return { order, good, stuck }
}

/** What a payment leaves behind it when it is made once. */
export function effectsOf(order: string, cents: number): readonly string[] {
  return [`charged ${order} ${cents}`, `receipt ${order}`]
}

const orderId = '${{ inputs.orderId }}'

const definition = {
  name: 'payment',
  version: '1',
  inputs: { orderId: { type: 'string' } },
  steps: {
    'load-order': { run: 'cp order.json "$UNSTUCK_OUTPUT"', sideEffects: 'none' },
    price: {
      needs: ['load-order'],
      run: 'd=$(cat discount.txt); echo "{\\"discountPercent\\": $d, \\"amountCents\\": $((TOTAL * (100 - d) / 100))}" > "$UNSTUCK_OUTPUT"',
      environment: { TOTAL: "${{ steps['load-order'].output.totalCents }}" },
      sideEffects: 'none',
    },
    charge: {
      needs: ['price'],
      run: [
        'echo "charging order $ORDER" >&2',
        'echo "amount: $CENTS cents" >&2',
        'if [ "$CENTS" -lt 0 ]; then echo "refused by the bank: the amount is negative" >&2; exit 3; fi',
        'echo "charged $ORDER $CENTS" >> effects.txt',
      ].join('\n'),
      environment: { ORDER: orderId, CENTS: '${{ steps.price.output.amountCents }}' },
      retry: { attempts: 2, delay: '10ms' },
      sideEffects: 'external',
    },
    receipt: {
      needs: ['charge'],
      run: 'echo "receipt $ORDER" >> effects.txt',
      environment: { ORDER: orderId },
      sideEffects: 'idempotent',
    },
  },
}
