import { describe, expect, test } from 'vitest'
import { tarHeader } from '../../../../electron/store/archiveTar.ts'

const entry = { path: 'runs/a.json', sizeBytes: 7, mode: 0o640, modifiedAt: 1_700_000_000 }

describe('[T171] the header of a file in an archive', () => {
  test('[T171] says in its own fields what they hold, and nothing more', () => {
    const header = tarHeader(entry)

    expect(header.byteLength).toBe(512)
    expect(header.toString('latin1', 0, 11)).toBe('runs/a.json')
    expect(octalAt(header, 124, 11)).toBe(7)
    expect(header.toString('latin1', 156, 157)).toBe('0')
  })

  test('[T171] says a size of 8 GiB and more in a field that has room for it', () => {
    const sizeBytes = 9 * 1024 ** 3

    expect(fieldsOf({ ...entry, sizeBytes })).toEqual({ size: String(sizeBytes) })
    expect(fieldsOf({ ...entry, sizeBytes: 8 * 1024 ** 3 - 1 })).toEqual({})
  })

  test('[T171] says a name that is long, or not of ASCII, in such a field', () => {
    const long = `logs/${'ü'.repeat(60)}.log`

    expect(fieldsOf({ ...entry, path: long })).toEqual({ path: long })
  })

  test('[T171] says of each such field a length that counts its own digits, whatever the length', () => {
    // Around those of 100 and of 1,000 bytes.
    for (const from of [80, 980])
      for (let letters = from; letters < from + 20; letters += 1) {
        const path = `ü${'x'.repeat(letters)}`
        expect(fieldsOf({ ...entry, path })).toEqual({ path })
      }
  })
})

/** As a tar program reads them: each field begins with its length in bytes. */
function fieldsOf(of: Parameters<typeof tarHeader>[0]): Readonly<Record<string, string>> {
  const header = tarHeader(of)
  if (header.toString('latin1', 156, 157) !== 'x') return {}
  const bytes = header.subarray(512, 512 + octalAt(header, 124, 11))
  const fields: Record<string, string> = {}
  for (let at = 0; at < bytes.byteLength;) {
    const length = Number.parseInt(bytes.toString('latin1', at), 10)
    const text = bytes.toString('utf8', at, at + length)
    const [, key = '', value = ''] = /^\d+ ([a-z]+)=(.*)\n$/s.exec(text) ?? []
    fields[key] = value
    at += length
  }
  return fields
}

function octalAt(header: Buffer, at: number, length: number): number {
  return Number.parseInt(header.toString('latin1', at, at + length), 8)
}
