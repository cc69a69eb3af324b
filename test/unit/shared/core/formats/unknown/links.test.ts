import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readUnknown } from '../../../../../../shared/core/formats/unknown/readUnknown.ts'
import { currentStep } from '../../../../../../shared/core/graph/currentStep.ts'
import { UnknownMapping } from '../../../../../../shared/schema/unknownMapping.ts'

const now = '2026-03-02T00:00:00.000Z'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function read(value: unknown, mappings: readonly UnknownMapping[] = []) {
  const text = JSON.stringify(value)
  const file = { path: 'runs/one.json', sizeBytes: text.length, modifiedAt: now }
  const set = {
    document: file.path,
    item: null,
    files: [file],
    texts: new Map([[file.path, text]]),
  }
  return readUnknown(set, { sha256, now, mappings })
}

function needsOf({ run }: ReturnType<typeof read>) {
  const steps = Object.entries(run?.workflow.definition?.steps ?? {})
  return Object.fromEntries(steps.map(([id, { needs }]) => [id, needs]))
}

const steps = (more: readonly object[]) => ({
  status: 'failed',
  steps: [
    { id: 's1', name: 'fetch', status: 'done', ...more[0] },
    { id: 's2', name: 'build', status: 'failed', ...more[1] },
    { id: 's3', name: 'ship', status: 'pending', ...more[2] },
  ],
})
const chain = { fetch: [], build: ['fetch'], ship: ['fetch', 'build'] }

function said(paths: object) {
  return [UnknownMapping.parse({ folder: 'runs', keys: ['status', 'steps'], paths })]
}

describe('dependencies', () => {
  it.each([
    ['a list of ids', steps([{ needs: [] }, { needs: ['s1'] }, { needs: ['s1', 's2'] }])],
    [
      'names instead of ids',
      steps([{}, { depends_on: 'fetch' }, { depends_on: ['fetch', 'build'] }]),
    ],
    ['one text', steps([{}, { after: 's1' }, { after: 's1, s2' }])],
    [
      'objects',
      steps([{}, { dependencies: [{ id: 's1' }] }, { dependencies: [{ id: 's1' }, { id: 's2' }] }]),
    ],
    ['what comes next', steps([{ next: ['s2', 's3'] }, { next: 's3' }])],
    ['lists by step', { ...steps([]), dependencies: { s2: ['s1'], s3: ['s1', 's2'] } }],
    [
      'edges',
      {
        ...steps([]),
        edges: [
          ['s1', 's2'],
          ['s1', 's3'],
          ['s2', 's3'],
        ].map(([source, target]) => ({ source, target })),
      },
    ],
    [
      'pairs',
      {
        ...steps([]),
        edges: [
          ['s1', 's2'],
          ['s1', 's3'],
          ['s2', 's3'],
        ],
      },
    ],
    [
      'edges of which some name nothing, too little or the step itself',
      {
        ...steps([]),
        edges: [
          { from: 's1', to: 's2' },
          { from: 's1', to: 's3' },
          { from: 's2', to: 's3' },
          { from: 's3', to: 's3' },
          { from: 's1' },
          { to: 's1' },
          { from: 'gone', to: 's1' },
        ],
      },
    ],
    [
      'lists by step, one of which is none of a step',
      { ...steps([]), dependencies: { s2: ['s1'], s3: ['s1', 's2', 's3'], s9: ['s1'] } },
    ],
  ])('[F320] %s: what a step needs is guessed', (_what, document) => {
    const reading = read(document)
    expect(needsOf(reading)).toEqual(chain)
    const guess = reading.guesses?.find(({ field }) => /^(?:needs|stepNeeds|stepNext)$/.test(field))
    expect(guess).toMatchObject({ confidence: 'likely', path: expect.any(String) as unknown })
  })

  it('[F320] a value that names no step links nothing', () => {
    const reading = read(steps([{ needs: ['docker'] }, { needs: ['s1', 'gpu'] }]))
    expect(reading.run?.workflow.definition).toBeNull()
    expect(reading.guesses?.map(({ field }) => field)).not.toContain('stepNeeds')
  })

  it('[F320] what a person said of the whole document stands too', () => {
    const document = { ...steps([{}, { needs: ['s3'] }]), folge: { s2: ['s1'], s3: ['s1', 's2'] } }
    const paths = { needs: '/folge', stepNeeds: null, stepNext: null }
    expect(needsOf(read(document, said(paths)))).toEqual(chain)
    expect(read(document, said({ ...paths, needs: null })).run?.workflow.definition).toBeNull()
  })

  it('[F320] what a person said stands instead of every guess, and what is not there is none', () => {
    const document = steps([
      { needs: ['s3'], zuvor: [] },
      { zuvor: ['s1'] },
      { zuvor: ['s1', 's2'] },
    ])
    expect(needsOf(read(document, said({ stepNeeds: '/zuvor' })))).toEqual(chain)
    expect(
      read(document, said({ stepNeeds: null, stepNext: null })).run?.workflow.definition,
    ).toBeNull()
  })
})

describe('the current step', () => {
  const silent = { steps: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }
  it.each([
    ['by name', { ...silent, status: 'failed', current_step: 'b' }, 'failed'],
    ['by place', { ...silent, status: 'running', current_step_index: 1 }, 'running'],
    ['by what comes next', { ...silent, status: 'paused', next: ['b'] }, 'waiting'],
  ])('[F321] %s: it is what the run is, where nothing is said of it', (_what, document, status) => {
    const reading = read(document)
    expect(reading.run?.steps['b' as never]).toMatchObject({ status })
    expect(reading.run && currentStep(reading.run)).toBe('b')
    expect(reading.guesses?.map(({ field }) => field)).toContain('current')
  })

  it('[F321] what a person said is the current step, or that nothing is, stands instead of a guess', () => {
    const document = { ...silent, status: 'failed', current_step: 'a', wo: 'b' }
    const marks = (current: string | null) =>
      Object.entries(
        read(document, [
          UnknownMapping.parse({ folder: 'runs', keys: ['status', 'steps'], paths: { current } }),
        ]).run?.steps ?? {},
      ).flatMap(([id, { status }]) => (status === 'failed' ? [id] : []))
    expect(marks('/wo')).toEqual(['b'])
    expect(marks(null)).toEqual([])
  })

  it('[F321] what a step says of itself stays', () => {
    const reading = read({ ...steps([]), current_step: 's3' })
    expect(reading.run?.steps['ship' as never]).toMatchObject({ status: 'pending' })
  })

  it('[F321] a document without steps names the one that it is at', () => {
    const reading = read({ run_id: 'r', status: 'failed', current_step: 'charge' })
    expect(
      Object.entries(reading.run?.steps ?? {}).map(([id, { status }]) => [id, status]),
    ).toEqual([['charge', 'failed']])
    expect(read({ status: 'failed', current_step: 'completed' }).run?.steps).toEqual({})
  })
})
