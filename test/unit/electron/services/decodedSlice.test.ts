import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { decodedSlice } from '../../../../electron/services/decodedSlice.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

const text = `\ufeff${'{"name":"Zoë 😀"}\n'.repeat(40)}`

async function allOf(document: string, bytes: Uint8Array, limitBytes: number) {
  await writeFile(join(bench.root, document), bytes)
  const parts: string[] = []
  let [offset, slice]: [number | null, Awaited<ReturnType<typeof decodedSlice>>] = [0, null]
  while (offset !== null) {
    slice = await decodedSlice(bench.context, document, { offset, limitBytes })
    parts.push(slice?.text ?? '')
    offset = slice?.nextOffset ?? null
  }
  return { text: parts.join(''), parts: parts.length, written: slice?.written }
}

test('[F361] UTF-16 and what is compressed are read slice by slice, and no character is cut in two', async () => {
  const little = Buffer.from(text, 'utf16le')
  const read = await allOf('a.json', little, 101)
  const written = { encoding: 'utf-16le', packing: null }
  expect(read).toMatchObject({ text, written })
  expect(read.parts).toBeGreaterThan(10)
  const big = Buffer.from(little).swap16()
  expect(await allOf('b.json', big, 64)).toMatchObject({ text, written: { encoding: 'utf-16be' } })

  const packed = { encoding: 'utf-8', packing: 'gzip' }
  expect(await allOf('c.json.gz', gzipSync(text), 100)).toMatchObject({ text, written: packed })
  expect(await allOf('d.json', Buffer.from(text), 100)).toMatchObject({ text: '' })
})
