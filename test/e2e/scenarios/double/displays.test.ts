import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../../harness/app.ts'

test('a window that was on a display that is gone comes back on one that is there', async ({
  app,
}) => {
  const bounds = { x: 9000, y: 9000, width: 900, height: 700 }
  await mkdir(app.userData, { recursive: true })
  const file = join(app.userData, 'application.json')
  await writeFile(file, JSON.stringify({ bounds, isMaximised: false, recent: [] }))

  await app.open(await app.workspace())

  const records = (await app.desktop().records?.()) ?? []
  const made = records.find(({ what }) => what === 'BrowserWindow')
  expect(made?.['options']).toMatchObject({ width: 1280, height: 820 })
  expect(made?.['options']).not.toHaveProperty('x')
})
