import { describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../../../shared/core/diagnose/diagnosis.ts'
import type { Handlers } from '../../../../shared/contract/contract.ts'
import { ref } from '../../../contract/samples.ts'
import { detailOf, listOf, rowOf, unstuck } from './cliDouble.ts'

const evil = 'a\u001B]0;owned\u0007\u001B[2Jb\nc\u202Ed\u{E0041}'
const diagnosis: Diagnosis = {
  rule: 'G3',
  severity: 'stuck',
  sentence: 'The head is damaged.',
  evidence: [{ label: 'Line', value: '7' }],
  action: { kind: 'repair', label: 'Repair it', step: null },
  step: null,
}

describe('text', () => {
  it('[X9] list aligns its columns and says why a run does not move', async () => {
    const rows = [
      rowOf('build-1'),
      rowOf('deploy-long-name-7', {
        status: 'running',
        liveness: 'interrupted',
        updatedAt: '2025-12-31T03:04:05.678Z',
        reason: { rule: 'G2', sentence: 'Its process is gone.', severity: 'stuck' },
      }),
      rowOf('etl', { health: 'damaged', workflow: null, stepsTotal: 0 }),
    ]

    const { out } = await unstuck(['list'], { 'run.list': listOf(rows) })

    expect(out.split('\n')).toEqual([
      'STATUS       RUN                 WORKFLOW  STEPS  CHANGED  WHY',
      'completed    build-1             build     2/2    1 h      Completed.',
      'interrupted  deploy-long-name-7  build     2/2    2 d      Its process is gone.',
      'damaged      etl                 -         -      1 h      Completed.',
      '',
    ])
  })

  it('[X17] list says on the error output that runs were not read whole, and nothing when all were', async () => {
    const list = listOf([rowOf('a')])
    const told = (unverified: number) => ({
      'run.list': async (...asked: Parameters<typeof list>) => ({
        ...(await list(...asked)),
        unverified,
      }),
    })
    const said = await unstuck(['list'], told(3))
    expect(said.err).toBe(
      'unstuck: 3 runs were told by the start of the head alone. Read one whole: unstuck check RUN\n',
    )
    expect((await unstuck(['list', '--json'], told(1))).err).toContain('1 run was told')
    expect((await unstuck(['list'], told(0))).err).toBe('')
  })

  it('[X9] list says how to see the rest', async () => {
    const rows = ['a', 'b', 'c'].map((id) => rowOf(id))

    const { out } = await unstuck(['list', '--limit', '2'], { 'run.list': listOf(rows) })

    expect(out.trimEnd().split('\n').at(-1)).toBe('1 to 2 of 3. Next: --offset 2')
  })

  it.each([
    [[], 'There are no runs here. Start one: unstuck run FILE. Or look around: unstuck sample\n'],
    [[rowOf('a')], 'Nothing matches. The workspace has 1 in all: unstuck list\n'],
  ])('[X9] an empty list says which kind of empty it is', async (rows, out) => {
    expect(await unstuck(['list', '--text', 'zzz'], { 'run.list': listOf(rows) })).toEqual({
      exit: 0,
      out,
      err: '',
    })
  })

  it('[X9] show begins with the diagnosis and the command that helps', async () => {
    const handlers: Partial<Handlers> = {
      'run.list': listOf([rowOf(ref.document)]),
      'run.get': async () => detailOf({ diagnoses: [diagnosis], sizeBytes: 12_345 }),
    }

    const { out } = await unstuck(['show', 'latest'], handlers)

    expect(out.split('\n')).toEqual([
      'The head is damaged.',
      '  Line  7',
      `  Repair it: unstuck repair ${ref.document}`,
      '',
      'Run',
      `  id      ${ref.document}`,
      '  status  unknown',
      '  size    12.3 kB',
      '',
    ])
  })

  it.each([
    ['unstuck', '--history'],
    ['unstuck-newer', '--raw document'],
    ['unknown', '--raw document'],
  ] as const)(
    '[X9] what an action of a %s document says to type is possible',
    async (format, option) => {
      const look: Diagnosis['action'] = { kind: 'openRun', label: 'Look at it', step: null }
      const handlers: Partial<Handlers> = {
        'run.list': listOf([rowOf(ref.document)]),
        'run.get': async () =>
          detailOf({ ref: { ...ref, format }, diagnoses: [{ ...diagnosis, action: look }] }),
      }

      const { out } = await unstuck(['show', 'latest'], handlers)

      expect(out).toContain(`  Look at it: unstuck show ${ref.document} ${option}\n`)
    },
  )

  it('[X9] what waits for a decision says how to make it', async () => {
    const decide: Diagnosis['action'] = { kind: 'decide', label: 'Decide about ask', step: 'ask' }
    const { out } = await unstuck(['show', 'latest'], {
      'run.list': listOf([rowOf(ref.document)]),
      'run.get': async () => detailOf({ diagnoses: [{ ...diagnosis, action: decide }] }),
    })
    expect(out).toContain(
      `  Decide about ask: unstuck approve ${ref.document} ask, or unstuck reject ${ref.document} ask\n`,
    )
  })

  it('[X10] control characters of the state reach no terminal', async () => {
    const handlers: Partial<Handlers> = {
      'run.list': listOf([rowOf(ref.document, { workflow: evil, status: evil })]),
      'run.get': async () =>
        detailOf({
          diagnoses: [{ ...diagnosis, sentence: evil, evidence: [{ label: evil, value: evil }] }],
        }),
    }

    const said = [await unstuck(['list'], handlers), await unstuck(['show', 'latest'], handlers)]

    expect(said.filter(({ out }) => hasControls(out))).toEqual([])
    expect(said[1]?.out.split('\n')[0]).toBe(
      'a\\u001b]0;owned\\u0007\\u001b[2Jb\\nc\\u202ed\\udb40\\udc41',
    )
    const json = await unstuck(['list', '--json'], handlers)
    expect(hasControls(json.out)).toBe(false)
    expect(JSON.parse(json.out)).toMatchObject({ rows: [{ workflow: evil }] })
  })

  it('[X10] a terminal gets the colours of a log and nothing else of its control characters', async () => {
    const handlers = logOf('\u001B[31mred\u001B[0m\u001B[2J\u001B]0;x\u0007\ttab\n')

    const terminal = await unstuck(['show', 'latest', '--log', 'a', '--attempt', '1'], handlers, {
      isTty: true,
    })
    const pipe = await unstuck(['show', 'latest', '--log', 'a', '--attempt', '1'], handlers)

    expect(terminal.out).toBe('\u001B[31mred\u001B[0m\\u001b[2J\\u001b]0;x\\u0007\ttab\n')
    expect(pipe.out).toBe('\u001B[31mred\u001B[0m\u001B[2J\u001B]0;x\u0007\ttab\n')
  })

  it('[T159] nothing of a log writes over what stands before it, or is hidden', async () => {
    const log =
      'rm -rf /\rall is well\u001B[8mhidden\u001B[38;5;8mgrey\u001B[0m\r\na\u200Bb\u009B2J\n'
    const { out } = await unstuck(['show', 'latest', '--log', 'a', '--attempt', '1'], logOf(log), {
      isTty: true,
    })
    expect(out).toBe(
      'rm -rf /\\rall is well\\u001b[8mhidden\u001B[38;5;8mgrey\u001B[0m\r\na\\u200bb\\u009b2J\n',
    )
  })

  it('[X9] a long log is printed whole, with --json one slice of it', async () => {
    const handlers = logOf('x'.repeat(600_000))

    const text = await unstuck(['show', 'latest', '--log', 'a', '--attempt', '1'], handlers)
    const slice = await unstuck(
      ['show', 'latest', '--log', 'a', '--attempt', '1', '--json'],
      handlers,
    )

    expect(text.out).toBe(`${'x'.repeat(600_000)}\n`)
    expect(JSON.parse(slice.out)).toMatchObject({
      offset: 0,
      nextOffset: 262_144,
      sizeBytes: 600_000,
    })
  })

  it.each([
    [true, {}, true],
    [true, { NO_COLOR: '1' }, false],
    [false, {}, false],
  ])('[X11] colours with a terminal: %s and %j: %s', async (isTty, env, coloured) => {
    const handlers = { 'run.list': listOf([rowOf('a', { status: 'failed' })]) }

    const { out } = await unstuck(['list'], handlers, { isTty, env })

    expect(out.includes('\u001B[31mfailed\u001B[0m')).toBe(coloured)
    expect(out.includes('\u001B')).toBe(coloured)
  })
})

/** True for a control character that is no line break, or one that turns the direction of writing. */
function hasControls(text: string): boolean {
  return /[\p{Cc}\p{Cf}]/u.test(text.replaceAll('\n', ''))
}

/** A log that is read in slices; one byte a character. */
function logOf(log: string): Partial<Handlers> {
  return {
    'run.list': listOf([rowOf(ref.document)]),
    'run.log': async ({ offset, limitBytes }) => {
      const end = offset + limitBytes
      const nextOffset = end < log.length ? end : null
      return { text: log.slice(offset, end), offset, nextOffset, sizeBytes: log.length }
    },
  }
}
