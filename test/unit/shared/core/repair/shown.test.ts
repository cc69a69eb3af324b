import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../../../shared/core/integrity/finding.ts'
import {
  lostCheckpoints,
  withoutCheckpoints,
} from '../../../../../shared/core/repair/lostCheckpoints.ts'
import { shownChanges } from '../../../../../shared/core/repair/shownChanges.ts'
import { shownFindings } from '../../../../../shared/core/repair/shownFindings.ts'
import { shownText } from '../../../../../shared/core/repair/shownText.ts'
import { futureFindings, futureRule } from '../../../../../shared/core/repair/state/futureRule.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { checkpointId, makeCheckpoint, makeRun } from '../resume/makeRun.ts'

const quoted = (length: number) => 'x'.repeat(length - 2)

/** The changes shown of so many. */
function ofMany(count: number) {
  return shownChanges(
    {},
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at])),
  )
}

function found(severity: Finding['severity'], index: number): Finding {
  const nowhere = { offset: null, line: null, column: null, pointer: null, remedy: null }
  return { rule: 'I1', severity, sentence: `It is ${index}.`, file: 'head', ...nowhere }
}

/** Whether the beginning is shown, how much of it, and the size of all. */
function textShown(text: string): readonly [boolean, number, number] {
  const { text: start, sizeBytes } = shownText(text)
  return [text.startsWith(start), start.length, sizeBytes]
}

describe('what a plan shows', () => {
  test.each<[string, Json, Json]>([
    ['a text that fits', quoted(400), quoted(400)],
    ['a longer text', quoted(401), `(401 characters) ${'x'.repeat(199)}…`],
    [
      'a longer list',
      Array.from({ length: 300 }, () => 1),
      '(a list of 300 items, 601 characters)',
    ],
    ['a longer object', { a: quoted(400), b: 1 }, '(an object with 2 keys, 412 characters)'],
  ])('[R18] %s is shown or described', (_, value, expected) => {
    expect(shownChanges({}, { a: value })).toEqual([{ kind: 'added', path: '/a', after: expected }])
    expect(shownChanges({ a: value }, {})).toEqual([
      { kind: 'removed', path: '/a', before: expected },
    ])
    expect(shownChanges({ a: 0 }, { a: value })).toEqual([
      { kind: 'changed', path: '/a', before: 0, after: expected },
    ])
    expect(shownChanges({ a: value }, { a: 0 })).toEqual([
      { kind: 'changed', path: '/a', before: expected, after: 0 },
    ])
  })

  test('[R18] a move is shown as it is, and of very many changes how many more there are', () => {
    const items = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id.repeat(9) }))
    const moved = shownChanges({ items }, { items: [...items.slice(1), ...items.slice(0, 1)] })
    expect(moved.map(({ kind }) => kind)).toEqual(['moved'])
    expect(ofMany(200)).toHaveLength(200)
    expect(ofMany(200).at(-1)).toMatchObject({ kind: 'added' })
    expect(ofMany(203)).toHaveLength(201)
    expect(ofMany(203).at(-1)).toEqual({
      kind: 'changed',
      path: '',
      before: '…',
      after: '3 more changes',
    })
  })

  test('[R18] of very many findings the worst are shown, and the last says how many more', () => {
    const infos = Array.from({ length: 198 }, (_, at) => found('info', at))
    const few = [...infos, found('error', 198), found('warning', 199)]
    expect(shownFindings(few)).toEqual(few)
    const shown = shownFindings([...few, found('error', 200)])
    expect(shown).toHaveLength(200)
    expect(shown.slice(0, 4).map(({ sentence }) => sentence)).toEqual([
      'It is 198.',
      'It is 200.',
      'It is 199.',
      'It is 0.',
    ])
    expect(shown.slice(-2).map(({ sentence }) => sentence)).toEqual([
      'It is 195.',
      'It is 196. (1 more findings behind it.)',
    ])
  })

  test('[R18] of a long text the beginning is shown, and no character is cut in two', () => {
    const most = 256 * 1024
    expect(textShown('x'.repeat(most))).toEqual([true, most, most])
    expect(textShown('x'.repeat(most + 1))).toEqual([true, most, most + 1])
    expect(textShown(`${'x'.repeat(most - 1)}é`)).toEqual([true, most - 1, most + 1])
    expect(textShown('é'.repeat(most))).toEqual([true, most / 2, most * 2])
    expect(textShown(`${'x'.repeat(most - 2)}😀😀`)).toEqual([true, most - 2, most + 6])
  })
})

describe('times that are still to come', () => {
  const now = '2026-01-02T00:10:00.000Z'

  test.each([
    ['2026-01-02T00:11:00.000Z', false],
    ['2026-01-02T00:11:00.001Z', true],
  ])('[R71] a minute is tolerated: %s', (time, isTold) => {
    for (const key of ['createdAt', 'startedAt', 'finishedAt', 'updatedAt']) {
      const run = makeRun({ [key]: time })
      const sentence = `${key} is ${time}, and now is ${now}.`
      expect(futureRule(now).check(run, [])).toEqual(
        isTold ? [{ pointer: `/${key}`, sentence }] : [],
      )
      expect(futureFindings(run, now)).toEqual(
        isTold
          ? [
              {
                rule: 'I79',
                severity: 'warning',
                sentence,
                file: 'head',
                offset: null,
                line: null,
                column: null,
                pointer: `/${key}`,
                state: `/${key}`,
                remedy: null,
              },
            ]
          : [],
      )
    }
  })
})

describe('checkpoints whose records are gone', () => {
  const [first, second, third, fourth] = [
    makeCheckpoint(1),
    makeCheckpoint(2, { parent: checkpointId(1) }),
    makeCheckpoint(3, { parent: checkpointId(2) }),
    makeCheckpoint(4, { parent: checkpointId(3) }),
  ] as const
  const run = makeRun({ checkpoints: [first, second, third, fourth] })

  test('[R10] those behind the last sound record are lost', () => {
    const damage = { soundSeq: 3 } as Parameters<typeof lostCheckpoints>[1] // all that is looked at
    expect(lostCheckpoints(run, damage)).toEqual([fourth])
  })

  test('[R10] those that are left follow what stood before', () => {
    const parentsWithout = (...gone: readonly (typeof first)[]) =>
      withoutCheckpoints(run, gone).checkpoints.map(({ id, parent }) => [id, parent])
    expect(withoutCheckpoints(run, [])).toBe(run)
    expect(parentsWithout(second, third)).toEqual([
      ['cp-1', null],
      ['cp-4', 'cp-1'],
    ])
    expect(parentsWithout(first)).toEqual([
      ['cp-2', null],
      ['cp-3', 'cp-2'],
      ['cp-4', 'cp-3'],
    ])
  })

  test('[R10] what follows itself in a circle follows none', () => {
    const circle = [
      { ...second, parent: checkpointId(3) },
      { ...third, parent: checkpointId(2) },
      fourth,
    ]
    const left = withoutCheckpoints(makeRun({ checkpoints: circle }), circle.slice(0, 2))
    expect(left.checkpoints).toEqual([{ ...fourth, parent: null }])
  })
})
