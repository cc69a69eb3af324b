// A program with a payment in it, for tests in which it is killed and gone on with.
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRunner } from '../../../../electron/library/createRunner.ts'
import { defineSteps } from '../../../../electron/library/defineSteps.ts'

const [folder = '', what = ''] = process.argv.slice(2)

const workflow = defineSteps({ name: 'payment' })
  .step('prepare', { sideEffects: 'none', run: () => 1 })
  .step('charge', {
    needs: ['prepare'],
    run: async () => {
      await appendFile(join(folder, 'charges'), 'charged\n')
      if (what === 'hang') {
        process.stdout.write(`${runner.runId()}\n`)
        await new Promise((resolve) => setTimeout(resolve, 60_000))
      }
      return 'ch_1'
    },
  })
  .step('ship', {
    needs: ['charge'],
    sideEffects: 'none',
    run: ({ needs }) => `shipped ${needs.charge}`,
  })

const runner = createRunner({
  workflow,
  store: folder,
  ...(what === 'happened' ? { decisions: { charge: { kind: 'happened', output: 'ch_1' } } } : {}),
})
try {
  const { run, status, outputs } = await runner.run()
  console.log(run, status, JSON.stringify(outputs))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
