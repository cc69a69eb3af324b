import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../harness/app.ts'
import { openRun } from './screens.ts'

const steps = {
  extract: {
    run: 'for i in $(seq 1 300); do echo "row $i read"; done; printf "\\033[31mrefused\\033[0m by db\\n"; echo \'{"rows":[1,2,{"order":"o-77"}]}\' > "$UNSTUCK_OUTPUT"',
    sideEffects: 'none',
  },
  load: {
    needs: ['extract'],
    command: [
      'sh',
      '-c',
      'echo "$0"; echo "connection refused"; exit 3',
      '${{ steps.extract.output.rows[2] }}',
    ],
    sideEffects: 'none',
    retry: { attempts: 2, delay: '1s' },
  },
}

test('by keyboard alone what a log and the state hold is found', async ({ app }) => {
  const workspace = await app.workspace()
  const file = join(workspace, 'find.json')
  await writeFile(file, JSON.stringify({ name: 'find', steps }))
  const at = ['--workspace', workspace, '--trust']
  const started = await app.cli(['run', file, ...at])
  const run = /find-\S+/.exec(started.stdout)?.[0] ?? ''
  const page = await app.open(workspace)
  await openRun(page, run)
  const tab = async (name: string) => {
    await page.getByRole('tab', { name }).focus()
    await page.keyboard.press('Enter')
  }

  await test.step('[L60] a text is found across all logs, and each line is gone to in its log', async () => {
    await tab('Logs')
    await page.keyboard.press('/')
    await page.keyboard.type('refused')
    const found = page.getByRole('list', { name: 'Lines that were found' })
    await expect(found.getByRole('listitem')).toHaveText([
      /extract · 1.*301.*refused by db/,
      /load · 1.*2.*connection refused/,
      /load · 2.*2.*connection refused/,
    ])
    await expect(
      page.getByRole('region', { name: 'Log of extract, attempt 1', exact: true }),
    ).toContainText('refused by db')
    await app.picture('1-logs')
    await page.keyboard.press('Enter')
    await expect(
      page.getByRole('region', { name: 'Log of load, attempt 1', exact: true }),
    ).toBeVisible()
    const list = page.getByRole('navigation', { name: 'Steps' })
    await expect(list.getByRole('button', { name: /^load/ })).toHaveAttribute(
      'aria-current',
      'true',
    )
    await page.keyboard.press('Enter')
    await expect(
      page.getByRole('region', { name: 'Log of load, attempt 2', exact: true }),
    ).toBeVisible()
  })

  await test.step('[L61] a text is found in the state, and a path that is typed is gone to', async () => {
    await tab('State')
    await page.keyboard.press('/')
    await page.keyboard.type('o-77')
    await expect(page.getByText(/^1 of \d+ places$/)).toBeVisible()
    const tree = page.getByRole('tree', { name: 'State' })
    await expect(tree.getByRole('treeitem', { selected: true })).toContainText('o-77')
    await app.picture('2-state')
    await page.keyboard.press('Escape')
    await page.keyboard.type('$.steps.extract.output.rows[2].order')
    await page.keyboard.press('Enter')
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveText(/^order"o-77"/)
    await page.keyboard.press('Escape')
    await page.keyboard.type('/steps/nobody')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Nothing is at this path.')).toBeVisible()
  })

  await test.step('what a step reads leads to its place in the state', async () => {
    const inspector = page.getByRole('button', { name: 'Inspector' })
    if ((await inspector.getAttribute('aria-pressed')) === 'false') await inspector.press('Enter')
    const link = page.getByRole('list', { name: 'Reads' }).getByRole('link')
    await expect(link).toHaveText(['steps.extract.output.rows'])
    await link.press('Enter')
    const tree = page.getByRole('tree', { name: 'State' })
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveText(/^rows3 items/)
  })

  await test.step('both ends of the history are there, and a record is read when it is chosen', async () => {
    await tab('History')
    await expect(page.getByRole('button', { name: 'Oldest' })).toBeEnabled()
    await page.getByRole('button', { name: 'Oldest' }).press('Enter')
    await expect(page.getByRole('region', { name: 'Record' })).toContainText('"runCreated"')
    await page.getByRole('button', { name: 'Newest' }).press('Enter')
    await expect(page.getByRole('region', { name: 'Record' })).toContainText('"keyframe"')
    await app.picture('3-history')
  })

  await test.step('the state follows from checkpoint to checkpoint', async () => {
    await tab('Checkpoints')
    const scrubber = page.getByRole('slider', { name: /Go through/ })
    await scrubber.press('Home')
    const tree = page.getByRole('tree', { name: 'State' })
    await expect(tree).toBeVisible()
    await tree
      .getByRole('treeitem', { name: /^status/ })
      .first()
      .click()
    await scrubber.press('End')
    await expect(page.getByRole('tabpanel').getByText('2 of 2')).toBeVisible()
    await expect(tree.getByRole('treeitem', { selected: true })).toContainText('status')
    await app.picture('4-checkpoints')
  })
})

test('the log of a running step is followed until somebody scrolls up, and again when asked', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const file = join(workspace, 'ticks.json')
  const run =
    'seq -f "early line %g" 400; i=0; while [ -e hold ]; do i=$((i+1)); echo "tick $i"; sleep 0.1; done'
  await writeFile(join(workspace, 'hold'), '')
  await writeFile(file, JSON.stringify({ name: 'ticks', steps: { tick: { run } } }))
  const carrier = app.startCli(['run', file, '--workspace', workspace, '--trust'])
  const id = await carrier.until(/Started (\S+)/)
  const page = await app.open(workspace)
  await openRun(page, id)
  await page.getByRole('tab', { name: 'Logs' }).click()
  const log = page.getByRole('region', { name: 'Log of tick, attempt 1', exact: true })

  await expect(log).toContainText(/tick \d/)
  await expect(page.getByText(/Following/)).toBeVisible()
  await log.focus()
  await page.keyboard.press('Home')
  await expect(log).toContainText('early line 1')
  await expect(page.getByText(/Following/)).toHaveCount(0)
  await page.getByRole('button', { name: 'Follow the end' }).press('Enter')
  await expect(page.getByText(/Following/)).toBeVisible()
  await expect(log).toContainText(/tick \d\d/)
  await rm(join(workspace, 'hold'))
  expect((await carrier.ended).code).toBe(0)
})
