import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, afterAll, describe, expect, test } from 'vitest'
import { readRecords } from '../../../../electron/services/readRecords.ts'
import { nativeRef } from '../../../../electron/services/refs.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { contract, maxMessageBytes, type CallInput } from '../../../../shared/contract/contract.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { makeLongRun } from '../../../bench/makeLongRun.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

const records = 5000
const id = RunId.parse('long-20260102t030405z-r5k')
let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
  await makeLongRun(bench.root, { id, records })
})
afterAll(() => bench.close())

function ask(input: Omit<CallInput<'run.records'>, 'ref'>, run = id, signal = neverCancelled) {
  const ref = nativeRef(bench.context, run)
  const whole = contract['run.records'].input.parse({ ref, ...input })
  return readRecords(bench.context, whole, { signal })
}

function journalOf(run: RunId): string {
  return join(bench.root, bench.store.layout.journal(run))
}

type Page = Awaited<ReturnType<typeof ask>>

function seqsOf({ lines }: Page): readonly (number | string)[] {
  return lines.map((line) => (line.kind === 'record' ? line.seq : line.sentence))
}

async function readThrough(input: Omit<CallInput<'run.records'>, 'ref'>) {
  const pages: Page[] = []
  for (let from: number | null = null; ;) {
    const page = await ask({ ...input, from })
    pages.push(page)
    if (page.next === null) return pages
    from = page.next
  }
}

describe('records of a long run', () => {
  test('[E160] both ends are read by a few slices of the journal', async () => {
    const read: number[] = []
    const { store } = bench
    const counting = {
      ...bench.context,
      store: {
        ...store,
        readSlice: async (path: string, range: { offset: number; limitBytes: number }) => {
          const slice = await store.readSlice(path, range)
          read.push(slice.bytes.byteLength)
          return slice
        },
      },
    }
    const ref = nativeRef(bench.context, id)
    const at = (descending: boolean) =>
      readRecords(counting, contract['run.records'].input.parse({ ref, descending, limit: 10 }), {
        signal: neverCancelled,
      })

    expect(seqsOf(await at(true))).toEqual([
      5000, 4999, 4998, 4997, 4996, 4995, 4994, 4993, 4992, 4991,
    ])
    expect(seqsOf(await at(false))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    const { sizeBytes } = await ask({ limit: 1 })
    expect(read.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(sizeBytes / 2)
  })

  test('[E160] page by page every record comes once, from either end', async () => {
    const newest = await readThrough({ limit: 500 })
    const oldest = await readThrough({ limit: 300, descending: false })
    const all = Array.from({ length: records }, (_, index) => index + 1)

    expect(newest.flatMap(seqsOf)).toEqual(all.toReversed())
    expect(oldest.flatMap(seqsOf)).toEqual(all)
  })

  test('[E160] a record says what the history says, and its bytes are where it says', async () => {
    const { lines } = await ask({ from: null, limit: 1, descending: false })
    const [line] = lines
    const bytes = await readFile(journalOf(id))
    const text = bytes.subarray(line?.offset, (line?.offset ?? 0) + (line?.sizeBytes ?? 0))

    expect(line).toMatchObject({
      kind: 'record',
      type: 'runCreated',
      sentence: 'The run of long was created.',
    })
    expect(text.toString()).toMatch(/^\{"seq":1,.*\}\n$/)
  })

  test('[E162] records of a type are found, and a page ends that looked through much', async () => {
    const pages = await readThrough({ types: ['checkpoint'], limit: 20 })
    const none = await readThrough({ step: 'nobody' })

    const found = pages.flatMap(({ lines }) => lines)
    expect(new Set(found.map((line) => line.kind === 'record' && line.type))).toEqual(
      new Set(['checkpoint']),
    )
    expect(found).toHaveLength(50)
    expect(none.flatMap(({ lines }) => lines)).toEqual([])
  })

  test('[E161] what is no record is told in its place', async () => {
    const run = RunId.parse('long-20260102t030405z-bad')
    await makeLongRun(bench.root, { id: run, records: 6 })
    const path = journalOf(run)
    const lines = (await readFile(path, 'utf8')).split('\n')
    lines[2] = lines[2]?.replace('program', 'PROGRAM') ?? ''
    lines[3] = 'no json'
    await writeFile(path, lines.join('\n'))
    await truncate(path, (await readFile(path)).byteLength - 10)

    expect(seqsOf(await ask({ descending: false }, run))).toEqual([
      1,
      2,
      'Its sum does not fit its bytes.',
      'It is no record.',
      5,
      'It is not whole: its write was cut short, or is going on.',
    ])
    await appendFile(path, Buffer.from([0xff, 0x0a]))
    expect(seqsOf(await ask({ limit: 1 }, run))).toEqual([
      expect.stringMatching(/^Byte \d+ is not valid UTF-8/),
    ])
  })

  test('[E160] of a record with a large state only the beginning is read', async () => {
    const run = RunId.parse('long-20260102t030405z-big')
    const variables = { much: 'x'.repeat(1_000_000) }
    await makeLongRun(bench.root, { id: run, records: 502, variables })

    const { lines } = await ask({ types: ['keyframe', 'runCreated'] }, run)
    expect(lines).toMatchObject([
      { seq: 500, type: 'keyframe', sentence: 'The whole state was written.' },
      { seq: 1, type: 'runCreated', step: null },
    ])
  })

  test('[E160] no page is too large for a message, whatever the records say, and none is left out', async () => {
    const run = RunId.parse('long-20260102t030405z-odd')
    await makeLongRun(bench.root, { id: run, records: 2 })
    const writer = await bench.store.open(run, { purpose: 'test', controlSocket: null })
    const odd = '\u0001'.repeat(600)
    const bodies = Array.from({ length: 600 }, () => ({
      type: 'runCancelled' as const,
      by: odd,
      reason: null,
    }))
    await writer.append(bodies, { durable: false })
    await writer.release()
    const pages: Page[] = []
    for (let from: number | null = null; ;) {
      const page = await ask({ from, limit: 500 }, run)
      pages.push(page)
      if (page.next === null) break
      from = page.next
    }

    expect(Math.max(...pages.map((page) => Buffer.byteLength(JSON.stringify(page))))).toBeLessThan(
      maxMessageBytes,
    )
    expect(pages.flatMap(seqsOf)).toEqual(Array.from({ length: 602 }, (_, index) => 602 - index))
  })

  test('[E168] a cancelled reading ends', async () => {
    const { signal } = cancelled()
    await expect(ask({}, id, signal)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

function cancelled(): AbortController {
  const controller = new AbortController()
  controller.abort()
  return controller
}
