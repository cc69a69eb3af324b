import { describe, expect, test } from 'vitest'
import {
  labelUnseen,
  hasUnseen,
  isRightToLeft,
  showUnseen,
  splitUnseen,
  unseenCharacter,
} from '../../../shared/unseen.ts'
import { growth } from '../../processorTime.ts'

describe('characters that nobody sees', () => {
  test.each([
    ['pay\u202Etxt.exe', 'pay⟨RLO⟩txt.exe'],
    ['\u202A\u202B\u202C\u202D', '⟨LRE⟩⟨RLE⟩⟨PDF⟩⟨LRO⟩'],
    ['\u2066a\u2067b\u2068c\u2069', '⟨LRI⟩a⟨RLI⟩b⟨FSI⟩c⟨PDI⟩'],
    ['\u200Ea\u200Fb\u061C', '⟨LRM⟩a⟨RLM⟩b⟨ALM⟩'],
    ['de\u200Bploy', 'de⟨ZWSP⟩ploy'],
    ['\uFEFFa\u2060b\u00ADc', '⟨BOM⟩a⟨WJ⟩b⟨SHY⟩c'],
    ['a\u00A0b\u2003c\u3000d\u2800e', 'a⟨NBSP⟩b⟨U+2003⟩c⟨U+3000⟩d⟨U+2800⟩e'],
    ['\u0000\u0007\u001B[2J\u007F\u0085\u009B', '⟨NUL⟩⟨BEL⟩⟨ESC⟩[2J⟨DEL⟩⟨NEL⟩⟨CSI⟩'],
    ['a\u2028b\u2029', 'a⟨LS⟩b⟨PS⟩'],
    ['over\rwritten', 'over⟨CR⟩written'],
    ['\uD800', '⟨U+D800⟩'],
    ['\u{E0041}\u{E0042}', '⟨U+E0041⟩⟨U+E0042⟩'],
    ['a\u200Db', 'a⟨ZWJ⟩b'],
    ['\u3164', '⟨U+3164⟩'],
    ['\u200B'.repeat(10), '⟨ZWSP⟩⟨ZWSP⟩⟨ZWSP⟩⟨ZWSP⟩⟨+6⟩'],
  ])('[T157] %j is shown as %s', (text, shown) => {
    expect(showUnseen(text)).toBe(shown)
    expect(hasUnseen(text)).toBe(true)
    expect(labels(text)).toBe(shown)
  })

  test.each([
    '',
    'plain, with\ttabs\nand lines\r\n',
    'Grüße, naïve, Ελληνικά, Русский',
    '日本語　です。　はい',
    'می‌خواهم', // a joiner that Persian needs
    'शक्‍ति',
    '👩‍👩‍👧 ❤️ 👩🏽‍💻 1️⃣',
    'שלום עולם',
  ])('[T157] %j stays as it is', (text) => {
    expect(showUnseen(text)).toBe(text)
    expect(splitUnseen(text)).toEqual(text === '' ? [] : [{ kind: 'seen', text }])
  })

  test('[T157] nothing that was shown is left to be shown, and the parts are the text', () => {
    const every = Array.from({ length: 0x3100 }, (_, code) => String.fromCodePoint(code)).join('a')
    expect(hasUnseen(showUnseen(every))).toBe(false)
    expect(
      splitUnseen(every)
        .map((part) => part.text)
        .join(''),
    ).toBe(every)
    expect(every.replace(unseenCharacter, labelUnseen)).toBe(showUnseen(every))
  })

  test('[T157] a megabyte of them is shown in a time that grows with it', () => {
    expect(showUnseen('a\u200B'.repeat(500_000))).toHaveLength(500_000 * 7)
    expect(showUnseen('\u202E'.repeat(1_000_000))).toBe('⟨RLO⟩⟨RLO⟩⟨RLO⟩⟨RLO⟩⟨+999996⟩')
    expect(showUnseen(`${'\u0000'.repeat(20_000_000)}a`)).toBe(`${'⟨NUL⟩'.repeat(4)}⟨+19999996⟩a`)
    for (const unseen of ['a\u200B', '\u202E'])
      expect(
        growth((count) => () => showUnseen(unseen.repeat(count)), { size: 500_000 }),
      ).toBeLessThan(11)
  })

  test('[T158] what is written from right to left is known', () => {
    expect(['שלום', 'a مرحبا', '\u{10840}'].map(isRightToLeft)).toEqual([true, true, true])
    expect(['abc', 'é', '日本', '\u202E'].map(isRightToLeft)).toEqual([false, false, false, false])
  })
})

/** The text as its parts show it. */
function labels(text: string): string {
  return splitUnseen(text)
    .map((part) => (part.kind === 'seen' ? part.text : part.label))
    .join('')
}
