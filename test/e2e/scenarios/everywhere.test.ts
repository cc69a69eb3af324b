import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { expect, test } from '../harness/app.ts'
import { unreachable, wrapped } from './reach.ts'
import { isBroken, listRuns } from './sampleRuns.ts'
import { goTo, theme } from './screens.ts'
import { stageInputs } from './stageEdit.ts'

const secret = 'hunter2-s3cret'

test('[L142] [L144] secrets are hidden until they are asked for, and edited only then', async ({
  app,
}) => {
  const workspace = await app.workspace()
  const definition = join(workspace, 'login.yaml')
  await writeFile(
    definition,
    JSON.stringify({
      name: 'login',
      version: '1',
      inputs: { password: { type: 'string' } },
      steps: {
        login: {
          run: 'echo "login --password $PW"',
          environment: { PW: '${{ inputs.password }}' },
        },
      },
    }),
  )
  const at = ['--workspace', workspace]
  const ran = await app.cli(['run', definition, '--trust', '--input', `password=${secret}`, ...at])
  expect([ran.code, ran.stderr]).toEqual([0, expect.anything()])
  const [run] = await listRuns(app, workspace)
  const page = await app.open(workspace)

  for (const tab of ['raw', 'history', 'logs?step=login', 'state']) {
    await goTo(page, `#/run/${run?.id}/${tab}`)
    await show(page, tab)
    await expect(page.getByText('••••••').first()).toBeVisible()
    await expect(page.locator('body')).not.toContainText(secret)
  }
  await app.picture('1-hidden')

  await goTo(page, `#/resume/${run?.id}`)
  await page.getByRole('button', { name: 'Edit inputs…' }).click()
  const inputs = page.getByRole('textbox', { name: 'Inputs (JSON)' })
  await expect(inputs).toBeDisabled()
  await expect(inputs).toHaveValue(/"password": "••••••"/)
  await page.getByRole('button', { name: 'Show secrets to edit' }).click()
  await expect(inputs).toBeEnabled()
  await expect(inputs).toHaveValue(new RegExp(secret))
  await goTo(page, `#/run/${run?.id}/state`)
  await show(page, 'state')
  await expect(page.getByText(secret).first()).toBeVisible()
  await app.picture('2-shown')
  await page.reload()
  await expect(page.getByRole('button', { name: 'Secrets: hidden' })).toBeVisible()
})

/** Brings the place of the password to the screen. */
async function show(page: Page, tab: string): Promise<void> {
  if (tab === 'history') {
    await page.getByRole('grid', { name: 'Journal' }).getByText('runCreated').click()
  }
  if (tab === 'state') {
    await page.getByRole('treeitem', { name: /inputs/ }).click()
  }
}

test('[L147] [L148] [L149] [L165] [L244] [L276] in a small window and at 200 % zoom everything can be reached, with more contrast and without motion', async ({
  app,
}) => {
  const workspace = await app.sample()
  const runs = await listRuns(app, workspace)
  const stuck = runs.find((run) => run.workflow === 'order-fulfilment')
  const broken = runs.find(isBroken)
  const failed = runs.find(({ status }) => status === 'failed')
  const page = await app.open(workspace)
  const rail = page.getByRole('navigation', { name: 'Views' })
  await page.emulateMedia({ reducedMotion: 'reduce', contrast: 'more', colorScheme: 'light' })
  const run = `#/run/${stuck?.id}`
  await goTo(page, `#/run/${failed?.id}/state`)
  await stageInputs(page, '{"database": "elsewhere"}')
  const tabs = ['timeline', 'graph', 'state', 'checkpoints', 'logs', 'history', 'raw']
  const routes = [
    '#/runs/all',
    '#/runs/all?group=error',
    ...tabs.map((tab) => `${run}/${tab}`),
    `#/run/${failed?.id}/state`,
    `#/edit/${failed?.id}`,
    `#/edit?runs=${failed?.id},${stuck?.id}`,
    `#/resume/${stuck?.id}`,
    `#/repair/${broken?.id}`,
    `#/compare?left=${stuck?.id}&right=${broken?.id}`,
    '#/compare',
    '#/start',
    '#/migrate',
    '#/cleanup/policy',
    '#/cleanup/trash',
    '#/cleanup/storage',
    '#/settings',
    '#/operations',
    '#/errors',
    '#/batches',
    '#/hosts',
  ]
  for (const { name, width, height } of windows) {
    await page.setViewportSize({ width, height })
    const found: Record<string, readonly string[]> = {}
    for (const route of routes) {
      await goTo(page, route)
      await drawn(page)
      await expect(
        page.getByText(/^(Opening|Reading|Looking|Comparing|Measuring|Planning|Laying).*…$/),
      ).toHaveCount(0)
      if (route.startsWith('#/edit?')) {
        await page.getByRole('textbox', { name: 'Path' }).fill('/inputs/database')
        await page.getByRole('textbox', { name: 'Value (JSON)' }).fill('"elsewhere"')
        await expect(page.getByRole('main').getByRole('grid')).toBeVisible()
      }
      found[route] = await page.evaluate(unreachable)
      expect(await page.evaluate(wrapped), `${name} ${route}`).toEqual([])
      if (app.target === 'browser')
        await app.picture(`${name} ${route.replaceAll(/[^a-z]+/gi, '-').slice(0, 40)}`)
    }
    expect(found, name).toEqual(Object.fromEntries(routes.map((route) => [route, []])))
    // However many views and errors there are.
    if (name === 'small')
      for (const tool of ['Clean up', 'Trash', 'Operations', 'Settings'])
        await expect(rail.getByRole('link', { name: tool, exact: true })).toBeInViewport({
          ratio: 1,
        })
  }

  await test.step('what cannot be reached would be told', async () => {
    await page.evaluate(() => {
      const cut = document.createElement('div')
      cut.style.cssText = 'block-size: 4px; overflow: hidden'
      cut.append(document.createElement('button'))
      cut.firstElementChild?.append('Cut off')
      document.getElementById('main')?.prepend(cut)
    })
    expect(await page.evaluate(unreachable)).toEqual(['y: BUTTON Cut off'])
    await page.reload()
  })

  await test.step('more contrast is the system’s wish, or a choice', async () => {
    const contrast = () => page.evaluate(() => document.documentElement.dataset['contrast'])
    expect([await contrast(), await theme(page)]).toEqual(['more', 'light'])
    await page.emulateMedia({ contrast: 'no-preference', colorScheme: 'dark' })
    await expect.poll(contrast).toBe('normal')
    for (const now of ['system', 'light', 'dark']) {
      await page.getByRole('button', { name: `Theme: ${now}` }).click()
    }
    await expect(page.getByRole('button', { name: 'Theme: high contrast' })).toBeVisible()
    expect([await contrast(), await theme(page)]).toEqual(['more', 'dark'])
    await app.picture('contrast-dark')
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' })
    await goTo(page, '#/runs/all')
    await expect(page.getByRole('link', { name: 'All runs' })).toHaveCSS('outline-style', 'solid')
    await app.picture('forced-colours')
  })
})

// The smallest window of a desktop, and one of 1440 by 900 at 200 % zoom, which the rest of the test goes on with.
const windows = [
  { name: 'small', width: 1024, height: 700 },
  { name: 'zoom', width: 720, height: 450 },
] as const

/** Resolves when what follows from a new address is on the screen. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
      }),
  )
}
