import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBundlePath, writeBundlePath } from '../../../../../shared/core/bundle/bundlePath.ts'
import type { JsonObject } from '../../../../../shared/core/bundle/jsonObject.ts'
import {
  learnSecrets,
  redactRecord,
  redactRun,
} from '../../../../../shared/core/bundle/redactRun.ts'
import { renameRecord, renameRun } from '../../../../../shared/core/bundle/renameRun.ts'
import { sealJournal } from '../../../../../shared/core/bundle/sealJournal.ts'
import {
  recordWithoutPlaces,
  withoutPlaces,
} from '../../../../../shared/core/bundle/withoutPlaces.ts'
import { createRedactor } from '../../../../../shared/core/secrets/redact.ts'
import { builtInRules } from '../../../../../shared/core/secrets/secretRules.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const run = RunId.parse('pay-20260102-030405-ab12')
const envelope = { at: '2026-01-02T03:04:05.678Z', epoch: 1 }

describe('names in a bundle', () => {
  test('[B48] a name is read as it was written, and no other name is read at all', () => {
    const names = [
      { kind: 'head', run },
      { kind: 'journal', run },
      { kind: 'log', run, rest: 'charge[3].12.log' },
      { kind: 'step', run, rest: 'charge.1/stdout' },
      { kind: 'backup', run, rest: '20260102-1/runs/2026-01-02/x.json' },
      { kind: 'document', run: null, path: '.agents/state of today (2)/a@b.json' },
    ] as const

    expect(names.map((name) => readBundlePath(writeBundlePath(name)))).toEqual(names)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const path = readBundlePath(`runs/${run}/${text}`)
        if (path !== null) expect(writeBundlePath(path)).toMatch(/^runs\/[^\\:*?"<>|]+$/)
        return path === null || !text.split('/').includes('..')
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  test('[X141] a document in a bundle has a plain name below its folder, and takes the place of nothing that Unstuck reads as its own', () => {
    const refused = [
      ['runs/2026-01-02/x.json', 'RUNS/x.json', '.unstuck/trash/x.json', 'a/.unstuck/x.json'],
      ['unstuck.json', 'a/Unstuck.JSON', '.git/config', 'node_modules/a/index.js'],
      ['../x.json', 'a/../x.json', '/etc/passwd', 'a//x.json', 'C:/x.json', 'a\\x.json'],
      ['con.json', 'a /x.json', ' a.json', 'a.json ', 'a.', 'x.json:stream', 'a\u202Ejson.x', ''],
    ].flat()

    expect(refused.filter((path) => readBundlePath(`documents/${path}`) !== null)).toEqual([])
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const path = readBundlePath(`documents/${text}`)
        if (path !== null) expect(writeBundlePath(path)).toMatch(/^documents\/[^\\:*?"<>|]+$/)
        return path === null || !text.split('/').includes('..')
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})

describe('a journal that is written again', () => {
  test('[B49] each record names the sum of the one before, also across a gap and in the runs that it carries', () => {
    const first = {
      ...envelope,
      seq: 1,
      type: 'runCreated',
      prev: '',
      sum: 'a',
      run: { journal: { seq: 0, sum: '' } },
    }
    const key = {
      ...envelope,
      seq: 4,
      type: 'keyframe',
      prev: 'a',
      sum: 'k',
      standsFor: 'gone',
      run: { journal: { seq: 1, sum: 'a' } },
    }
    const next = {
      ...envelope,
      seq: 5,
      type: 'thinned',
      prev: 'gone',
      sum: 'n',
      dropped: [{ fromSeq: 2, toSeq: 4, sumBefore: 'a' }],
    }

    const { text, sums } = sealJournal([first, key, next], (record) => record, sha256)

    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const [one, two, three] = lines
    expect(lines.map(({ seq }) => seq)).toEqual([1, 4, 5])
    expect(two).toMatchObject({ prev: one?.['sum'], run: { journal: { sum: one?.['sum'] } } })
    expect(three).toMatchObject({ prev: 'gone', dropped: [{ sumBefore: one?.['sum'] }] })
    expect(sums.get('n')).toBe(three?.['sum'])
    for (const line of text.trim().split('\n')) {
      const [start = '', sum] = line.split(/,"sum":"(?=[0-9a-f]{32}"\}$)/)
      expect(sum).toBe(`${sha256(start).slice(0, 32)}"}`)
    }
  })
})

describe('masking', () => {
  test('[B50] the secret of a state is found in a log too, and the report never says what it was', () => {
    const one = createRedactor(builtInRules, [run])
    learnSecrets({ inputs: { dbPassword: 'correct-horse-9' } }, [], one)

    const log = one.text('connecting with correct-horse-9', { file: 'log' })

    expect(log).not.toContain('correct-horse')
    expect(one.report()).toMatchObject({ total: 1, values: 1 })
    expect(JSON.stringify(one.report())).not.toContain('correct-horse')
  })

  test('[B51] a value is masked alike in a head and in the record that made it, and its status stays', () => {
    const one = createRedactor(builtInRules, [run])
    const [file, line] = ['f', 1]
    const head = redactRun(
      {
        variables: { password: 'hunter22', n: 1 },
        steps: { 'get-token': { status: 'succeeded', output: 'abc12345', waitingOn: null } },
      },
      one,
      file,
    )
    const record = (body: JsonObject) => redactRecord(body, one, { file, line })
    const set = record({ type: 'variableSet', name: 'password', value: 'hunter22' })
    const done = record({ type: 'stepSucceeded', step: 'get-token', output: 'abc12345' })
    const patch = [{ op: 'replace', path: '/variables/password', value: 'hunter22' }]
    const edited = record({ type: 'edited', patch })

    expect(JSON.stringify(head)).not.toContain('hunter22')
    expect(head).toMatchObject({
      variables: { password: set['value'], n: 1 },
      steps: { 'get-token': { status: 'succeeded', output: done['output'], waitingOn: null } },
    })
    expect(edited).toMatchObject({ patch: [{ path: '/variables/password', value: set['value'] }] })
  })

  test('[B51] folders of the machine are taken out of a run and of the records that carry one', () => {
    const given = { id: run, place: { folder: '/home/ada' }, workflow: { source: '/home/ada/x' } }
    const out = { id: run, place: { folder: null }, workflow: { source: null } }

    expect(withoutPlaces(given)).toEqual(out)
    expect(recordWithoutPlaces({ type: 'keyframe', run: given })).toEqual({
      type: 'keyframe',
      run: out,
    })
  })
})

describe('a run that gets a new id', () => {
  const identity = {
    id: 'pay-2',
    was: run,
    origin: { format: 'unstuck', document: 'x.unstuck', item: run, digest: 'sha256:0' },
    folder: '/srv/flows',
    ids: new Map([[run, 'pay-2']]),
  } as const

  test('[B52] it says where it is from, and that it is a fork of the run whose id was taken', () => {
    const given = { id: run, lineage: null, place: { folder: null }, workflow: { source: '/x' } }

    expect(renameRun(given, identity)).toMatchObject({
      id: 'pay-2',
      lineage: { parent: run, checkpoint: null, relation: 'fork' },
      origin: { document: 'x.unstuck', item: run },
      place: { folder: '/srv/flows' },
      workflow: { source: null },
    })
    expect(renameRun(given, { ...identity, id: run })).toMatchObject({ id: run, lineage: null })
  })

  test('[X102] links to runs that come along follow them, and a link to one that stays behind is told', () => {
    const ids = new Map([
      [run, 'pay-2'],
      ['above', 'above-2'],
      ['below', 'below-2'],
    ])
    const given = {
      lineage: { parent: 'above', checkpoint: null, relation: 'child', step: 'call' },
      steps: {
        a: { waitingOn: { kind: 'run', run: 'below' } },
        b: { waitingOn: { kind: 'run', run: 'elsewhere' } },
      },
    }

    expect(renameRun(given, { ...identity, ids })).toMatchObject({
      lineage: { parent: 'above-2', relation: 'child', step: 'call', was: run },
      steps: {
        a: { waitingOn: { run: 'below-2' } },
        b: { waitingOn: { run: 'elsewhere' } },
      },
    })
    expect(renameRun(given, identity)).toMatchObject({
      lineage: { parent: run, relation: 'fork' },
    })
    expect(
      renameRecord(
        { type: 'stepWaiting', waitingOn: { kind: 'run', run: 'below' } },
        { ...identity, ids },
      ),
    ).toMatchObject({ waitingOn: { run: 'below-2' } })
  })

  test('[B53] no process of the other machine is left in it', () => {
    const process = { pid: 7, startTime: '1', processGroup: 7 }
    const steps = { a: { attempts: [{ number: 1, process }] } }

    expect(renameRun({ steps }, identity)).toMatchObject({
      steps: { a: { attempts: [{ process: null }] } },
    })
    expect(renameRecord({ type: 'stepStarted', process }, identity)).toMatchObject({
      process: null,
    })
  })
})
