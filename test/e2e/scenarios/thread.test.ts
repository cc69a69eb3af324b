import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test, type App } from '../harness/app.ts'
import { openRun, runRow } from './screens.ts'

const program = fileURLToPath(
  new URL('../../../docs/examples/langgraph/refund.ts', import.meta.url),
)

test('[B45] the thread of a graph is found, compared, set right, resumed by its own command and forked', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const command = `"${process.execPath}" --no-warnings "${program}" . resume {thread}`
  const settings = { version: 1, resume: { commands: { langgraph: command } } }
  await writeFile(join(workspace, 'unstuck.json'), JSON.stringify(settings))
  await refund(workspace, ['start', 'order-7', '4200', 'DE12-471X'])
  expect((await app.cli(['trust', '--workspace', workspace])).code).toBe(0)
  const page = await app.open(workspace)

  await test.step('it is listed, and says which node failed and why', async () => {
    await expect(runRow(page, 'order-7')).toContainText('pay failed')
    await openRun(page, 'order-7')
    await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText(
      'The bank knows no account DE12-471X',
    )
    await app.picture('1-reason')
  })

  await test.step('two of its checkpoints are compared', async () => {
    await page.getByRole('tab', { name: 'Checkpoints' }).click()
    await page.getByRole('row', { name: /step 2: approve/ }).click()
    await page.getByRole('button', { name: 'Compare with previous' }).click()
    const changes = page.getByRole('list', { name: 'Changes' })
    await expect(changes).toContainText('/variables/approved')
    await app.picture('2-compared')
  })

  await test.step('a channel is set right', async () => {
    await page.getByRole('link', { name: 'All runs' }).click()
    await openRun(page, 'order-7')
    await page.getByRole('tab', { name: 'State' }).click()
    await page.getByRole('treeitem', { name: /^variables/ }).click()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('treeitem', { name: /^account/ }).click()
    await page.keyboard.press('F2')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('DE12-4711')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Preview…' }).click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('A typing error in the order.')
    await page.getByRole('button', { name: 'Apply 1 edit' }).click()
    await expect(page.getByText(/Edited and read back/)).toBeVisible()
    await page.getByRole('link', { name: 'Open the run' }).click()
  })

  await test.step('its own command is shown, and then really run', async () => {
    await page.getByRole('button', { name: 'Resume from pay' }).click()
    await expect(page.getByRole('region', { name: 'The command that would run' })).toContainText(
      'resume order-7',
    )
    await app.picture('3-command')
    await page.getByRole('button', { name: 'Run the command of LangGraph.js' }).click()
    await expect(page.getByText(/said failed, and says completed now/)).toBeVisible()
    await expect(page.getByText('done: told: it is paid')).toBeVisible()
    await app.picture('4-resumed')
    await page.getByRole('link', { name: 'Open the run' }).click()
    await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText('Completed')
    expect(await said(app, workspace, 'order-7')).toEqual({ status: 'completed', findings: [] })
  })

  await test.step('a fork of an earlier checkpoint is a new thread, which the same command goes on with', async () => {
    await page.getByRole('tab', { name: 'Checkpoints' }).click()
    await page.getByRole('row', { name: /step 2: approve/ }).click()
    await page.getByRole('button', { name: 'Fork from…' }).click()
    const make = page.getByRole('button', { name: 'Make the fork' })
    await expect(make).toBeEnabled()
    await app.picture('5-fork')
    await make.click()
    await page.getByRole('link', { name: /run refund-/ }).click()
    await expect(page.getByRole('region', { name: 'Diagnosis' })).toContainText('Paused')
    await app.picture('6-forked')
    const fork = await newest(app, workspace)
    const resumed = await app.cli(['resume', fork, '--yes', '--workspace', workspace])
    expect(resumed.stdout + resumed.stderr).toContain('failed: The bank knows no account DE12-471X')
  })
})

/** Fails where its graph does, and says so. */
async function refund(workspace: string, words: readonly string[]): Promise<void> {
  const running = promisify(execFile)(process.execPath, [
    '--no-warnings',
    program,
    workspace,
    ...words,
  ])
  await expect(running).rejects.toMatchObject({ stdout: expect.stringContaining('failed: ') })
}

async function said(app: App, workspace: string, run: string): Promise<unknown> {
  const shown = await app.cli(['show', run, '--json', '--workspace', workspace])
  const { run: facts, findings } = shown.json() as {
    readonly run: { readonly status: string }
    readonly findings: unknown
  } // its contract
  return { status: facts.status, findings }
}

async function newest(app: App, workspace: string): Promise<string> {
  const listed = await app.cli(['list', '--json', '--workspace', workspace])
  const { rows } = listed.json() as {
    readonly rows: readonly { readonly ref: { readonly document: string } }[]
  } // its contract
  const found = rows.map(({ ref }) => ref.document).find((run) => run.startsWith('refund-'))
  if (found === undefined) throw new Error('no fork')
  return found
}
