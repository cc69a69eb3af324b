import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { test } from '../harness/app.ts'
import { keepsPictures, root } from '../harness/machine.ts'

// What the documents show is what the application looks like: UNSTUCK_PICTURES=1 writes the pictures there.
const isForDocuments = process.env['UNSTUCK_PICTURES'] === '1'

/** A picture of the page for whoever looks at the results, and for the documents where they ask for it. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!keepsPictures) return
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) })
  if (!isForDocuments) return
  const folder = join(root, 'docs/pictures')
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
