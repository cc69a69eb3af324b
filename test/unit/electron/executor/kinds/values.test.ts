import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFunctionLog } from '../../../../../electron/executor/kinds/functionLog.ts'
import { shownUrl } from '../../../../../electron/executor/kinds/shownUrl.ts'
import { toJsonText } from '../../../../../electron/executor/kinds/toJsonText.ts'
import { toRunError } from '../../../../../electron/executor/kinds/toRunError.ts'
import { createMemoryStore } from '../../../../../electron/store/memoryStore.ts'
import { RunError } from '../../../../../shared/schema/run.ts'
import { now, randomId } from '../workbench.ts'

describe('values that come from outside', () => {
  test('[E74] every JSON value has its text, and whatever has none says so without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(toJsonText(value)).toEqual({ text: JSON.stringify(value) })
      }),
      { seed: 470, numRuns: 300 },
    )
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withMap: true, withSet: true, withDate: false }),
        (value) => {
          const found = toJsonText(value)
          const isText = 'text' in found && typeof found.text === 'string'
          expect(isText || 'problem' in found).toBe(true)
        },
      ),
      { seed: 471, numRuns: 500 },
    )
  })

  test('[E90] whatever is thrown becomes an error that a run can keep', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withObjectString: true }), (thrown) => {
        const error = toRunError(thrown)
        expect(RunError.parse(JSON.parse(JSON.stringify(error)))).toEqual(error)
        expect(error.name).not.toBe('')
        expect(error.message).not.toBe('')
      }),
      { seed: 472, numRuns: 500 },
    )
  })

  test('[E80] of an address no user, password, query value or fragment is shown', () => {
    const secret = fc.stringMatching(/^S[a-z0-9]{8,20}$/)
    fc.assert(
      fc.property(secret, secret, secret, (user, password, value) => {
        const shown = shownUrl(
          `https://${user}:${password}@host.example:8443/path?a=${value}&b[]=${value}&a=1#${value}`,
        )
        expect(shown).toBe('https://host.example:8443/path?a=…&b%5B%5D=…')
      }),
      { seed: 473, numRuns: 100 },
    )
    expect(shownUrl('no address')).toBe('an address that cannot be read')
  })

  test('[E67] the log of a function has the same limit, and says where it ends', async () => {
    const written: string[] = []
    const store = createMemoryStore({ now, randomId, application: { version: '0' } })
    const place = { run: { id: 'r' } as never, step: 's' as never, number: 1 }
    const log = createFunctionLog(
      { store, writeLog: async (_, text) => void written.push(text) },
      place,
    )
    const large = 'x'.repeat(100 * 1024 * 1024)
    for (let line = 0; line < 6; line++) log.writeLine(large)
    await log.written()
    expect(written.map((text) => text.length)).toEqual([large.length + 1, large.length + 1, 73])
    await store.close()
  })
})
