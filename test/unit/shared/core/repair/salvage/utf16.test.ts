import { describe, expect, test } from 'vitest'
import { decodeUtf8 } from '../../../../../../electron/services/decodeUtf8.ts'
import { applySalvage } from '../../../../../../shared/core/repair/salvage/applySalvage.ts'
import { salvage } from '../../../../../../shared/core/repair/salvage/salvage.ts'

const text = '{"id":"a","n":1700000000001,"é":"漢😀","list":[1.5,true,{"x":null}]}'
const truth = JSON.parse(text)

function bytesOf(from: string, order: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(from, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

function said(bytes: Uint8Array) {
  const { kind, text: certain, items } = salvage(bytes)
  return { kind, certain, items: items.map((item) => `${item.kind} byte ${item.offset}`) }
}

/** Every leaf of `part` stands at the same place in `whole`. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || part === null) return part === whole
  if (typeof whole !== 'object' || whole === null) return false
  return Object.entries(part).every(([key, value]) => isPartOf(value, Reflect.get(whole, key)))
}

const orders = ['le', 'be'] as const
const marks = ['', '\uFEFF'] as const
const ways = orders.flatMap((order) => marks.map((mark) => ({ order, mark })))

describe('UTF-16', () => {
  test.each(ways)('[R51] $order, mark "$mark", is read as such, told and certain', (way) => {
    const { order, mark } = way
    const found = said(bytesOf(mark + text, order))
    const items = [...(mark === '' ? [] : ['bom byte 0']), `utf16${order} byte 0`]
    expect(found).toEqual({ kind: 'salvaged', certain: text, items })
    expect(said(bytesOf(`${mark}[1,]`, order)).items.at(-1)).toBe(
      `trailingComma byte ${mark === '' ? 4 : 6}`,
    )
  })

  test.each(ways)(
    '[R51] $order, mark "$mark", cut at any byte: no wrong value is certain',
    (way) => {
      const bytes = bytesOf(way.mark + text, way.order)
      const wrong: number[] = []
      for (let end = 0; end < bytes.length; end += 1) {
        const { text: certain, kind } = salvage(bytes.subarray(0, end))
        if (kind === 'whole' || (certain !== '' && !isPartOf(JSON.parse(certain), truth)))
          wrong.push(end)
      }
      expect(wrong).toEqual([])
    },
  )

  test('[R51] what is not UTF-16 for certain is not read as such', () => {
    const encodings = [
      Buffer.from('{"a":1}'),
      Buffer.from('\uFEFF{"a":1}'),
      Buffer.from('{\0"a":1}'),
      Buffer.from('[\0\0\0\0]'),
      Buffer.from('"a"', 'utf16le'),
      Uint8Array.of(0xff, 0xfe, 0x7b, 0x22, 0x61, 0x22),
      Uint8Array.of(),
    ].map((bytes) => salvage(bytes).encoding)
    expect(new Set(encodings)).toEqual(new Set(['utf-8']))
    expect(said(Uint8Array.of(0xff, 0xfe)).kind).toBe('nothing')
  })

  test('[R52] half a pair is a guess, and half a unit at the end is no value', () => {
    const halved = bytesOf('{"a":1,"b":"x\uD83Dy","c":2}', 'le')
    const result = salvage(halved)
    expect(result.text).toBe('{"a":1}')
    expect(applySalvage(result)).toBe('{"a":1,"b":"x\uFFFDy","c":2}')
    const behind = Buffer.concat([bytesOf('\uFEFF42', 'le'), Uint8Array.of(0x31)])
    expect(said(behind).kind).toBe('nothing')
  })

  test('[R53] a mark before and zeros behind make nothing less certain', () => {
    const padded = Buffer.concat([Buffer.from('\uFEFF{"a":1}'), Buffer.alloc(4096)])
    expect(said(padded)).toEqual({
      kind: 'salvaged',
      certain: '{"a":1}',
      items: ['bom byte 0', 'zeroedEnd byte 10'],
    })
    const wide = Buffer.concat([bytesOf('{"a":1}', 'be'), Buffer.alloc(4097)])
    expect(said(wide)).toMatchObject({ certain: '{"a":1}' })
    expect(said(Buffer.concat([Buffer.from('\uFEFF'), Buffer.alloc(99)])).kind).toBe('nothing')
  })

  test('[R51] a document in it is told as UTF-16, not as damage at some byte', () => {
    expect(decodeUtf8(bytesOf(text, 'be'))).toMatchObject({
      rule: 'F8',
      offset: 0,
      problem: expect.stringContaining('UTF-16 (big-endian)'),
    })
  })
})
