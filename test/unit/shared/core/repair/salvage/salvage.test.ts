import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { applySalvage } from '../../../../../../shared/core/repair/salvage/applySalvage.ts'
import { createSalvage } from '../../../../../../shared/core/repair/salvage/createSalvage.ts'
import { salvage } from '../../../../../../shared/core/repair/salvage/salvage.ts'
import type { Salvage } from '../../../../../../shared/core/repair/salvage/salvageResult.ts'
import { jsonTable } from './jsonTable.ts'
import { salvageTable } from './salvageTable.ts'

/** The kind, the certain value, the whole proposal, and each item as `kind line:column pointer`. */
function said(input: string | Uint8Array, rejected: readonly string[] = []) {
  const result = salvage(input)
  return {
    kind: result.kind,
    certain: result.text,
    document: applySalvage(result, rejected),
    items: result.items.map(
      ({ kind, line, column, pointer }) => `${kind} ${line}:${column} ${pointer ?? '-'}`,
    ),
  }
}

function untrusted(input: string): readonly string[] {
  const { fragments, source } = salvage(input)
  return fragments.flatMap(({ isUntrusted, start, end }) =>
    isUntrusted ? source.slice(start, end) : [],
  )
}

const pointersOf = (text: string) => salvage(text).items.map(({ pointer }) => pointer)

describe('what is JSON', () => {
  test.each(jsonTable)('[R23] $name: JSON is $isJson', ({ text, isJson }) => {
    const { kind, items } = salvage(text)
    expect(kind === 'whole').toBe(isJson)
    if (!isJson) expect(items.length).toBeGreaterThan(0)
  })

  test('[R23] the public documents of JSON Patch are whole, and stay as they are', () => {
    for (const name of ['tests', 'spec_tests']) {
      const text = readFileSync(`node_modules/json-patch-test-suite/${name}.json`, 'utf8')
      const { kind, text: certain, items } = salvage(text)
      expect({ kind, certain }).toEqual({ kind: 'whole', certain: text })
      expect(items.filter((item) => item.kind !== 'duplicateKey')).toEqual([])
    }
  })
})

describe('a document that is cut', () => {
  test('[R24] a number that the text ends in is untrusted, even when it looks whole', () => {
    const text = '{"id":"a","at":{"createdAt":1700000000001'
    expect(said(text)).toEqual({
      kind: 'salvaged',
      certain: '{"id":"a"}',
      document: '{"id":"a"}',
      items: ['cutNumber 1:29 /at/createdAt', 'cut 1:42 /at/createdAt'],
    })
    expect(untrusted(text)).toEqual(['1700000000001'])
    expect(untrusted('{"id":"a","createdAt":17')).toEqual(['17'])
    expect(said('{"id":1 ').certain).toBe('{"id":1}')
  })

  test('[R24] texts, words and keys that it ends in are shown, never completed', () => {
    expect(untrusted('{"a":1,"b":"half a te')).toEqual(['"half a te'])
    expect(untrusted('[true,fal')).toEqual(['fal'])
    expect(untrusted('{"a":1,"ke')).toEqual(['"ke'])
    expect(said('[[1],{"a":[').certain).toBe('[[1]]')
    expect(said('[1,tru').certain).toBe('[1]')
    expect(said('[1,true').certain).toBe('[1,true]')
  })
})

describe('ways to break', () => {
  test.each(salvageTable)('[R49] $name', ({ text, rejected = [], ...row }) => {
    const { name: _name, ...expected } = row
    const result = salvage(text)
    const document = applySalvage(result, rejected)
    expect(toldOf(result, document)).toEqual(expected)
    for (const json of [expected.certain, expected.document])
      if (json !== null && json !== '') expect(() => JSON.parse(json)).not.toThrow()
  })
})

function toldOf({ kind, text, source, items, fragments }: Salvage, document: string | null) {
  return {
    kind,
    certain: text,
    document,
    items: items.map((item) => `${item.kind}@${item.start} ${item.pointer ?? '-'}`),
    fragments: fragments.map(({ isDocument, isUntrusted, confidence, start, end }) => {
      const what = isDocument ? 'document' : isUntrusted ? 'untrusted' : confidence
      return `${what} ${source.slice(start, end)}`
    }),
  }
}

describe('other spellings', () => {
  test('[R25] a byte order mark goes', () => {
    expect(said('\uFEFF{"a":1}')).toMatchObject({ certain: '{"a":1}', items: ['bom 1:1 -'] })
  })

  test('[R26] comments go', () => {
    const { certain, items } = said('{"a":1, // one\n "b":/* two */2}// end')
    expect(JSON.parse(certain)).toEqual({ a: 1, b: 2 })
    expect(items).toEqual(['comment 1:9 -', 'comment 2:6 -', 'comment 2:17 -'])
    expect(said('{"a":1,"b":2,\n# no\n"c":3}')).toMatchObject({
      certain: '{"a":1}',
      document: '{"a":1,"b":2,\n\n"c":3}',
    })
  })

  test('[R27] a comma that nothing follows goes', () => {
    expect(said('[{"a":1,},2, ]')).toMatchObject({
      certain: '[{"a":1},2 ]',
      items: ['trailingComma 1:8 /0', 'trailingComma 1:12 /2'],
    })
    expect(said('[1,,2]')).toMatchObject({ document: '[1,2]', items: ['extraComma 1:4 /1'] })
  })

  test('[R28] a key that stands twice is JSON; by choice the earlier member goes', () => {
    const text = '{"a":{"x":1},"b":7.0,"\\u0061":2}'
    expect(said(text)).toEqual({
      kind: 'whole',
      certain: text,
      document: '{"b":7.0,"\\u0061":2}',
      items: ['duplicateKey 1:22 /a'],
    })
    expect(said(text, ['duplicateKey@21']).document).toBe(text)
    const wide = Array.from({ length: 40 }, (_, key) => `"k${key}":0`).join(',')
    expect(said(`{${wide},"k7":1}`).items).toEqual(['duplicateKey 1:312 /k7'])
  })

  test('[R29] single quotes become double ones', () => {
    expect(said(`{"a":1,'b':'it\\'s "x"'}`)).toEqual({
      kind: 'salvaged',
      certain: '{"a":1}',
      document: `{"a":1,"b":"it's \\"x\\""}`,
      items: ['singleQuotes 1:8 ', 'singleQuotes 1:12 /b'],
    })
  })

  test('[R30] keys get their quotes', () => {
    expect(said('{"a":1,größe:2,3:4}').document).toBe('{"a":1,"größe":2,"3":4}')
  })

  test("[R31] the words of Python and numbers that are none become JSON's, or are left out", () => {
    const text = '{"a":True,"b":None,"c":NaN,"d":-Infinity,"e":5}'
    expect(said(text).document).toBe('{"a":true,"b":null,"c":null,"d":null,"e":5}')
    expect(said(text, ['notANumber@23']).document).toBe('{"a":true,"b":null,"d":null,"e":5}')
  })

  test('[R32] control characters and backslashes that escape nothing are escaped', () => {
    expect(said('{"a":"x\ty","b":"C:\\data"}').document).toBe('{"a":"x\\ty","b":"C:\\\\data"}')
  })

  test('[R33] bytes of Windows-1252 are read as such, others are replaced, neither is certain', () => {
    const bytes = Uint8Array.of(...Buffer.from('{"a":1,"b":"'), 0x80, 0xe9, ...Buffer.from('"}'))
    expect(said(bytes)).toEqual({
      kind: 'salvaged',
      certain: '{"a":1}',
      document: '{"a":1,"b":"€é"}',
      items: ['windows1252 1:12 /b'],
    })
    const other = Uint8Array.of(...Buffer.from('{"b":"'), 0x81, ...Buffer.from('"}'))
    expect(said(other)).toMatchObject({ document: '{"b":"\uFFFD"}', items: ['invalidUtf8 1:6 /b'] })
    expect(salvage(Buffer.from('{"é":"漢😀"}')).text).toBe('{"é":"漢😀"}')
  })
})

describe('a broken structure', () => {
  test('[R34] commas, colons and brackets that are missing are put in', () => {
    expect(said('{"z":0,"a":[1 2],"b" "x" "c":[{"d":1]}')).toEqual({
      kind: 'salvaged',
      certain: '{"z":0}',
      document: '{"z":0,"a":[1, 2],"b" :"x", "c":[{"d":1}]}',
      items: [
        'missingComma 1:15 /a',
        'missingColon 1:22 /b',
        'missingComma 1:26 ',
        'missingBracket 1:37 /c/0',
      ],
    })
  })

  test('[R35] a key without a value is left out', () => {
    expect(said('{"a":1,"b":,"c":2,"d"}').document).toBe('{"a":1,"c":2}')
  })

  test('[R36] what begins no JSON is passed over, and the document ends there without it', () => {
    expect(said('{"z":0,"a":1,@@"b":2,"c":3}')).toMatchObject({
      certain: '{"z":0}',
      document: '{"z":0,"a":1,"b":2,"c":3}',
    })
    expect(said('[[1,2)],3]', ['garbage@5'])).toMatchObject({ document: '[[1]]' })
    expect(said('[1,2}]').items).toEqual(['strayBracket 1:5 '])
  })

  test('[R37] blocks of zeros are told with their place; at the end they are a cut', () => {
    const zeros = '\0'.repeat(512)
    expect(said(`{"a":1,"b":"lost${zeros}t",\n"c":3}`)).toMatchObject({
      certain: '{"a":1}',
      document: '{"a":1,\n"c":3}',
      items: ['untrustedString 1:12 /b', 'zeroed 1:17 '],
    })
    expect(said(`{"a":1,"b":17${zeros}`)).toMatchObject({
      certain: '{"a":1}',
      items: ['cutNumber 1:12 /b', 'zeroedEnd 1:14 -', 'cut 1:14 /b'],
    })
    expect(said(zeros)).toMatchObject({ kind: 'nothing', document: null })
  })

  test('[R38] damaged numbers, texts and words are shown and left out', () => {
    const text = '{"z":0,"a":0x1F,"b":"x"y","c":maybe,"d":4}'
    expect(said(text)).toMatchObject({ certain: '{"z":0}', document: '{"z":0,"d":4}' })
    expect(untrusted(text)).toEqual(['0x1F', '"x"y"', 'maybe'])
  })

  test('[R39] a write into another one ends the first; the second is a document of its own', () => {
    const second = '{"v":1,"b":"hello","c":3}'
    const result = salvage(`{"v":1,"b":"hel${second}lo","c":4}`)
    expect(result).toMatchObject({ kind: 'salvaged', text: '{"v":1}' })
    expect(result.fragments.filter(({ isDocument }) => isDocument)).toMatchObject([
      { shown: second, confidence: 'certain', offset: 15 },
    ])
    expect(said(`{"v":1,"b":17${second}`).items).toEqual(['secondWrite 1:14 /b'])
    expect(said(`{"v":1,"b":{"d":0,"e":${second}`)).toMatchObject({
      certain: '{"v":1,"b":{"d":0}}',
      items: ['secondWrite 1:23 /b/e'],
    })
    expect(said(`${second},"d":"longer"}`)).toMatchObject({
      certain: second,
      items: ['remains 1:26 -'],
    })
  })

  test('[R40] of documents behind one another the first is taken, and each is shown', () => {
    const result = salvage('{"a":1}\n{"a":2}{"a":3}')
    expect(result).toMatchObject({ kind: 'salvaged', text: '{"a":1}' })
    expect(result.items.map(({ kind }) => kind)).toEqual(['anotherDocument'])
    expect(result.fragments.map(({ shown }) => shown)).toEqual(['{"a":2}', '{"a":3}'])
  })

  test('[R41] what follows a document goes, and a text without a value says so', () => {
    expect(said('{"a":1} done')).toMatchObject({ certain: '{"a":1}', items: ['trailing 1:9 -'] })
    expect(said(' \n')).toMatchObject({ kind: 'nothing', items: ['empty 1:1 -'] })
  })
})

describe('limits and promises', () => {
  test('[R42] two hundred breaks are mended, and what stands behind them is one fragment', () => {
    const [few, many] = [199, 200].map((count) => salvage(`[0,${'1 '.repeat(count)}2]`))
    expect(few).toMatchObject({ stopped: null })
    expect(many?.stopped).toBe('The structure breaks more than 200 times: the rest was not read.')
    expect(many?.fragments.at(-1)).toMatchObject({ confidence: 'guess', shown: '2]' })
  })

  test('[R40] of very many documents fifty are told apart', () => {
    const { fragments } = salvage('{"a":1}'.repeat(60))
    expect(fragments.filter(({ isDocument }) => isDocument)).toHaveLength(50)
    expect(fragments.at(-1)).toMatchObject({ isDocument: false, start: 51 * 7, end: 60 * 7 })
  })

  test('[R49] items and fragments say what they are, with what stands there', () => {
    const { items, fragments } = salvage(`{"a":1,"é😀":'x',"b":${'y'.repeat(90)},"b":2}`)
    expect(items).toMatchObject([
      {
        id: 'singleQuotes@13',
        offset: 16,
        sizeBytes: 3,
        line: 1,
        column: 14,
        pointer: '/é😀',
        shown: "'x'",
        sentence: 'A text stands in single quotes. It gets double ones.',
      },
      {
        id: 'untrustedWord@21',
        offset: 24,
        sizeBytes: 90,
        shown: 'y'.repeat(80),
        sentence: expect.stringContaining('y'.repeat(40)),
      },
    ])
    expect(items[1]?.sentence).not.toContain('y'.repeat(41))
    expect(fragments.map(({ sentence }) => sentence)).toEqual([
      'It can be read; that it belongs here depends on the items before it.',
      'A value that is cut or damaged: what it was is not known.',
      'It can be read; that it belongs here depends on the items before it.',
    ])
    expect(salvage('{"a":1} {"b":2}').fragments[0]?.sentence).toBe('A whole document of its own.')
    const many = salvage(`[0${',NaN'.repeat(52)}]`)
    expect(many.items.at(-1)?.sentence).toContain(' So do 2 more behind it.')
  })

  test('[R42] deep, wide and hopeless texts are read to a limit, which is said', () => {
    const deep = '['.repeat(1_000_000)
    expect(salvage(deep)).toMatchObject({ kind: 'nothing', stopped: null })
    expect(salvage(deep + ']'.repeat(1_000_000)).kind).toBe('whole')
    expect(salvage(`{"${'k'.repeat(1_000_000)}":1,"b":`).kind).toBe('salvaged')
    expect(salvage('['.repeat(5_000_000)).stopped).toBe(
      'It is nested deeper than 4194304 levels: the rest was not read.',
    )
    expect(salvage(`[0,${'@'.repeat(3)}\n]`.repeat(1000)).items.length).toBeLessThan(60)
    expect(salvage(`[${'1 '.repeat(10_000)}]`)).toMatchObject({
      stopped: 'The structure breaks more than 200 times: the rest was not read.',
    })
  })

  test('[R43] numbers, escapes, key order and spacing stay as they are written', () => {
    const lexemes = '{ "z": 7.0, "a": 9007199254740993, "2": 1E+2, "1": "\\u00e9\\/", "m": -0.0'
    expect(said(`${lexemes}, "n": [`).certain).toBe(`${lexemes}}`)
    expect(said(`${lexemes} "n": .5}`).document).toBe(`${lexemes}}`)
  })

  test('[R44] a value right before damage is likely, not certain', () => {
    expect(said('{"a":1,"b":"x#,"c":3}')).toMatchObject({
      certain: '{"a":1}',
      document: '{"a":1,"c":3}',
    })
    expect(said('{"a":1,"b":2,5,"c":3}')).toMatchObject({ certain: '{"a":1}' })
  })

  test('[R48] a text in pieces says the same as the text at once, and a budget is said', () => {
    const text = readFileSync('test/fixtures/versions/3/deploy-20250102-101500.json', 'utf8')
    for (const cut of [0, 1, 700, 1500, text.length]) {
      const stream = createSalvage()
      for (const unit of text.slice(0, cut)) expect(stream.push(unit)).toBe(true)
      expect(stream.end()).toEqual(salvage(text.slice(0, cut)))
    }
    const long = `[${'"abcdefgh",'.repeat(300_000)}17`
    const stream = createSalvage()
    for (let at = 0; at < long.length; at += 65_536) stream.push(long.slice(at, at + 65_536))
    expect(stream.end()).toEqual(salvage(long))
    const small = createSalvage({ budgetUnits: 10 })
    expect([small.push('[1,2,'), small.push('3,4,5]')]).toEqual([true, false])
    expect(small.end()).toMatchObject({
      kind: 'salvaged',
      text: '[1,2,3,4]',
      stopped: 'It is longer than 10 characters: the rest was not read.',
    })
  })

  test('[R49] the pointer of what is cut names every object that is open around it', () => {
    expect(pointersOf('{"States": {"test": {"Stderr": "x", "Exit')).toEqual([
      '/States/test',
      '/States/test',
    ])
    expect(pointersOf('{"a": {"b": {"c": []')).toEqual(['/a/b'])
    expect(pointersOf('{"a": 1, "b": {"c": tru')).toEqual(['/b/c', '/b/c'])
  })

  test('[R49] an item has byte, line, column and pointer, and stands for those that are not listed', () => {
    const [item] = salvage('{"é":\n  {"a/b": [1, NaN]}}').items
    expect(item).toMatchObject({
      id: 'notANumber@20',
      rule: 'R31',
      offset: 21,
      sizeBytes: 3,
      line: 2,
      column: 15,
      pointer: '/é/a~1b/1',
      shown: 'NaN',
    })
    const many = salvage(`[0${',NaN'.repeat(70)},1]`)
    expect(many.items).toHaveLength(50)
    expect(many.items.at(-1)).toMatchObject({ count: 21 })
    expect(applySalvage(many, [many.items.at(-1)?.id ?? ''])).toBe(`[0${',null'.repeat(49)},1]`)
  })
})
