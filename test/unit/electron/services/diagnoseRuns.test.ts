import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRun } from '../../../../electron/services/openRun.ts'
import { queryRuns } from '../../../../electron/services/queryRuns.ts'
import { createRunIndex } from '../../../../electron/services/runIndex.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import type { RunDetail, RunRow } from '../../../../shared/contract/runs.ts'
import { rules } from '../../../../shared/core/diagnose/diagnose.ts'
import { createGallery, type Exhibit, type Gallery } from './diagnoseGallery.ts'

let gallery: Gallery
const seen = new Map<string, RunDetail>()
beforeAll(async () => {
  gallery = await createGallery()
  for (const exhibit of [...gallery.sick, ...gallery.healthy])
    seen.set(exhibit.name, await openRun(exhibit.context, { ref: exhibit.ref }))
}, 120_000)
afterAll(() => gallery.close())

const diagnosesOf = (name: string) => {
  const detail = seen.get(name)
  if (detail === undefined) throw new Error(`There is no ${name}.`)
  return detail.diagnoses
}
const rulesOf = (name: string) => diagnosesOf(name).map(({ rule }) => rule)

/** Each by the run or file that it is about; what is first is what the list shows. */
const expected: readonly (readonly [exhibit: string, rule: string])[] = [
  ['a newer version', 'G1'],
  ['empty', 'G2'],
  ['awf', 'F32'],
  ['large', 'G3'],
  ['v1', 'G4'],
  ['a broken head', 'G5'],
  ['a step in doubt', 'G6'],
  ['a step that finished unseen', 'G7'],
  ['a step that still runs', 'G8'],
  ['a step that never began', 'G9'],
  ['a retry that nobody makes', 'G10'],
  ['a step in doubt', 'G11'],
  ['held on another machine', 'G12'],
  ['said', 'G13'],
  ['all attempts failed alike', 'G14'],
  ['why', 'G15'],
  ['a torn tail', 'G16'],
  ['a gate', 'G17'],
  ['a retry that is long due', 'G18'],
  ['a retry', 'G19'],
  ['running with a child', 'G20'],
  ['paused', 'G21'],
  ['never started', 'G22'],
  ['not trusted', 'G23'],
  ['all attempts failed alike', 'G24'],
  ['no sign of progress', 'G25'],
  ['between two steps', 'G26'],
  ['a gate', 'G27'],
  ['cancelled', 'G28'],
  ['completed', 'G29'],
  ['locked at rest', 'G30'],
  ['a circle of steps', 'G38'],
  ['a step that needs none', 'G39'],
  ['far beyond its usual duration', 'G40'],
  ['no sign of progress', 'G41'],
  ['all attempts failed alike', 'G42'],
  ['an output that is too large', 'G43'],
  ['a definition that changed', 'G44'],
  ['a definition that changed', 'G45'],
  ['a full disk', 'G46'],
  ['a clock that was set back', 'G47'],
  ['a child that waits', 'G48'],
]

describe('the rules of diagnosis on real runs', () => {
  test.each(expected)('[G50] %s is told by %s', (exhibit, rule) => {
    expect(rulesOf(exhibit)).toContain(rule)
  })

  test('[G50] no rule is without a run on which it fires', () => {
    const shown = new Set(expected.map(([, rule]) => rule))
    expect(rules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([])
  })

  test('[G51] no reason that stands still or asks for attention is found in a healthy run', () => {
    const wrong = gallery.healthy.flatMap(({ name }) =>
      diagnosesOf(name)
        .filter(({ severity }) => severity === 'stuck' || severity === 'attention')
        .map(({ rule, sentence }) => `${name}: ${rule} ${sentence}`),
    )
    expect(wrong).toEqual([])
  })

  test('[G58] the list gives the reason that the run’s own screen gives first', async () => {
    const comparable = [...gallery.sick, ...gallery.healthy].filter(
      ({ name }) => !onlyOnScreen.includes(diagnosesOf(name)[0]?.rule ?? ''),
    )
    const rows = await Promise.all(comparable.map(listedRow))
    const told = comparable.map(({ name }, index) => [name, rows[index]?.reason.rule])
    expect(told).toEqual(comparable.map(({ name }) => [name, diagnosesOf(name)[0]?.rule]))
  }, 60_000)

  test('[G52] what is told of an attempt names its log', () => {
    expect(
      ['all attempts failed alike', 'a step in doubt', 'far beyond its usual duration'].map(
        (name) => diagnosesOf(name)[0]?.log,
      ),
    ).toEqual([
      { step: 'load', attempt: 3 },
      { step: 'charge', attempt: 1 },
      { step: 'work', attempt: 1 },
    ])
  })

  test('[G56] a retry that is waited for can be made at once, and only where a process carries the run', () => {
    const actions = ['a retry', 'a retry that is long due', 'a retry that nobody makes'].map(
      (name) => diagnosesOf(name)[0]?.action.kind,
    )
    expect(actions).toEqual(['retryNow', 'retryNow', 'resume'])
  })

  test('[G59] steps that were skipped are told once for the failure behind them', () => {
    const skipped = diagnosesOf('all attempts failed alike').filter(({ rule }) => rule === 'G24')
    expect(skipped.map(({ sentence, action }) => [sentence, action.step])).toEqual([
      ['mail and last were skipped because load did not succeed.', 'load'],
    ])
  })

  test('[G49] of many alike the first are told, with the number of the others', () => {
    const alike = diagnosesOf('very many failures').filter(({ rule }) => rule === 'G14')
    expect([alike.length, alike.at(-1)?.sentence]).toEqual([21, 'And 4 more like these.'])
  })

  test('[G33] every sentence of every run fits a row of the list', () => {
    const long = [...seen.values()].flatMap(({ diagnoses }) =>
      diagnoses.map(({ sentence }) => sentence).filter((sentence) => sentence.length > 110),
    )
    expect(long).toEqual([])
  })
})

describe('what the rules say', () => {
  test('[G38] [G39] a definition that cannot be run to its end names what is wrong with it', () => {
    expect(diagnosesOf('a circle of steps')[0]?.sentence).toBe(
      'The steps a -> b -> a need each other in a circle: none of them can start.',
    )
    expect(diagnosesOf('a step that needs none')[0]?.sentence).toBe(
      'The step b needs aa, which is no step of the workflow. Did you mean a?',
    )
  })

  test('[G40] [G53] a step that is far beyond its usual duration says what is usual', () => {
    const [first] = diagnosesOf('far beyond its usual duration')
    expect(first?.sentence).toMatch(
      /^work has run for 60 min; usually it takes \d+ (?:ms|s) \(3 earlier runs\)\.$/,
    )
    expect(first?.severity).toBe('attention')
  })

  test('[G41] a step from which nothing comes says since when', () => {
    expect(sentenceOf('no sign of progress', 'G41')).toBe(
      'quiet runs, and nothing has come from it for 60 min.',
    )
  })

  test('[G42] errors are the same whatever numbers are in them', () => {
    expect(sentenceOf('all attempts failed alike', 'G42')).toBe(
      'load failed 3 times with the same error: another attempt alone will hardly help.',
    )
    expect(rulesOf('a retry that fails alike')[0]).toBe('G42')
  })

  test('[G43] an output that is too large says how large, and what to do', () => {
    expect(sentenceOf('an output that is too large', 'G43')).toMatch(
      /^big returned too much: The standard output has 15 bytes, more than the 5 that are kept\./,
    )
  })

  test('[G44] [G45] a definition that changed says what changed, and which steps it has no more', () => {
    expect(sentenceOf('a definition that changed', 'G44')).toBe(
      'The definition has changed since the run began: a altered, c added, b taken out.',
    )
    expect(sentenceOf('a definition that changed', 'G45')).toBe(
      'b is no step of the definition any more: say what became of it.',
    )
    expect(sentenceOf('a definition that is gone', 'G44')).toMatch(/^The definition is not where/)
  })

  test('[G46] a step that met a full disk says so, and offers to make room', () => {
    const found = diagnosesOf('a full disk').find(({ rule }) => rule === 'G46')
    expect([found?.sentence, found?.action.kind]).toEqual([
      'save failed because the disk was full.',
      'cleanUp',
    ])
  })

  test('[G47] a last change that lies ahead is told', () => {
    expect(sentenceOf('a clock that was set back', 'G47')).toMatch(
      /^Its last change lies (?:119|120|1|2) (?:min|h) ahead: this clock was set back/,
    )
  })

  test('[G48] the run that is waited for is named, with its own reason and the way to it', () => {
    const [first] = diagnosesOf('a child that waits')
    const child = first?.action.run ?? ''
    expect(child).toMatch(/^child-/)
    expect(first?.sentence).toMatch(
      /^part waits for the run child-\S+: ask has waited \d+ s for an/,
    )
  })
})

/** Their evidence lies around the run: a list does not look there. */
const onlyOnScreen = ['G40', 'G41']

function sentenceOf(name: string, rule: string): string | undefined {
  return diagnosesOf(name).find((one) => one.rule === rule)?.sentence
}

async function listedRow({ context, ref }: Exhibit): Promise<RunRow | undefined> {
  const input = contract['run.list'].input.parse({ limit: 500 })
  const fresh = { ...context, index: createRunIndex() }
  const { rows } = await queryRuns(fresh, input, { signal: neverCancelled })
  return rows.find((row) => row.ref.document === ref.document)
}
