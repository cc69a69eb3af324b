import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type App } from '../harness/app.ts'
import { openRun, runRow } from './screens.ts'
import { readEffects, writeBranchingWorkflow } from './workflows.ts'

const doneBefore = ['left-1', 'left-2', 'left-3', 'prepare', 'right-1']
const doneAfter = ['slow', 'right-3', 'join', 'finish']

test('a run whose process was killed is explained, resumed by decision, and repeats nothing', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const run = await killInSlowStep(app, workspace)
  expect((await readEffects(workspace)).toSorted()).toEqual(doneBefore)

  const page = await app.open(workspace)
  await test.step('Runs says that it is interrupted, and why', async () => {
    await expect(runRow(page, run)).toContainText(/interrupted/i)
    await expect(runRow(page, run)).toContainText('slow')
    await app.picture('1-runs')
  })

  await test.step('Run names the step in doubt', async () => {
    await openRun(page, run)
    const diagnosis = page.getByRole('region', { name: 'Diagnosis' })
    await expect(diagnosis).toContainText(/slow began .* its result is unknown/)
    await expect(page.getByRole('navigation', { name: 'Steps' })).toContainText('In doubt')
    await app.picture('2-run')
  })

  await test.step('two checkpoints are compared', async () => {
    await page.getByRole('tab', { name: 'Checkpoints' }).click()
    await page.getByRole('checkbox', { name: 'Pick prepare to compare' }).check()
    await page.getByRole('checkbox', { name: 'Pick right-1 to compare' }).check()
    await page.getByRole('button', { name: 'Compare picked' }).click()
    const changes = page.getByRole('list', { name: 'Changes' })
    const change = changes.getByRole('listitem').filter({ hasText: '/steps/right-1/status' })
    await expect(change.getByLabel('before')).toContainText('pending')
    await expect(change.getByLabel('after')).toContainText('succeeded')
    await app.picture('3-compare')
    await page.goBack()
  })

  await test.step('Resume asks about the step in doubt, and goes on by the answer', async () => {
    await page.getByRole('button', { name: 'Resume…' }).click()
    const steps = page.getByRole('table', { name: 'What happens to each step' })
    await expect(steps.getByRole('row', { name: /left-2/ })).toContainText(/reuse/i)
    const resume = page.getByRole('button', { name: 'Resume run' })
    await expect(resume).toBeDisabled()
    const question = page.getByRole('group', { name: 'What happened to slow?' })
    await question.getByRole('radio', { name: /Run it again/ }).check()
    await expect(resume).toBeEnabled()
    await app.picture('4-resume')
    await resume.click()
  })

  await test.step('it completes, and no finished step had its effect twice', async () => {
    const progress = page.getByRole('region', { name: 'Progress' })
    await expect(progress).toContainText(/completed/i, { timeout: 30_000 })
    await app.picture('5-completed')
    const effects = await readEffects(workspace)
    expect(effects.slice(0, doneBefore.length).toSorted()).toEqual(doneBefore)
    expect(effects.slice(doneBefore.length)).toEqual(doneAfter)
    expect(await attemptsOf(app, workspace, run)).toEqual(
      Object.fromEntries([...doneBefore, ...doneAfter].map((id) => [id, id === 'slow' ? 2 : 1])),
    )
  })
})

test('the same by command line', { tag: '@command-line' }, async ({ app }) => {
  const workspace = await app.workspace()
  const run = await killInSlowStep(app, workspace)
  const at = ['--workspace', workspace]

  const listed = await app.cli(['list', ...at])
  expect(listed.stdout).toMatch(/interrupted .*slow began .* its result is unknown/)
  const shown = await app.cli(['show', run, ...at])
  expect(shown.stdout).toMatch(/slow +in doubt/)
  const differs = await app.cli(['diff', `${run}@prepare`, `${run}@right-1`, ...at, '--json'])
  const { changes } = differs.json() as { changes: readonly { path: string }[] } // of checkpoint.compare
  expect(changes.map(({ path }) => path)).toContain('/steps/right-1/status')

  const undecided = await app.cli(['resume', run, '--yes', ...at])
  expect([undecided.code, undecided.stderr]).toEqual([2, expect.stringContaining('--decide slow=')])
  expect((await readEffects(workspace)).toSorted()).toEqual(doneBefore)
  const resumed = await app.cli(['resume', run, '--decide', 'slow=rerun', '--yes', ...at])
  expect(resumed.code, resumed.stderr).toBe(0)
  const effects = await readEffects(workspace)
  expect(effects.slice(0, doneBefore.length).toSorted()).toEqual(doneBefore)
  expect(effects.slice(doneBefore.length)).toEqual(doneAfter)
})

/** Starts the workflow by command line, and ends it with SIGKILL while its slow step runs; that step's group too. */
async function killInSlowStep(app: App, workspace: string): Promise<string> {
  const file = await writeBranchingWorkflow(workspace)
  const carrier = app.startCli(['run', file, '--workspace', workspace, '--trust'])
  const run = await carrier.until(/Started (\S+)/)
  await expect.poll(() => exists(join(workspace, 'slow.began')), { timeout: 20_000 }).toBe(true)
  await expect.poll(async () => (await readEffects(workspace)).length).toBe(doneBefore.length)
  await expect
    .poll(async () => (await stepsOf(app, workspace, run)).succeeded)
    .toBe(doneBefore.length)

  const { slowGroup } = await stepsOf(app, workspace, run)
  carrier.child.kill('SIGKILL')
  process.kill(-slowGroup, 'SIGKILL')
  await carrier.ended
  return run
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}

type Step = {
  readonly id: string
  readonly status: string
  readonly attempts: readonly { readonly process: { readonly processGroup: number } | null }[]
}

/** What the journal says of the steps, read by another process. */
async function readSteps(app: App, workspace: string, run: string): Promise<readonly Step[]> {
  const shown = await app.cli(['show', run, '--workspace', workspace, '--json'])
  const { run: detail } = shown.json() as { run: { steps: readonly Step[] } } // the answer of run.get
  return detail.steps
}

async function stepsOf(app: App, workspace: string, run: string) {
  const steps = await readSteps(app, workspace, run)
  const slow = steps.find((step) => step.id === 'slow')
  return {
    succeeded: steps.filter((step) => step.status === 'succeeded').length,
    slowGroup: slow?.attempts.at(-1)?.process?.processGroup ?? 0,
  }
}

async function attemptsOf(app: App, workspace: string, run: string) {
  const steps = await readSteps(app, workspace, run)
  return Object.fromEntries(steps.map((step) => [step.id, step.attempts.length]))
}
