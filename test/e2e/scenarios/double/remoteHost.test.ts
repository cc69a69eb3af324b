// A host elsewhere, opened in the desktop application: found, lost, found again, forgotten.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../../harness/app.ts'
import type { Running } from '../../harness/processes.ts'

test('[I98] a host is connected to, kept without its token in plain text, lost, dialled again and forgotten', async ({
  app,
}) => {
  const there = await app.workspace('elsewhere')
  await writeFile(join(there, 'ok.yaml'), 'name: ok\nversion: "1"\nsteps:\n  a: { run: "true" }\n')
  await app.cli(['run', 'ok.yaml', '--trust'], { cwd: there })
  const tokenFile = join(app.folder, 'token')
  const args = ['serve', '--workspace', there, '--token-file', tokenFile, '--idle', '0']
  const serve = (port: string): Running => app.startCli([...args, '--port', port])
  let host = serve('0')
  const address = await host.until(/http:\/\/127\.0\.0\.1:\d+/)
  const token = (await readFile(tokenFile, 'utf8')).trim()
  const page = await app.open(await app.workspace('here'))

  await app.desktop().chooseFromMenu('File', 'Connect to host…')
  await page.getByLabel('Address').fill(`${address}/#token=${token}`)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()

  await expect(page.getByRole('heading', { name: 'elsewhere' })).toBeVisible()
  await expect(page).toHaveTitle(/ – elsewhere on .+ – Unstuck$/)
  const kept = await readFile(join(app.userData, 'application.json'), 'utf8')
  expect(kept).toContain(address)
  expect(kept + host.stdout() + host.stderr()).not.toContain(token)

  const row = page.getByRole('grid').getByRole('link').first()
  await expect(row).toBeVisible()
  await app.picture('elsewhere')

  await host.stop()
  await expect(
    page.getByText(/^Not connected since \d\d:\d\d\. What you see is from then\./),
  ).toBeVisible()
  await expect(row).toBeVisible()
  const connectNow = page.getByRole('button', { name: 'Connect now' })
  await expect(connectNow).toBeEnabled()
  host = serve(new URL(address).port)
  await host.until(/http:\/\/127\.0\.0\.1:\d+/)
  // It dials again by itself too, and may be quicker than a hand.
  await connectNow.click({ timeout: 5000 }).catch(() => undefined)
  await expect(page.getByText(/^Not connected since/)).toHaveCount(0)

  await app.desktop().chooseFromMenu('File', 'Connect to host…')
  await expect(page.getByText('shown here')).toBeVisible()
  await page.getByRole('button', { name: 'Forget' }).click()
  await expect(page.getByText('No host is known yet.')).toBeVisible()
  expect(await readFile(join(app.userData, 'application.json'), 'utf8')).not.toContain(address)
})
