// Every real document of the five engines: no finding where it is healthy, the right one where it is not, and its checksum.
import { expect, test } from 'vitest'
import { parseText } from '../../shared/core/formats/text/parseText.ts'
import { askPython } from '../unit/shared/core/formats/python.ts'
import { allFormats, casesOf, context } from './formats/formatCases.ts'

const broken = {
  multyagents: 'F141 error',
  tapps: 'F55 error',
  marsys: 'F100 error',
  awf: 'F22 error',
} as const
/** By the end of a path, what is to be said of it; of every other document nothing is. */
const told: readonly (readonly [string, readonly string[]])[] = [
  ['api-state.corrupt-truncated.json', [broken.multyagents]],
  // Alone, without its description.
  ['tapps/old-1.0.json', ['F54 error', 'F56 warning']],
  ['tapps/state.json', ['F56 warning']],
  ['tapps/truncated.json', [broken.tapps, 'F56 warning']],
  [
    'checksum-mismatch-latest-good-history/.tapps-agents/workflow-state/wf-20260130-090000-20261121-084044.json',
    ['F52 error', 'F56 warning', 'F58 warning', 'F64 info'],
  ],
  [
    'last-json-dangling-abs-path/.tapps-agents/workflow-state/wf-20260130-090000-20261121-084050.json',
    ['F57 warning'],
  ],
  [
    'meta-missing/.tapps-agents/workflow-state/wf-20260130-090000-20261121-084048.json',
    ['F56 warning'],
  ],
  [
    'missing-required-status/.tapps-agents/workflow-state/wf-20260130-090000-20261121-084046.json',
    ['F54 error', 'F58 warning'],
  ],
  ['orphan-tmp/.tapps-agents/workflow-state/wf-20260130-090000-20261121-084051.json', ['F60 info']],
  [
    'truncated-latest-good-history/.tapps-agents/workflow-state/wf-20260130-090000-20261121-084042.json',
    [broken.tapps],
  ],
  ['checkpoint-0.1.json', ['F111 warning']],
  ['marsys/truncated.json', [broken.marsys]],
  ['checkpoint_analysis_123_after_initial_analysis_1795249808.json', ['F111 warning']],
  ['checkpoint_analysis_123_pre_rollback_backup_1795249808_1795249808.json', ['F111 warning']],
  ['session_truncated_321.json', [broken.marsys]],
  ['sess-topology-mismatch/snapshot.json', ['F117 warning']],
  ['sess-version-mismatch/snapshot.json', ['F117 warning']],
  // Under another name than its id; a number that AWF would change.
  ['awf/failed.json', ['F26 warning', 'F29 info']],
  ['awf/old-0.1.json', ['F26 warning']],
  ['awf/truncated.json', [broken.awf]],
  ['states/11111111-aaaa-4aaa-8aaa-111111111111.json', ['F29 info']],
  // With the rest of a write that was cut beside it.
  ['states/22222222-bbbb-4bbb-8bbb-222222222222.json', ['F35 warning']],
  ['states/99999999-truncated.json', [broken.awf]],
]

test('[F286] every document of the five engines has the findings that it should, and every healthy one none', () => {
  const met = new Set<string>()
  const wrong = allFormats.flatMap(casesOf).flatMap(({ format, document, set }) => {
    const row = told.find(([end]) => `${format.id}/${document}`.endsWith(end))
    if (row !== undefined) met.add(row[0])
    const { findings } = format.read(set, context)
    const found = findings.map(({ rule, severity }) => `${rule} ${severity}`)
    return found.join() === (row?.[1] ?? []).join() ? [] : [[document, found]]
  })

  expect(wrong).toEqual([])
  expect(told.map(([end]) => end).filter((end) => !met.has(end))).toEqual([])
})

test('[F287] the checksum of every healthy document verifies, and is what Python computes of it', () => {
  const cases = allFormats
    .flatMap(casesOf)
    .filter(({ document, text }) => !harmed.test(document) && parseText(text).kind === 'ok')
  const rows = askPython(
    new URL('formats/checksums.py', import.meta.url),
    cases.map(({ text }) => text),
  ) as readonly (readonly [string, string] | null)[] // printed by the script
  const signed = cases.flatMap((one, index) => {
    const row = rows[index] ?? null
    return row === null ? [] : [{ one, row }]
  })

  expect(signed.filter(({ row: [stated, computed] }) => stated !== computed)).toEqual([])
  const unverified = signed.filter(({ one }) =>
    one.format.read(one.set, context).findings.some(({ severity }) => severity === 'error'),
  )
  expect(unverified).toEqual([])
  expect(signed.length).toBeGreaterThanOrEqual(46)
})

/** Of these the checksum is wrong, or what it covers is missing. */
const harmed = /checksum-mismatch[^ ]*workflow-state\/wf-|missing-required-status/
