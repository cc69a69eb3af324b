import { expect, test } from '../harness/app.ts'
import { openRun } from './screens.ts'
import { readEffects, writePaymentWorkflow } from './workflows.ts'

test('a payment that was killed after its effect is asked about, and is charged once', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const file = await writePaymentWorkflow(workspace)
  const carrier = app.startCli(['run', file, '--workspace', workspace, '--trust'])
  const run = await carrier.until(/Started (\S+)/)
  await expect.poll(async () => await ledger(workspace), { timeout: 20_000 }).toEqual(['order-7'])

  const shown = await app.cli(['show', run, '--workspace', workspace, '--json'])
  const { run: detail } = shown.json() as {
    run: {
      steps: readonly { id: string; attempts: readonly { process: { processGroup: number } }[] }[]
    }
  } // the answer of run.get
  const charge = detail.steps.find(({ id }) => id === 'charge')
  carrier.child.kill('SIGKILL')
  process.kill(-(charge?.attempts.at(-1)?.process.processGroup ?? 0), 'SIGKILL')
  await carrier.ended

  const page = await app.open(workspace)
  await openRun(page, run)
  await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText(
    /charge began .* it may already have had its effect/,
  )
  await page.getByRole('button', { name: 'Say what happened to charge' }).click()
  const question = page.getByRole('group', { name: 'What happened to charge?' })
  await expect(page.getByRole('button', { name: 'Resume run' })).toBeDisabled()
  await question.getByRole('radio', { name: /^It happened/ }).check()
  await app.picture('1-asked')
  await page.getByRole('button', { name: 'Resume run' }).click()
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText(/completed/i, {
    timeout: 20_000,
  })
  expect(await ledger(workspace)).toEqual(['order-7', 'receipt'])
})

/** Nothing was written yet where there is no file. */
async function ledger(workspace: string): Promise<readonly string[]> {
  return readEffects(workspace).catch(() => [])
}
