import { expect, test } from '../harness/app.ts'
import { openRun } from './screens.ts'
import { readEffects, writePaymentWorkflow } from './workflows.ts'

test('[R111] [R112] a payment that was killed after its effect is asked about, and is charged once', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const file = await writePaymentWorkflow(workspace)
  const start = ['run', file, '--workspace', workspace, '--trust']
  await app.cli(start)
  const earlier = await ledger(workspace)
  const carrier = app.startCli([...start, '--input', 'answerAfter=300'])
  const run = await carrier.until(/Started (\S+)/)
  await expect
    .poll(async () => await ledger(workspace), { timeout: 20_000 })
    .toEqual([...earlier, 'order-7'])

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
  const resume = page.getByRole('button', { name: 'Resume run' })
  await expect(resume).toBeDisabled()
  await question.getByRole('radio', { name: /^It happened/ }).check()
  await expect(page.getByRole('list', { name: 'Who gets the output of charge' })).toHaveText(
    /receipt reads steps\.charge\.output\.payment/,
  )
  await expect(resume).toBeDisabled()
  await page.getByRole('button', { name: 'Take its keys, without its values' }).click()
  const output = page.getByRole('textbox', { name: 'Output of charge (JSON)' })
  await expect(output).toHaveValue('{\n  "payment": null\n}')
  const notes = page.getByRole('list', { name: 'To know before it goes on' })
  await expect(notes).toContainText(
    'receipt reads steps.charge.output.payment, which the output that you give for charge does not have.',
  )
  await app.picture('1-asked')
  await output.fill('{ "payment": "p-2" }')
  await expect(notes).not.toContainText('which the output that you give')
  await resume.click()
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText(/completed/i, {
    timeout: 20_000,
  })
  expect(await ledger(workspace)).toEqual([...earlier, 'order-7', 'receipt of p-2'])
})

/** Nothing was written yet where there is no file. */
async function ledger(workspace: string): Promise<readonly string[]> {
  return readEffects(workspace).catch(() => [])
}
