import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { encodeLine, readLine } from '../../../../electron/store/journalLine.ts'
import { sampleRun } from '../../../conformance/cases/fixtures.ts'
import { createdAt } from './storeFixtures.ts'

const first = { seq: 1, at: createdAt, epoch: 1, prev: '' }
const golden =
  '{"seq":1,"at":"2026-01-02T03:04:05.678Z","epoch":1,"type":"variableSet","name":"grüße","value":{"a":[1,null]},"prev":"","sum":"e71198f779f010e96a8b30ff4c3ee434"}\n'
const goldenNext =
  '{"seq":2,"at":"2026-01-02T03:04:05.678Z","epoch":1,"type":"runPaused","by":"ana","reason":null,"prev":"e71198f779f010e96a8b30ff4c3ee434","sum":"648999464a23af7519e85b9b35961980"}\n'

describe('a line of the journal', () => {
  test('[T1] has its keys in a fixed order and ends with the digest of the bytes before', () => {
    const one = encodeLine({ type: 'variableSet', name: 'grüße', value: { a: [1, null] } }, first)
    const two = encodeLine(
      { type: 'runPaused', by: 'ana', reason: null },
      { ...first, seq: 2, prev: one.record.sum },
    )

    expect(textOf(one.bytes) + textOf(two.bytes)).toBe(golden + goldenNext)
  })

  test('[T1] reads back as the record that was written', () => {
    const line = encodeLine({ type: 'keyframe', run: sampleRun() }, first)

    expect(readLine(line.bytes.subarray(0, -1))).toEqual({
      kind: 'record',
      item: { kind: 'known', record: line.record },
    })
  })

  test('[T1] keeps what its author added and never lets it pass for the envelope', () => {
    const body = { type: 'runStarted', note: 'by hand', seq: 99, sum: 'x', epoch: 7 } as const

    const { record } = encodeLine(body, first)

    expect(record).toEqual({
      ...first,
      type: 'runStarted',
      note: 'by hand',
      sum: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
  })

  test('[T1] a key named __proto__ is one like others, and what JSON cannot say is left out', () => {
    const body = JSON.parse('{"type":"runStarted","__proto__":{"a":1}}') as { type: 'runStarted' } // as a stranger wrote it

    const { bytes, record } = encodeLine({ ...body, ['gone']: undefined }, first)

    expect(textOf(bytes)).toContain('"type":"runStarted","__proto__":{"a":1},"prev":""')
    expect(Object.hasOwn(record, '__proto__')).toBe(true)
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype)
    expect(Object.hasOwn(record, 'gone')).toBe(false)
  })

  test('[T2] a record that no reader would accept is never written', () => {
    const wrong = { type: 'variableSet', name: 'a', value: Number.NaN } as const
    const late = { ...first, at: 'yesterday' }

    expect(encodeLine(wrong, first).record).toMatchObject({ value: null })
    expect(() => encodeLine({ type: 'runStarted' }, late)).toThrow(
      'A "runStarted" record does not fit its schema',
    )
  })

  test('[T3] any bit that flips in it is found', () => {
    const line = encodeLine({ type: 'runStarted' }, first).bytes.slice(0, -1)
    const missed: number[] = []
    for (let bit = 0; bit < line.byteLength * 8; bit += 1) {
      const flipped = line.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      if (readLine(flipped).kind === 'record') missed.push(bit)
    }

    expect(missed).toEqual([])
  })

  test('[T4] a type that is not known is kept, with all its fields', () => {
    const open =
      '{"seq":1,"at":"2026-01-02T03:04:05.678Z","epoch":1,"type":"teleported","to":"x","prev":""'
    const line = withSum(open)

    expect(readLine(line)).toEqual({
      kind: 'record',
      item: { kind: 'unknown', record: JSON.parse(textOf(line)) },
    })
  })

  test('[T4] a variable named __proto__ is kept, and a step of that name is refused', () => {
    const run = sampleRun()
    const variables = JSON.parse('{"__proto__":{"polluted":true}}')
    const kept = encodeLine({ type: 'keyframe', run: { ...run, variables } }, first)
    const read = readLine(kept.bytes.subarray(0, -1))
    expect(JSON.stringify(read)).toContain('"variables":{"__proto__":{"polluted":true}}')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)

    const text = textOf(encodeLine({ type: 'keyframe', run }, first).bytes)
    const renamed = text.replace('"steps":{', '"steps":{"__proto__":{}')
    const line = withSum(renamed.slice(0, renamed.lastIndexOf(',"sum":')))
    expect(readLine(line)).toMatchObject({ kind: 'flawed', flaw: 'shape' })
  })

  test.each([
    ['not-json', 'hello'],
    ['not-json', '\u{feff}{}'],
    ['shape', '{"seq":1}'],
    [
      'shape',
      textOf(withSum('{"seq":0,"at":"2026-01-02T03:04:05.678Z","epoch":1,"type":"x","prev":""')),
    ],
    [
      'shape',
      textOf(
        withSum(
          '{"seq":1,"at":"2026-01-02T03:04:05.678Z","epoch":1,"type":"variableSet","prev":""',
        ),
      ),
    ],
    ['sum', golden.trimEnd().replace('null', 'true')],
  ])('[T3] says %s of %s', (flaw, line) => {
    expect(readLine(Buffer.from(line))).toMatchObject({ kind: 'flawed', flaw })
  })

  test('[T3] bytes that are no UTF-8 are no JSON', () => {
    expect(readLine(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({ flaw: 'not-json' })
  })
})

function withSum(open: string): Uint8Array {
  const sum = createHash('sha256').update(open).digest('hex').slice(0, 32)
  return Buffer.from(`${open},"sum":"${sum}"}`)
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
