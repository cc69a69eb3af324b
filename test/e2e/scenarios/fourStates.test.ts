import type { Page } from 'playwright'
import { expect, test } from '../harness/app.ts'
import { takeWire, type WireError } from '../harness/wire.ts'
import { makeSample } from './sampleRuns.ts'
import { goTo } from './screens.ts'
import { emptyViews, emptyViewsOf, findSubjects, viewsOf, type EmptyView } from './views.ts'

/** What a disk that fails says of itself. */
const broken: WireError = {
  code: 'io',
  message: 'The disk failed while reading (EIO: i/o error, read). Check it, then try again.',
  details: { code: 'EIO', path: 'runs' },
}

// The wire is held in the browser: what carries the frames in the desktop application cannot be held from outside.
test('[L161] [L162] every view says that it is being read, what failed, and is there when it is tried again', async ({
  app,
}) => {
  const workspace = await makeSample(app)
  const views = viewsOf(await findSubjects(app, workspace))
  const page = await app.open(workspace)
  const wire = await takeWire(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const { name, hash, calls, waits, shows, act } of views) {
    await test.step(name, async () => {
      wire.hold(...calls)
      await openAnew(page, hash)
      await act?.(page)
      await expect(says(page, waits)).toBeVisible()
      await app.picture(`${name}-loading`)
      wire.letGo()
      await expect(shows(page)).toBeVisible()
      await app.picture(`${name}-ready`)

      wire.fail(broken, ...calls)
      await openAnew(page, hash)
      await act?.(page)
      await says(page, broken.message).scrollIntoViewIfNeeded()
      const retry = page.getByRole('button', { name: 'Try again' }).first()
      await expect(retry).toBeVisible()
      await app.picture(`${name}-failed`)
      wire.letGo()
      await retry.click()
      await expect(shows(page)).toBeVisible()
    })
  }
})

test('[L163] a view with nothing in it says so', async ({ app }) => {
  const sample = await makeSample(app)
  const subjects = await findSubjects(app, sample)
  await look(await app.open(await app.workspace('Empty')), emptyViews)
  await look(await app.open(sample), emptyViewsOf(subjects))

  async function look(page: Page, views: readonly EmptyView[]): Promise<void> {
    await page.setViewportSize({ width: 1440, height: 900 })
    for (const { name, hash, shows } of views) {
      await goTo(page, hash)
      await expect(shows(page)).toBeVisible()
      await app.picture(`${name}-empty`)
    }
  }
})

/** The last place where this stands: what is around the view may say it too. */
function says(page: Page, words: string) {
  return page.getByText(words).filter({ visible: true }).last()
}

/** With nothing kept from before. */
async function openAnew(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => history.replaceState(null, '', to), hash)
  await page.reload()
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
}
