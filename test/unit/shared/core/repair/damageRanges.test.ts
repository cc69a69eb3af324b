import { describe, expect, it } from 'vitest'
import { filesOf, planFor } from './storedRun.ts'

const sound = filesOf()

describe('the damaged bytes of a repair plan', () => {
  it('[R97] are those of the line that does not fit, and all behind it that leaves the journal', () => {
    const bad = Buffer.from(sound.lines[5]?.bytes ?? []).fill('x', 40, 50)
    const before = Buffer.concat(sound.lines.slice(0, 5).map(({ bytes }) => bytes))
    const rest = sound.lines.slice(6).map(({ bytes }) => bytes)
    const journal = Buffer.concat([before, bad, ...rest])
    const { plan } = planFor({ head: sound.head, journal })
    const [fix] = plan.fixes
    expect(plan.damage[0]).toMatchObject({
      file: 'journal',
      kind: 'broken',
      offset: before.byteLength,
      sizeBytes: bad.byteLength,
      fix: fix?.id,
    })
  })

  it('[R97] are the zeros themselves where a block of a line was wiped', () => {
    const bad = Buffer.from(sound.lines[5]?.bytes ?? []).fill(0, 40, 90)
    const before = Buffer.concat(sound.lines.slice(0, 5).map(({ bytes }) => bytes))
    const rest = sound.lines.slice(6).map(({ bytes }) => bytes)
    const journal = Buffer.concat([before, bad, ...rest])
    const lines = [{ offset: before.byteLength, bytes: bad }]
    const { plan } = planFor({ head: sound.head, journal }, { lines })
    const wiped = plan.damage.find(({ kind }) => kind === 'wiped')
    expect(wiped).toMatchObject({ offset: before.byteLength + 40, sizeBytes: 50 })
  })

  it('[R97] are the end of a head that is cut, and the fix that writes it anew', () => {
    const head = sound.head?.subarray(0, 900) ?? null
    const { plan } = planFor({ head, journal: sound.journal })
    expect(plan.damage.at(-1)).toMatchObject({ file: 'head', kind: 'cut', fix: 'R1' })
    const ends = plan.damage.map(({ offset, sizeBytes }) => offset + sizeBytes)
    expect(Math.max(...ends)).toBeLessThanOrEqual(900)
  })

  it('[R97] name the line of the proposed head that a fix is about', () => {
    const journal = Buffer.concat(sound.lines.slice(0, 5).map(({ bytes }) => bytes))
    const { plan } = planFor({ head: sound.head, journal })
    const place = plan.places.find(({ fix }) => fix.startsWith('R10@'))
    const line = plan.proposed?.text.split('\n')[(place?.line ?? 0) - 1]
    expect(line).toMatch(/checkpoints/)
  })
})
