import type { Page } from 'playwright'
import { unseenCharacter } from '../../../shared/unseen.ts'
import { expect, test } from '../harness/app.ts'
import { makeHostile, type Hostile } from './hostileWorkspace.ts'
import { goTo, runsGrid } from './screens.ts'

test('[L285] [L286] [L287] a hostile workspace is shown on every screen, and nothing of it acts', async ({
  app,
}) => {
  const hostile = await makeHostile(app)
  const page = await app.open(hostile.workspace)
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const home = new URL(page.url())
  await expect(runsGrid(page).getByRole('link').first()).toBeVisible()

  const problems: string[] = []
  for (const hash of routesOf(hostile)) {
    await test.step(hash, async () => {
      await goTo(page, hash)
      await settled(page)
      const found = await page.evaluate(findBreaches, unseenCharacter.source)
      problems.push(...found.map((sentence) => `${hash}: ${sentence}`))
      if (app.target === 'browser') await app.picture(hash.replace(/\W+/g, '-').slice(0, 40))
    })
  }
  expect(problems).toEqual([])
  expect(await page.evaluate(() => 'owned' in window || 'owned' in {})).toBe(false)
  expect(requests.filter((url) => new URL(url).host !== home.host)).toEqual([])

  await test.step('what is copied is the text itself', async () => {
    await goTo(page, `#/run/${hostile.runs[0]}/logs?step=fail`)
    const line = page
      .getByRole('region', { name: /^Log of/ })
      .getByText('fine')
      .first()
    await expect(line).toBeVisible()
    const selected = await line.evaluate((element) => {
      getSelection()?.selectAllChildren(element)
      return String(getSelection())
    })
    expect(selected).toBe('fine\u202Eenif\u2069\u061C\u200F\u00AD')
    await expect(line.locator('[data-mark="⟨RLO⟩"]')).toBeVisible()
  })
})

function routesOf({ runs, documents }: Hostile): readonly string[] {
  const [one, other] = runs
  const [first = '', second = ''] = documents.map(encodeURIComponent)
  const tabs = ['timeline', 'graph', 'state', 'checkpoints', 'logs?step=fail', 'history', 'raw']
  return [
    '#/runs/all',
    '#/runs/all?group=error',
    ...tabs.map((tab) => `#/run/${one}/${tab}`),
    `#/run/${one}/state?step=say&pointer=/steps/say/output/unbroken`,
    ...['timeline', 'state', 'raw'].map((tab) => `#/run/${first}/${tab}`),
    `#/run/${second}/raw`,
    `#/repair/${second}`,
    `#/compare?left=${one}&right=${other}`,
    `#/edit/${one}`,
    `#/resume/${one}`,
    '#/errors',
    '#/start',
    '#/migrate',
    '#/check',
    '#/operations',
    '#/cleanup/policy',
    '#/cleanup/storage',
    '#/settings',
  ]
}

async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
      }),
  )
  const busy = page.getByText(/^(Opening|Reading|Looking|Comparing|Measuring|Planning|Laying).*…$/)
  await expect(busy).toHaveCount(0)
  await expect(page.locator('main output[data-size]').filter({ visible: true })).toHaveCount(0)
}

/** Characters that act on the page, markup that was made of a text, and what has outgrown the window. Runs in the page. */
function findBreaches(unseen: string): readonly string[] {
  const found: string[] = []
  const pattern = new RegExp(unseen, 'u')
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const element = node.parentElement
    if (element === null || element.closest('[data-mark], script, style') !== null) continue
    const text = node.textContent ?? ''
    if (pattern.test(text))
      found.push(`unmarked in ${element.tagName}: ${JSON.stringify(text.slice(0, 80))}`)
  }
  for (const element of document.querySelectorAll('*'))
    for (const name of ['title', 'aria-label', 'placeholder', 'alt'])
      if (pattern.test(element.getAttribute(name) ?? ''))
        found.push(`unmarked in the ${name} of ${element.tagName}`)
  if (pattern.test(document.title)) found.push('unmarked in the title')
  const made = document.body.querySelectorAll(
    'img, iframe, object, embed, main script, a[href^="http"]',
  )
  for (const element of made) found.push(`made of a text: ${element.outerHTML.slice(0, 80)}`)
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement
  if (scrollWidth > clientWidth || scrollHeight > clientHeight) found.push('larger than the window')
  const main = document.querySelector('main')?.getBoundingClientRect()
  if (main === undefined || main.right > innerWidth + 1 || main.width < 300)
    found.push('the layout is cut')
  return found
}
