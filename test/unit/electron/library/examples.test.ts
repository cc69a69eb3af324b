import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { sessionFolder } from './sessionFixtures.ts'

const examples = fileURLToPath(new URL('../../../../docs/examples/library/', import.meta.url))
const resolver = new URL('./resolveUnstuck.ts', import.meta.url).href

/** What each example prints, in a workspace of its own. */
const printed: Readonly<Record<string, readonly string[]>> = {
  'payments.ts': ['completed order-7: 1250 cents, payment-1 of 1250'],
  'snapshot.ts': [
    'failed The report service is down.',
    'met already: load, square',
    'completed squares 9 16 25',
    'ran: load, report, report',
  ],
  'sessions.ts': [
    'seen 1 to do 2',
    'seen 2 to do 2',
    'seen 3 to do 1',
    'seen 4 to do 0',
    'half way: / /docs',
    'checkpoints: half way, before restoring half way, restored half way',
    'crawl-example completed',
  ],
  'ownBackend.ts': [
    ...Array.from({ length: 10 }, () => expect.stringMatching(/^kept: /)),
    "{ items: [ 'tea' ] }",
  ],
}

describe('the examples of the library', () => {
  test.each(Object.entries(printed))(
    '[B28] %s prints what it says',
    async (name, lines) => {
      const folder = await sessionFolder()
      const words = ['--import', resolver, '--no-warnings', `${examples}${name}`, folder]
      const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: 60_000 })
      expect(stdout.trim().split('\n')).toEqual(lines)
    },
    60_000,
  )

  test('[B28] each of them is run', async () => {
    expect((await readdir(examples)).toSorted()).toEqual(Object.keys(printed).toSorted())
  })
})
