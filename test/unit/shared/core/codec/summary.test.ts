import { describe, expect, test } from 'vitest'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import {
  errorNameOf,
  marksOf,
  summarise,
  withListedFacts,
} from '../../../../../shared/core/codec/summarise.ts'
import { readSummary, writeSealedStart } from '../../../../../shared/core/codec/summaryLine.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import * as sample from '../run/sampleRun.ts'

const { began, born, checkpoint, journalOf, moment, sampleRun, sha256, started, succeeded } = sample

const firstKilobyte = (text: string) => Buffer.from(text, 'utf8').subarray(0, 1024).toString('utf8')

/** A run whose every text is as long and as wide as its schema lets it be. */
function wideRun(filler: string): Run {
  const id = RunId.parse('r'.repeat(128))
  const run = sampleRun()
  return {
    ...run,
    id,
    workflow: { ...run.workflow, name: filler.repeat(500), version: filler.repeat(500) },
    steps: {},
    error: { name: 'E', message: filler.repeat(5000), code: null, stack: null },
    lineage: { parent: id, checkpoint: null, relation: 'fork' },
    journal: { seq: Number.MAX_SAFE_INTEGER, sum: 'x'.repeat(32) },
  }
}

describe('summarise', () => {
  test('[C3] says what a row of the list shows', () => {
    const records = journalOf(
      born(),
      started,
      began('build'),
      succeeded('build'),
      checkpoint('c1', 'build'),
      began('test'),
      {
        type: 'runFailed',
        error: { name: 'E', message: '\n no disk \nstack', code: null, stack: null },
      },
    )
    const run = replay(records) ?? sampleRun()
    expect(summarise(run)).toEqual({
      id: run.id,
      kind: 'workflow',
      workflow: 'release',
      version: '1.4',
      status: 'failed',
      step: 'test',
      stepsDone: 1,
      stepsTotal: 4,
      attempts: 2,
      checkpoints: 1,
      createdAt: moment(0),
      updatedAt: moment(7),
      finishedAt: moment(7),
      error: 'E',
      parent: null,
      pinned: false,
      seq: 7,
    })
  })

  test.each(['a', 'é', '漢', '🚀', '"', '\n', '\u0001', '\ud800'])(
    '[C3] fits the first kilobyte with texts of %o',
    (filler) => {
      const run = wideRun(filler)
      const start = firstKilobyte(encodeHead(run, sha256))
      expect(readSummary(start, sha256)).toMatchObject(summarise(run))
    },
  )

  test('[C3] clips an error to 160 characters, between characters', () => {
    const { error } = summarise({ ...wideRun('🚀'), lineage: null, id: RunId.parse('a') })
    expect(error?.endsWith('…')).toBe(true)
    expect(error?.length).toBeLessThanOrEqual(160)
    expect(error).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/)
  })

  test('[C3] keeps a short error whole', () => {
    const error = { name: 'E', message: 'x'.repeat(160), code: null, stack: null }
    expect(summarise({ ...sampleRun(), error }).error).toBe('x'.repeat(160))
  })
})

const marked = (annotations: Partial<Run['annotations']>) =>
  marksOf({ annotations: { ...sampleRun().annotations, ...annotations } })
const failure = { name: 'E', message: 'm', code: null, stack: null }

const textsOf = (name: string, message: string) => {
  const run = sampleRun()
  const failed = { ...run, workflow: { ...run.workflow, name }, error: { ...failure, message } }
  const { workflow, error: line } = summarise(failed)
  return [workflow, line]
}

describe('what a row shows besides', () => {
  test('[X112] marks are the colour, the tags and the first line of the note', () => {
    expect([
      marked({}),
      marked({ note: ' \n ' }),
      marked({ note: ' \n first of it \r\nsecond' }),
      marked({ colour: 'red' }),
      marked({ tags: ['a', 'b'] }),
    ]).toEqual([
      {},
      {},
      { marks: { colour: null, tags: [], note: 'first of it ' } },
      { marks: { colour: 'red', tags: [], note: null } },
      { marks: { colour: null, tags: ['a', 'b'], note: null } },
    ])
    const cut = marked({ colour: 'é'.repeat(40), note: 'é'.repeat(100) }).marks
    expect([cut?.colour, cut?.note]).toEqual([`${'é'.repeat(18)}…`, `${'é'.repeat(58)}…`])
  })

  test('[C17] the class of an error is told where it says something', () => {
    const names = [null, 'Error', 'ExitCode', 'x'.repeat(60), 'x'.repeat(61)]
    const told = names.map((name) =>
      errorNameOf({ error: name === null ? null : { ...failure, name } }),
    )
    expect(told).toEqual([
      {},
      {},
      { errorName: 'ExitCode' },
      { errorName: 'x'.repeat(60) },
      { errorName: `${'x'.repeat(59)}…` },
    ])
  })

  test('[C3] a text is cut where it has more characters or bytes than there is room', () => {
    expect([
      textsOf('x'.repeat(80), ' one \rtwo'),
      textsOf('x'.repeat(81), '  '),
      textsOf('é'.repeat(60), '\n\nm'),
      textsOf('é'.repeat(61), 'm'),
      textsOf(`${'é'.repeat(58)}xéé`, 'm'),
    ]).toEqual([
      ['x'.repeat(80), 'one'],
      [`${'x'.repeat(79)}…`, 'E'],
      ['é'.repeat(60), 'E'],
      [`${'é'.repeat(58)}…`, 'm'],
      [`${'é'.repeat(58)}x…`, 'm'],
    ])
  })

  test('[C17] what has no room is left out: first the class of the error, then the reason, then all', () => {
    const annotations = { ...sampleRun().annotations, tags: ['urgent'] }
    const reason = { rule: 'G29', sentence: 'It rests.', severity: 'resting' } as const
    const lineage = { parent: RunId.parse('p'), checkpoint: null, relation: 'fork' } as const
    const keysWith = (tag: string) => {
      const tags = [...annotations.tags, tag]
      const run = { ...sampleRun(), lineage, error: failure, annotations: { ...annotations, tags } }
      const listed = withListedFacts(summarise(run), run, { journalBytes: 7, reason })
      return Object.keys(listed).slice(17).join(' ')
    }
    const kinds = new Set(Array.from({ length: 800 }, (_, length) => keysWith('x'.repeat(length))))
    expect([...kinds]).toEqual([
      'journalBytes relation errorName marks reason',
      'journalBytes relation marks reason',
      'journalBytes relation marks',
      '',
    ])
    const run = { ...sampleRun(), annotations }
    const bare = summarise(run)
    expect([
      withListedFacts(bare, run, { reason }),
      withListedFacts(bare, run, { journalBytes: null, reason }),
      withListedFacts(bare, sampleRun(), { journalBytes: 7 }),
    ]).toEqual([bare, bare, { ...bare, journalBytes: 7 }])
  })

  test('[C3] steps that are skipped are done too', () => {
    const run = sampleRun()
    const [first, second, ...others] = Object.entries(run.steps)
    if (first === undefined || second === undefined) throw new Error('It has steps.')
    const steps = Object.fromEntries([
      [first[0], { ...first[1], status: 'skipped' as const }],
      [second[0], { ...second[1], status: 'succeeded' as const }],
      ...others,
    ])
    expect(summarise({ ...run, steps }).stepsDone).toBe(2)
  })

  test('[C3] the start of a sealed run is a row without a step, an error or a mark', () => {
    const lineage = { parent: RunId.parse('p'), checkpoint: null, relation: 'fork' } as const
    const annotations = { ...sampleRun().annotations, note: 'secret' }
    const run = { ...sampleRun(), error: { ...failure, message: 'secret' }, annotations }
    const read = (given: Run) => readSummary(writeSealedStart(given, sha256), sha256)
    const shown = {
      ...summarise(run),
      step: null,
      error: null,
      sealed: true,
      sum: expect.any(String),
    }
    expect(read(run)).toEqual(shown)
    expect(read({ ...run, lineage })).toEqual({ ...shown, parent: 'p', relation: 'fork' })
    expect(writeSealedStart(run, sha256).endsWith('"},\n')).toBe(true)
  })
})

describe('readSummary', () => {
  const text = encodeHead(sampleRun(), sha256)

  test('[C3] reads the summary from the first bytes alone', () => {
    expect(readSummary(firstKilobyte(text), sha256)).toMatchObject(summarise(sampleRun()))
  })

  test('[C3] needs no more than its line, and is of this version only', () => {
    const line = text.split('\n').slice(0, 3).join('\n')
    expect(readSummary(line, sha256)).toMatchObject(summarise(sampleRun()))
    expect(readSummary(text.replace('"version": 3', '"version": 4'), sha256)).toBeNull()
  })

  test('[C3] refuses a summary that its own sum does not fit', () => {
    expect(readSummary(text.replace('"stepsDone":0', '"stepsDone":1'), sha256)).toBeNull()
  })

  test.each(['', '{', '{}', text.slice(0, 200), text.slice(1), JSON.stringify(JSON.parse(text))])(
    '[C3] finds none in another text',
    (other) => {
      expect(readSummary(other, sha256)).toBeNull()
    },
  )

  test('[C3] refuses a line that is no summary, even with a sum that fits', () => {
    const start = text.slice(0, text.indexOf('{"id"'))
    const forged = (body: string) => `${start}${body},"sum":"${sha256(body).slice(0, 32)}"},\n`
    expect(readSummary(forged('{"id":"x"'), sha256)).toBeNull()
    expect(readSummary(forged('{"id":'), sha256)).toBeNull()
  })
})

function originIn(run: Run) {
  const head = encodeHead(run, sha256, { journalBytes: 7 })
  return readSummary(firstKilobyte(head), sha256)?.origin
}

test('[F285] names the document whose place an imported run took, as long as the line has room for it', () => {
  const origin = {
    format: 'awf',
    document: 'states/a.json',
    item: null,
    digest: 'sha256:0',
  } as const
  expect(originIn({ ...sampleRun(), origin })).toBe('states/a.json sha256:0')
  expect(originIn({ ...sampleRun(), origin: { ...origin, item: '1' } })).toBeUndefined()
  const sized = (length: number) => ({ ...origin, document: 'a'.repeat(length - 9) })
  const known = [300, 301].map((length) => originIn({ ...sampleRun(), origin: sized(length) }))
  expect(known).toEqual([`${'a'.repeat(291)} sha256:0`, undefined])
  const long = { ...origin, document: `${'a'.repeat(1000)}.json` }
  expect(originIn({ ...sampleRun(), origin: long })).toBeUndefined()
})
