import { expect, test } from 'vitest'
import { lineTools } from '../../../../../../electron/services/lineTools.ts'
import { equalLinesEnd } from '../../../../../../shared/core/diff/lines/equalLines.ts'

function windowOf(text: string, at = 0) {
  const bytes = Buffer.from(text)
  return { bytes, at, end: bytes.length, isLast: true }
}

const endOf = (one: string, other: string) =>
  equalLinesEnd(lineTools, windowOf(one), windowOf(other))

test('[D28] lines are the same up to the last line feed before the first byte that differs', () => {
  expect(endOf('a\nb\nc\n', 'a\nb\nd\n')).toBe(4)
  expect(endOf('a\nb\n', 'a\nb\n')).toBe(4)
  expect(endOf('a\nb', 'a\nb')).toBe(2)
  expect(endOf('a\nb\n', 'a\nb')).toBe(2)
  expect(endOf('ab', 'ac')).toBe(0)
  expect(endOf('x\n', 'y\n')).toBe(0)
  expect(endOf('\n', '\n')).toBe(1)
  expect([endOf('', 'a\n'), endOf('a\n', '')]).toEqual([0, 0])
})

test('[D28] each side is looked at from where it is', () => {
  const before = windowOf('x\na\nb\nc\n', 2)
  expect(equalLinesEnd(lineTools, before, windowOf('a\nb\nd\n'))).toBe(6)
  expect(equalLinesEnd(lineTools, before, windowOf('q\n'))).toBe(2)
  expect(equalLinesEnd(lineTools, before, windowOf('aXb'))).toBe(2)
})

test('[D28] wherever in a long text the first byte differs, it is found', () => {
  const text = 'line of text\n'.repeat(1500)
  for (let at = 1; at < text.length; at += 97) {
    const other = `${text.slice(0, at)}#${text.slice(at + 1)}`
    expect(endOf(text, other)).toBe(text.lastIndexOf('\n', at - 1) + 1)
  }
  expect(endOf(text, text)).toBe(text.length)
})

test('[D28] nearly all of what is the same is compared in large pieces', () => {
  const text = 'line of text\n'.repeat(100_000)
  const sizes: number[] = []
  const tools = {
    ...lineTools,
    isSame: (...pieces: Parameters<typeof lineTools.isSame>) => {
      sizes.push(pieces[0].to - pieces[0].from)
      return lineTools.isSame(...pieces)
    },
  }
  const other = `${text.slice(0, 1_200_000)}#`
  expect(equalLinesEnd(tools, windowOf(text), windowOf(other))).toBe(1_199_991)
  expect(sizes.length).toBeLessThan(30)
  expect(Math.max(...sizes)).toBe(2 ** 18)
})
