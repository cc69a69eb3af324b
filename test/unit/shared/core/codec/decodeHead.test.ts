import { describe, expect, test } from 'vitest'
import { decodeHead } from '../../../../../shared/core/codec/decodeHead.ts'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { maxJsonDepth } from '../../../../../shared/schema/json.ts'
import { born, checkpoint, journalOf, sampleRun, sha256, started } from '../run/sampleRun.ts'

const text = encodeHead(sampleRun(), sha256)

/** The text after a change, with a checksum that fits it. */
function signed(changed: string): string {
  const start = changed.lastIndexOf(',\n"checksum"')
  const covered = changed.slice(0, start)
  return `${covered},\n"checksum": "sha256:${sha256(covered)}"\n}\n`
}

const found = (given: string) => {
  const decoded = decodeHead(given, sha256)
  if (decoded.kind !== 'ok' && decoded.kind !== 'damaged') return decoded
  return { kind: decoded.kind, findings: decoded.findings }
}
const findingsOf = (given: string) => {
  const decoded = decodeHead(given, sha256)
  return decoded.kind === 'damaged' ? decoded.findings : []
}
const place = (line: number, column: number) => ({ line, column })

/** A head that is so many levels deep. */
const nest = (levels: number) => {
  const nested = '['.repeat(levels - 3) + ']'.repeat(levels - 3)
  return signed(text.replace('"variables": {}', `"variables": {\n"a": ${nested}\n}`))
}

describe('decodeHead', () => {
  test('[C2] reads what was written, without a finding', () => {
    const { steps } = sampleRun()
    expect(decodeHead(text, sha256)).toMatchObject({ kind: 'ok', run: { steps }, findings: [] })
  })

  test('[C15] keeps what a later version recorded in the definition', () => {
    const definition = {
      name: 'later',
      schedule: 'daily',
      steps: { call: { queue: { name: 'mail' }, retry: { attempts: 2, spread: true } } },
    }
    const run = sampleRun()
    const later = { ...run, workflow: { ...run.workflow, definition } } as unknown as typeof run
    const decoded = decodeHead(encodeHead(later, sha256), sha256)
    expect(decoded).toMatchObject({ kind: 'ok', run: { workflow: { definition } }, findings: [] })
  })

  test('[C4] [I28] says where a text is no JSON', () => {
    const cut = text.slice(0, text.indexOf('"status": "pending"') + 14)
    expect(found(cut)).toMatchObject({
      kind: 'damaged',
      findings: [
        {
          rule: 'I28',
          severity: 'error',
          file: 'head',
          pointer: '/run/status',
          sentence: 'The head is no JSON. The text ends inside a string.',
          ...place(8, 15),
          offset: cut.length,
        },
      ],
    })
  })

  test('[C4] counts offsets in bytes of UTF-8', () => {
    const broken = `{"a":"é🚀",\n "b" 1}`
    const bytes = Buffer.byteLength(`{"a":"é🚀",\n "b" `)
    expect(found(broken)).toMatchObject({
      findings: [
        {
          sentence: 'The head is no JSON. Expected a colon after the key, found 1.',
          offset: bytes,
          ...place(2, 6),
        },
      ],
    })
  })

  test.each(['[1,]', '{"a":1,}', '{"a" 1}', '{"a":xt', '[1,nulx', '[nan]', '"\n"', "{'a':1}"])(
    '[C4] %o is damaged',
    (broken) => {
      expect(found(broken)).toMatchObject({ kind: 'damaged', findings: [{ rule: 'C4' }] })
    },
  )

  test('[I26] a byte order mark is told as such', () => {
    const [finding] = findingsOf('\ufeff{}')
    const sentence = 'The head is no JSON. It begins with a byte order mark.'
    expect(finding).toMatchObject({ rule: 'I26', sentence, offset: 0, line: 1, column: 1 })
  })

  test.each([
    ['\u0000', 0, '1 zero byte stand'],
    ['{}\n\u0000\u0000\u0000', 3, '3 zero bytes stand'],
    ['{"a":"b\u0000\u0000"}', 7, '2 zero bytes stand'],
  ])('[I27] zero bytes are counted: %o', (broken, offset, count) => {
    const sentence = expect.stringContaining(count)
    expect(findingsOf(broken)).toMatchObject([{ rule: 'I27', offset, sentence }])
  })

  test.each(['', ' \n', '{', '{"a', '{"a":tru', '{"a":-', '[1.', '[1e', '[1e+', '"\\u00', 'nul'])(
    '[I28] %o was cut',
    (broken) => {
      expect(findingsOf(broken)).toMatchObject([{ rule: 'I28' }])
    },
  )

  test.each(['01', '{}{}', '{"a":1}}', '[] x'])(
    '[I29] something follows the end of %o',
    (broken) => {
      expect(findingsOf(broken)).toMatchObject([{ rule: 'I29' }])
    },
  )

  test('[I28] a pointer leads to the innermost value that had begun', () => {
    const pointers = ['{"a":[{"b":1},{"c/d":', '[[],', '{', '{"a":[']
    expect(pointers.map((broken) => findingsOf(broken)[0]?.pointer)).toEqual([
      '/a/1/c~1d',
      '/0',
      '',
      '/a',
    ])
  })

  test('[C5] finds a key that stands twice, also when it is escaped', () => {
    const twice = signed(text.replace('"variables": {}', '"variables": {"a": 1, "\\u0061": 2}'))
    const line = twice.slice(0, twice.indexOf('"variables"')).split('\n').length
    expect(found(twice)).toMatchObject({
      kind: 'damaged',
      findings: [
        {
          rule: 'C5',
          sentence: 'The key "a" stands twice in the same object.',
          pointer: '/run/variables/a',
          ...place(line, 23),
        },
      ],
    })
  })

  test('[C5] the same key in two objects of a list is no duplicate', () => {
    const twice = signed(
      text.replace('"variables": {}', '"variables": {"a": [{"b": 1}, {"b": 2}]}'),
    )
    expect(found(twice)).toMatchObject({ kind: 'ok' })
  })

  test('[C6] any changed byte breaks the checksum', () => {
    const changed = text.replace('"staging"', '"stagin1"')
    const decoded = decodeHead(changed, sha256)
    expect(decoded).toMatchObject({
      kind: 'damaged',
      findings: [
        {
          rule: 'C6',
          sentence: 'The head does not fit its checksum: it was changed after it was written.',
          pointer: '/checksum',
        },
      ],
      unverified: { inputs: { target: 'stagin1' } },
    })
  })

  test('[C6] each bit counts, also in white space', () => {
    const kinds = new Set<string>()
    for (let index = 0; index < text.length; index += 7) {
      const code = text.charCodeAt(index) ^ (1 << (index % 7))
      const flipped = text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1)
      kinds.add(decodeHead(flipped, sha256).kind)
    }
    kinds.delete('other')
    kinds.delete('newer')
    expect([...kinds]).toEqual(['damaged'])
  })

  test('[C6] a head without its checksum line is damaged', () => {
    const value: unknown = JSON.parse(text)
    expect(found(JSON.stringify(value))).toMatchObject({
      kind: 'damaged',
      findings: [
        {
          rule: 'C6',
          sentence: expect.stringContaining('was cut or rewritten'),
          offset: Buffer.byteLength(JSON.stringify(value)),
        },
      ],
    })
  })

  test('[C6] the checksum is the last line: an end of line may be missing, and nothing follows', () => {
    expect(found(text.slice(0, -1))).toEqual({ kind: 'ok', findings: [] })
    const start = text.lastIndexOf('"checksum"')
    expect(findingsOf(`${text}\n`)).toMatchObject([
      { rule: 'C6', offset: start, column: 1, sentence: expect.stringContaining('was cut') },
    ])
  })

  test('[C6] the word checksum inside the run is not taken for it', () => {
    const run = { ...sampleRun(), checksum: 'sha256:x', variables: { checksum: 'y' } }
    expect(decodeHead(encodeHead(run, sha256), sha256)).toMatchObject({ kind: 'ok', run })
  })

  test('[C7] says which value does not fit the schema, and where it stands', () => {
    const wrong = signed(text.replace('"status": "pending",', '"status": "asleep",'))
    const line = wrong.slice(0, wrong.indexOf('"asleep"')).split('\n').length
    expect(found(wrong)).toMatchObject({
      kind: 'damaged',
      findings: [{ rule: 'C7', pointer: '/run/status', ...place(line, 11) }],
    })
  })

  test('[C7] a missing value is placed at the object that lacks it', () => {
    const wrong = signed(text.replace('"kind": "workflow",\n', ''))
    const line = wrong.slice(0, wrong.indexOf('"run": {')).split('\n').length
    expect(found(wrong)).toMatchObject({
      findings: [{ rule: 'C7', pointer: '/run/kind', ...place(line, 8) }],
    })
  })

  test('[C7] a step named __proto__, which a schema does not see, is found', () => {
    const wrong = signed(text.replace('"steps": {\n', '"steps": {\n"__proto__": 3,\n'))
    expect(found(wrong)).toMatchObject({
      kind: 'damaged',
      findings: [
        {
          rule: 'C7',
          pointer: '/run/steps/__proto__',
          column: 14,
          sentence: '/run/steps/__proto__: no step can have this name.',
        },
      ],
    })
  })

  test('[C7] of very many values that do not fit the first twenty are told', () => {
    const wrong = Array.from({ length: 30 }, (_, index) => `"s${index}": 7`).join(',\n')
    const findings = findingsOf(signed(text.replace('"steps": {\n', `"steps": {\n${wrong},\n`)))
    expect(findings.map(({ pointer }) => pointer)).toEqual(
      Array.from({ length: 20 }, (_, index) => `/run/steps/s${index}`),
    )
  })

  test('[I36] a progress beyond its bounds has a rule of its own, one that is no number has not', () => {
    const run = replay(journalOf(born(), started, checkpoint('c1', null, 0.5)))
    const head = encodeHead(run ?? sampleRun(), sha256)
    const rules = ['1.5', '-1', '"half"'].map((progress) =>
      findingsOf(signed(head.replace('"progress":0.5', `"progress":${progress}`))),
    )
    expect(rules.flat().map(({ rule, pointer }) => [rule, pointer])).toEqual([
      ['I36', '/run/checkpoints/0/progress'],
      ['I36', '/run/checkpoints/0/progress'],
      ['C7', '/run/checkpoints/0/progress'],
    ])
    const empty = signed(head.replace('"name":"c1"', '"name":7').replace('"id":"c1"', '"id":""'))
    expect(new Set(findingsOf(empty).map(({ rule }) => rule))).toEqual(new Set(['C7']))
  })

  test('[C8] a newer version is refused, whatever else it says', () => {
    expect(decodeHead('{"format":"unstuck","version":4,"run":7}', sha256)).toEqual({
      kind: 'newer',
      version: 4,
    })
  })

  test('[C6] a head of which only the version was changed is damaged, and one that is newer is newer', () => {
    const changed = text.replace('"version": 3', '"version": 42')
    const offset = text.indexOf('3')
    expect(decodeHead(changed, sha256)).toEqual({
      kind: 'damaged',
      unverified: null,
      findings: [
        {
          rule: 'C6',
          severity: 'error',
          sentence: 'The version was changed from 3 to 42 after the head was written.',
          file: 'head',
          pointer: '/version',
          remedy: 'Repair rebuilds the head from the journal or a backup.',
          offset,
          ...place(2, offset - 1),
        },
      ],
    })
    const written = changed.replace('"staging"', '"stagin1"')
    expect(decodeHead(written, sha256)).toEqual({ kind: 'newer', version: 42 })
  })

  test('[C7] [C9] a head of ours without a number for its version is ours, and damaged', () => {
    for (const version of ['', ',"version":"9"'])
      expect(found(`{"format":"unstuck"${version}}`)).toMatchObject({
        kind: 'damaged',
        findings: expect.arrayContaining([expect.objectContaining({ pointer: '/version' })]),
      })
  })

  test.each(['{}', '[]', '3', 'null', '{"format":"other"}', '{"version":3}'])(
    '[C9] %s is another document',
    (other) => {
      expect(decodeHead(other, sha256)).toEqual({ kind: 'other' })
    },
  )

  test('[C10] a summary that does not say what the run says is a warning', () => {
    const stale = signed(text.replace('"workflow":"release"', '"workflow":"retired"'))
    expect(found(stale)).toMatchObject({
      kind: 'ok',
      findings: [{ rule: 'C10', severity: 'warning', pointer: '/summary', ...place(3, 12) }],
    })
  })

  test('[C10] so is a summary line that is whole, and of another state of the run', () => {
    const [, , own = ''] = text.split('\n')
    const [, , other = ''] = encodeHead({ ...sampleRun(), status: 'failed' }, sha256).split('\n')
    expect(found(signed(text.replace(own, other)))).toMatchObject({
      kind: 'ok',
      findings: [
        {
          rule: 'C10',
          sentence:
            'The summary line does not say what the run says: the list may show old values.',
        },
      ],
    })
  })

  test('[C11] keys beside the run are kept, and stand there again in the next head', () => {
    const more = signed(
      text.replace(',\n"checksum"', ',\n"__proto__": {"a":[1]},\n"later": -0,\n"checksum"'),
    )
    const decoded = decodeHead(more, sha256)
    expect(decoded).toMatchObject({ kind: 'ok', findings: [] })
    expect(decoded.kind === 'ok' ? encodeHead(decoded.run, sha256) : null).toBe(more)
  })

  test('[C11] a field of the run that only looks like them stays in the run', () => {
    for (const besideRun of [{ run: 1 }, {}, [], null, 'text'] as const) {
      const run = { ...sampleRun(), besideRun }
      const decoded = decodeHead(encodeHead(run, sha256), sha256)
      expect(decoded).toMatchObject({ kind: 'ok', run: { besideRun } })
    }
  })

  test('[C12] a head that is nested too deep is refused before it is walked', () => {
    const levels = 50_000
    const nested = '['.repeat(levels) + ']'.repeat(levels)
    const deep = signed(text.replace('"variables": {}', `"variables": {"a": ${nested}}`))
    const sentence = `The head is nested ${levels + 3} levels deep; ${maxJsonDepth} can be read.`
    expect(found(deep)).toMatchObject({
      kind: 'damaged',
      findings: [{ rule: 'C12', sentence, pointer: '' }],
    })
  })

  test('[C12] the deepest that can be read is read', () => {
    expect([maxJsonDepth, maxJsonDepth + 1].map((levels) => found(nest(levels)).kind)).toEqual([
      'ok',
      'damaged',
    ])
  })
})
