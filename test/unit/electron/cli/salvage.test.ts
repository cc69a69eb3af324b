import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unstuck as unstuckOn, type Said } from './cliDouble.ts'

const cut = '{"id":7.0,"at":{"x":[1,2]},"createdAt":1700000000001'
const certain = '{"id":7.0,"at":{"x":[1,2]}}'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-salvage-'))
  writeFileSync(join(folder, 'cut.json'), cut)
})
afterEach(() => rmSync(folder, { recursive: true }))

function unstuck(...argv: readonly string[]): Promise<Said> {
  return unstuckOn(argv, {}, { cwd: folder })
}

describe('salvage', () => {
  test('[R50] the document is what is printed; what was found is on the error output', async () => {
    const { exit, out, err } = await unstuck('salvage', 'cut.json')
    expect({ exit, out }).toEqual({ exit: 0, out: `${certain}\n` })
    expect(err).toContain('cut.json is damaged: 50 % of it is certain.')
    expect(err).toContain('1:40 (byte 39) /createdAt')
    expect(readFileSync(join(folder, 'cut.json'), 'utf8')).toBe(cut)
    expect(readdirSync(folder)).toEqual(['cut.json'])
  })

  test('[R50] --out writes a new file, and never over one that is there', async () => {
    expect(await unstuck('salvage', 'cut.json', '--out', 'new.json')).toMatchObject({
      exit: 0,
      out: '',
    })
    expect(readFileSync(join(folder, 'new.json'), 'utf8')).toBe(certain)
    expect((await unstuck('salvage', 'cut.json', '--out', 'cut.json')).exit).toBe(2)
    expect(readFileSync(join(folder, 'cut.json'), 'utf8')).toBe(cut)
  })

  test('likely items are done, guesses by choice, and each but what is needed can be rejected', async () => {
    writeFileSync(join(folder, 'odd.json'), '{"z":0,"a":\'x\',@@"b":2}')
    const documentOf = async (...options: readonly string[]): Promise<string> =>
      (await unstuck('salvage', 'odd.json', ...options)).out
    expect(await documentOf()).toBe('{"z":0,"a":"x"}\n')
    expect(await documentOf('--guesses')).toBe('{"z":0,"a":"x","b":2}\n')
    expect(await documentOf('--guesses', '--reject', 'singleQuotes@11')).toBe('{"z":0,"b":2}\n')
    expect(await documentOf('--certain')).toBe('{"z":0}\n')
    expect((await unstuck('salvage', 'odd.json', '--reject', 'nothing')).exit).toBe(2)
  })

  test('bytes that are no UTF-8 are read, and --json says everything', async () => {
    writeFileSync(join(folder, 'old.json'), Buffer.from('{"a":1,"b":"\xe9"}', 'latin1'))
    const { exit, out } = await unstuck('salvage', 'old.json', '--json')
    expect(exit).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      kind: 'salvaged',
      document: '{"a":1,"b":"é"}',
      items: [{ kind: 'windows1252', offset: 11, line: 1, column: 12, pointer: '/b' }],
    })
  })

  test('a file without a value ends with 4, and one that is not there with 3', async () => {
    writeFileSync(join(folder, 'zeros.json'), Buffer.alloc(512))
    expect(await unstuck('salvage', 'zeros.json')).toMatchObject({ exit: 4, out: '' })
    expect((await unstuck('salvage', 'none.json')).exit).toBe(3)
  })
})
