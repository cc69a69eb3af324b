import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBundlePath, writeBundlePath } from '../../../../../shared/core/bundle/bundlePath.ts'
import { createRedactor } from '../../../../../shared/core/bundle/redactor.ts'
import { redactRecord, redactRun } from '../../../../../shared/core/bundle/redactRun.ts'
import { renameRecord, renameRun } from '../../../../../shared/core/bundle/renameRun.ts'
import { sealJournal } from '../../../../../shared/core/bundle/sealJournal.ts'
import { mask } from '../../../../../shared/core/secrets/maskCredentials.ts'
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
  test('[B50] what stands under a secret’s name, looks like a credential, or was a secret elsewhere is masked and told, its value never', () => {
    const redactor = createRedactor()
    const spot = { file: 'f', place: '' }
    redactor.learn({ dbPassword: 'correct-horse' }, [])

    const value = redactor.value({ dbPassword: 'correct-horse', pin: { token: 7 }, n: 1 }, [], spot)
    const text = redactor.text(
      'psql correct-horse; curl -H "Authorization: Bearer abc123def456"',
      spot,
    )

    expect(value).toEqual({ dbPassword: mask, pin: { token: mask }, n: 1 })
    expect(text).not.toMatch(/correct-horse|abc123def456/)
    const report = redactor.report()
    expect(report).toMatchObject({ total: 4, morePlaces: 0 })
    expect(report.places.map(({ place }) => place)).toContain('/pin/token')
    expect(JSON.stringify(report)).not.toMatch(/correct-horse|abc123def456/)
  })

  test('[B51] a value is masked alike in a head and in the record that made it', () => {
    const options = { redactor: createRedactor(), file: 'f', keepsPaths: false }
    const head = redactRun(
      {
        id: run,
        status: 'failed',
        place: { folder: '/home/ada', environment: ['API_TOKEN'] },
        workflow: {
          source: '/home/ada/pay.yaml',
          definition: {
            steps: {
              login: {
                run: 'x',
                environment: { API_TOKEN: 't0psecret', KEY_ID: '${{ inputs.token }}' },
              },
            },
            inputs: { apiKey: { type: 'string', default: 'abcdefgh' } },
          },
        },
        variables: { password: 'hunter22', n: 1 },
        steps: { 'get-token': { status: 'succeeded', output: 'abc', waitingOn: null } },
      },
      options,
    )
    const set = redactRecord(
      { type: 'variableSet', name: 'password', value: 'hunter22' },
      options,
      3,
    )
    const done = redactRecord(
      { type: 'stepSucceeded', step: 'get-token', output: 'abc' },
      options,
      4,
    )
    const patch = [{ op: 'replace', path: '/variables/password', value: 'hunter22' }]
    const edited = redactRecord({ type: 'edited', patch }, options, 5)

    expect(head).toEqual({
      id: run,
      status: 'failed',
      place: { folder: null, environment: ['API_TOKEN'] },
      workflow: {
        source: null,
        definition: {
          steps: {
            login: { run: 'x', environment: { API_TOKEN: mask, KEY_ID: '${{ inputs.token }}' } },
          },
          inputs: { apiKey: { type: 'string', default: mask } },
        },
      },
      variables: { password: mask, n: 1 },
      steps: { 'get-token': { status: 'succeeded', output: mask, waitingOn: null } },
    })
    expect(set).toMatchObject({ value: mask })
    expect(done).toMatchObject({ step: 'get-token', output: mask })
    expect(edited).toMatchObject({ patch: [{ path: '/variables/password', value: mask }] })
  })
})

describe('a run that gets a new id', () => {
  const identity = {
    id: 'pay-2',
    was: run,
    origin: { format: 'unstuck', document: 'x.unstuck', item: run, digest: 'sha256:0' },
    folder: '/srv/flows',
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
