import { describe, expect, it } from 'vitest'
import { filesOf, planFor, readFiles } from './storedRun.ts'

const sound = filesOf()
const run = readFiles(sound).reading.run
const garbage = Buffer.from('{"format":"unstuck", broken\n')
const cutHead = sound.head?.subarray(0, Math.floor((sound.head.byteLength * 3) / 4)) ?? null

describe('planRepair: sources side by side', () => {
  it('[R74] a file that was left over is used where neither head nor journal can be', () => {
    const temporaries = [{ path: 'runs/x/.a.json.1.tmp', run }]
    const { plan, outcome } = planFor({ head: garbage, journal: null }, { temporaries })
    expect(plan.source).toBe('temporary:runs/x/.a.json.1.tmp')
    expect(plan.fixes.map(({ rule }) => rule)).toContain('R74')
    expect(outcome?.run.variables).toEqual({ total: 42 })
    const good = planFor({ ...sound, head: garbage }, { temporaries })
    expect(good.plan.source).toBe('journal')
    const unread = [{ path: 'runs/x/.a.json.1.tmp', run: null }]
    expect(planFor({ head: garbage, journal: null }, { temporaries: unread }).plan.ready).toBe(
      false,
    )
  })

  it('[R75] what can be read of a damaged line is shown with its fix', () => {
    const bytes = Buffer.from('{"seq":6,"type":"stepSucceeded","output":tru\n')
    const lines = sound.lines.map((line, index) => (index === 5 ? bytes : line.bytes))
    const journal = Buffer.concat(lines)
    const offset = Buffer.concat(lines.slice(0, 5)).byteLength
    const { plan } = planFor({ ...sound, journal }, { lines: [{ offset, bytes }] })
    expect(plan.fixes[0]?.reason).toBe(
      'What can be read of it, and is not taken: {"seq":6,"type":"stepSucceeded"}',
    )
    expect(JSON.stringify(plan.changes)).not.toContain('stepSucceeded')
  })

  it('[R76] each source says what it holds and what others have; one is recommended, and why', () => {
    const short = Buffer.concat(sound.lines.slice(0, 3).map(({ bytes }) => bytes))
    const { plan } = planFor({ head: sound.head, journal: short })
    const held = Object.fromEntries(plan.sources.map(({ id, holds }) => [id, holds]))
    expect(held['journal']).toContainEqual({
      what: 'checkpoints',
      count: 0,
      missing: 2,
      names: ['cp-5', 'cp-7'],
    })
    expect(held['journal']).toContainEqual({
      what: 'steps done',
      count: 0,
      missing: 1,
      names: ['build'],
    })
    expect(held['head']?.every(({ missing }) => missing === 0)).toBe(true)
    expect(plan.recommended).toEqual({
      source: 'head',
      why: 'It fits its checksum and is further than the journal. No other source holds anything that it has not.',
    })
  })

  it('[R77] of a head that is cut, what is whole is a source by choice', () => {
    const files = { head: cutHead, journal: null }
    const alone = planFor(files)
    expect(alone.plan).toMatchObject({ source: null, recommended: null, ready: false })
    const source = alone.plan.sources.find(({ kind }) => kind === 'salvage')
    expect(source?.sentence).toContain('What can be read of the broken head')
    const early = planFor({ head: sound.head?.subarray(0, 40) ?? null, journal: null })
    expect(early.plan.sources.some(({ kind, usable }) => kind === 'salvage' && usable)).toBe(false)
  })

  it('[R78] a fix names those that it needs', () => {
    const journal = Buffer.concat([sound.journal, Buffer.from('{"seq":9,')])
    const { plan } = planFor({ head: garbage, journal })
    const [torn, head] = plan.fixes
    expect(head).toMatchObject({ rule: 'R1', needs: [torn?.id] })
    expect(torn?.needs).toEqual([])
  })

  it('[R79] what stands in a head that is no JSON is itemised with its places', () => {
    const { plan } = planFor({ head: cutHead, journal: sound.journal })
    const cut = plan.findings.find(({ rule }) => rule === 'R24')
    expect(cut).toMatchObject({ file: 'head', severity: 'info' })
    expect(cut?.offset).toBeGreaterThan(0)
    expect(cut?.line).toBeGreaterThan(1)
  })
})
