import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRuns } from '../../../../electron/services/checkRuns.ts'
import { createRunIndex } from '../../../../electron/services/runIndex.ts'
import { createFileStore } from '../../../../electron/store/fileStore.ts'
import type { Machine } from '../../../../electron/store/machine.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import type { Finding } from '../../../../shared/core/integrity/finding.ts'
import { ruleTable } from '../../../../shared/core/integrity/ruleTable.ts'
import { createWorkbench, randomId, type Workbench } from '../executor/workbench.ts'

const fixtures = fileURLToPath(new URL('../../../fixtures/', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'unstuck-check-'))
let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(async () => {
  await bench.close()
  rmSync(root, { recursive: true, force: true })
})

/** That of the fixtures: it was started anew since, so that locks of its boot before have no holder. */
const machine: Machine = {
  identity: {
    machineId: 'fixture',
    hostName: 'forge',
    bootId: 'boot-2',
    pidNamespace: '1',
    pid: 1,
    processStartTime: '1',
  },
  findProcess: async () => ({ kind: 'none' }),
}
const now = () => '2026-06-01T00:00:00.000Z'

async function findingsOf(folder: string): Promise<readonly Finding[]> {
  const copy = join(root, folder.replaceAll('/', '-'))
  cpSync(join(fixtures, folder), copy, { recursive: true })
  const application = { version: '3.0.0' }
  const store = await createFileStore({ root: copy, now, randomId, machine, application })
  try {
    const context = { ...bench.context, store, now, index: createRunIndex() }
    const page = contract['run.checkAll'].input.parse({})
    const checked = await checkRuns(context, page, {
      signal: neverCancelled,
      progress: () => undefined,
    })
    expect(checked.items.map(({ problem }) => problem).filter((one) => one !== null)).toEqual([])
    return [
      ...checked.items.flatMap(({ findings }) => findings),
      ...checked.around.map(({ finding }) => finding),
    ]
  } finally {
    await store.close()
  }
}

type Row = {
  readonly file: Finding['file']
  /** Byte offset, line and column; null where there is no file to have a place in. */
  readonly place: readonly [number, number, number] | null
  readonly pointer: string | null
  /**
   * Rules that fire too, because nothing breaks this one alone: an attempt made again has its number twice (I9), nobody but a
   * process that is gone leaves an older lock (I70), and only without a head is the journal asked for the whole state (J24).
   */
  readonly also?: readonly string[]
}

function inFile(file: Finding['file']) {
  return (pointer: string | null, place: Row['place'], also?: readonly string[]): Row => ({
    file,
    place,
    pointer,
    ...(also === undefined ? {} : { also }),
  })
}
const head = inFile('head')
const journal = inFile('journal')
const document = inFile('document')
const lock = inFile('lock')
const temporary = inFile('temporary')

type Rows = Readonly<Record<string, Row>>

// One small real file a rule, made from the healthy run by one edit, with its checksum and sums made anew.

const textRows: Rows = {
  C4: head('/run/status', [877, 8, 11]),
  C5: head('/run/kind', [1149, 15, 1]),
  C12: head('', [0, 1, 1]),
  F4: document('/open/1', [34, 2, 16]),
  F8: document(null, [12, 1, 13]),
  I26: head('', [0, 1, 1]),
  I27: head('/run/updatedAt', [1000, 11, 29]),
  I28: head('/run/steps/test/status', [1500, 21, 30]),
  I29: head('', [2768, 35, 1]),
}

const storedRows: Rows = {
  C6: head('/checksum', [2680, 33, 1]),
  C7: head('/run/kind', [498, 6, 9]),
  C8: head('/version', [34, 2, 33]),
  C9: head('', [0, 1, 1]),
  C10: head('/summary', [48, 3, 12]),
  F5: document('/status', [99, 1, 100]),
  I35: document('/checksum', [884, 6, 48]),
  I36: head('/run/checkpoints/1/progress', [2471, 26, 104]),
  I37: head('/run/id', [458, 5, 7]),
}

const lineRows: Rows = {
  J20: journal(null, [4006, 15, 1]),
  J21: journal(null, [4006, 15, 1]),
  J22: journal(null, null),
  J23: journal(null, [3423, 12, 1]),
  J24: head(null, null),
  J25: journal(null, [0, 1, 1], ['J24']),
  J26: journal('/sum', [3848, 14, 1]),
  J27: journal('/patch', [4006, 15, 1]),
  I30: journal('', [4006, 15, 1]),
  I31: journal('/sum', [4006, 15, 1]),
  I32: journal('/prev', [4006, 15, 1]),
  I33: journal('/seq', [4006, 15, 1]),
  I34: journal('/epoch', [4006, 15, 1]),
}

const inRunRows: Rows = {
  I1: head('/run/steps/deploy/status', [1968, 22, 21]),
  I2: head('/run/status', [874, 8, 11]),
  I3: head('/run/steps/deploy/status', [1922, 22, 21]),
  I4: head('/run/finishedAt', [1005, 12, 15]),
  I5: head('/run/lineage/parent', [2575, 29, 22]),
  I6: head('/run/finishedAt', [1027, 12, 15]),
  I7: head('/run/updatedAt', [782, 11, 14]),
  I8: head('/run/steps/build/attempts/0/finishedAt', [1319, 20, 108]),
  I9: head('/run/steps/test/attempts/1/number', [1743, 21, 273]),
  I10: head('/run/steps/deploy/attempts', [1945, 22, 42]),
  I11: head('/run/steps/deploy/skippedBy', [2035, 22, 88]),
  I12: head('/run/steps/deploy/waitingOn', [2185, 22, 238]),
  I13: head('/run/steps/deploy/waitingOn', [1974, 22, 71]),
  I14: head('/run/checkpoints/1/parent', [2391, 26, 24]),
  I15: head('/run/checkpoints/1/id', [2374, 26, 7]),
  I16: head('/run/checkpoints/1/seq', [2404, 26, 37]),
  I17: head('/run/checkpoints/1/progress', [2471, 26, 104]),
  I18: head('/run/checkpoints/1/parent', [2391, 26, 24]),
  I19: head('/run/checkpoints/1/step', [2453, 26, 86]),
  I20: head('/run/steps/notify', [2219, 23, 11]),
  I21: head('/run/steps', [1210, 19, 10]),
  I22: head('/run/workflow/definition/steps/build/needs', [754, 7, 245]),
  I38: head('/run/steps/deploy/attempts/0/outcome', [2071, 22, 124]),
  I39: head('/run/steps/test/attempts/0/outcome', [1592, 21, 122]),
  I40: head('/run/steps/deploy/status', [1966, 22, 21]),
  I41: head('/run/steps/test/attempts/0/finishedAt', [1577, 21, 107]),
  I42: head('/run/steps/ship[0]', [2041, 23, 12]),
  I43: head('/run/steps/deploy/waitingOn/total', [1998, 22, 95]),
  I44: head('/run/status', [853, 8, 11]),
  I45: head('/run/startedAt', [944, 10, 14]),
  I46: head('/run/error', [1156, 14, 10]),
  I47: head('/run/decisions/0/seq', [2533, 29, 8]),
  I48: head('/run/startedAt', [944, 10, 14]),
  I49: head('/run/steps/test/attempts/1/startedAt', [1757, 21, 287]),
  I50: head('/run/finishedAt', [1027, 12, 15]),
  I51: head('/run/checkpoints/1/at', [2480, 26, 113]),
  I52: head('/run/steps/build/attempts/0/startedAt', [1279, 20, 68]),
  I53: head('/run/steps/deploy/status', [1535, 22, 21]),
  I54: head('/run/workflow/definition', [681, 7, 172]),
  I55: head('/run/workflow/digest', [594, 7, 85]),
}

const inOrderRows: Rows = {
  I60: journal('/type', [4006, 15, 1]),
  I61: journal('/step', [3669, 14, 1]),
  I62: journal('/type', [4006, 15, 1]),
  I63: journal('/step', [3848, 14, 1]),
  I64: journal('/attempt', [2752, 9, 1], ['I9']),
  I65: journal('/step', [3848, 14, 1]),
  I66: journal('/step', [3428, 12, 1]),
  I67: journal('/type', [4006, 15, 1]),
  I68: journal('/type', [4006, 15, 1]),
  I69: journal('/at', [2292, 7, 1]),
}

const aroundRows: Rows = {
  I70: lock('/pid', [0, 1, 1]),
  I71: lock('/hostName', [0, 1, 1]),
  I72: lock('', [0, 1, 1]),
  I73: lock('/epoch', [0, 1, 1], ['I70']),
  I74: temporary('', [0, 1, 1]),
  I75: journal(null, [4006, 15, 1]),
  I76: temporary(null, null),
  I77: head('/run/lineage/parent', [2575, 29, 22]),
  I78: head('/run/steps/deploy/waitingOn/run', [1994, 22, 91]),
  I79: head('/run/updatedAt', [985, 11, 14]),
  I80: head('/run/workflow/definition', [676, 7, 167]),
}

const allRows: Rows = {
  ...textRows,
  ...storedRows,
  ...lineRows,
  ...inRunRows,
  ...inOrderRows,
  ...aroundRows,
}

/** Half a gigabyte, and 16 MB: `decodeUtf8.test.ts` and `workspace.test.ts` have them. */
const tooLargeForFixtures = ['F10', 'F11']

async function fires(rule: string, row: Row) {
  const found = await findingsOf(`integrity/${rule}`)
  const own = found.filter((finding) => finding.rule === rule)
  const { severity, remedy } = ruleTable.find(({ id }) => id === rule) ?? {}
  const [offset, line, column] = row.place ?? [null, null, null]
  expect(own).toMatchObject([
    { severity, remedy, file: row.file, offset, line, column, pointer: row.pointer },
  ])
  const others = found.filter((finding) => finding.rule !== rule)
  expect(others.map((finding) => finding.rule)).toEqual(row.also ?? [])
}

describe('every rule on its own fixture', () => {
  it.each(Object.entries(textRows))(
    '[I26] [I27] [I28] [I29] of the text of a head or document: %s',
    fires,
  )
  it.each(Object.entries(storedRows))('[I35] [I36] [I37] of what is stored of a run: %s', fires)
  it.each(Object.entries(lineRows))(
    '[I30] [I31] [I32] [I33] [I34] of lines of the journal: %s',
    fires,
  )
  it.each(Object.entries(inRunRows))(
    '[I38] [I39] [I40] [I41] [I42] [I43] [I44] [I45] [I46] [I47] [I48] [I49] [I50] [I51] [I52] [I53] [I54] [I55] of the run in itself: %s',
    fires,
  )
  it.each(Object.entries(inOrderRows))(
    '[I60] [I61] [I62] [I63] [I64] [I65] [I66] [I67] [I68] [I69] of the order of the records: %s',
    fires,
  )
  it.each(Object.entries(aroundRows))(
    '[I70] [I71] [I72] [I73] [I74] [I75] [I76] [I77] [I78] [I79] [I80] of what lies around a run: %s',
    fires,
  )

  it('[I81] has a fixture for each rule of the table', () => {
    const ids = ruleTable.map(({ id }) => id)
    const shown = [...Object.keys(allRows), ...tooLargeForFixtures]
    expect(shown.toSorted()).toEqual(ids.toSorted())
    const folders = readdirSync(join(fixtures, 'integrity')).filter((name) => name !== 'README.md')
    expect(folders.toSorted()).toEqual([...Object.keys(allRows), 'healthy'].toSorted())
  })

  it('[I81] the place is where the value stands', async () => {
    const text = readFileSync(join(fixtures, 'integrity/I12', headPath), 'utf8')
    const [finding] = await findingsOf('integrity/I12')
    const end = text.slice(finding?.offset ?? 0)
    expect(end.startsWith('{"kind":"time"')).toBe(true)
    expect(finding?.state).toBe('/steps/deploy/waitingOn')
  })
})

describe('no rule on what is healthy', () => {
  it.each(['integrity/healthy', 'native', 'versions/3'])('[I25] %s', async (folder) => {
    expect(await findingsOf(folder)).toEqual([])
  })
})

const headPath = 'runs/2026-01-02/release-20260102t030405-ab12.json'
