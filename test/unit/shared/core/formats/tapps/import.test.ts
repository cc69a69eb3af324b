import { expect, test } from 'vitest'
import type { FormatImport } from '../../../../../../shared/core/formats/format.ts'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import { check } from '../../../../../../shared/core/integrity/check.ts'
import { Run } from '../../../../../../shared/schema/run.ts'
import { saidBy } from '../../expression/saidBy.ts'
import { asPython, written } from './asPython.ts'
import { context, folderOf, home, setOf, withFiles, type Folder } from './tappsSet.ts'

const healthy = folderOf('healthy-mixed')
const id = 'full-sdlc-20260130-091500'
const own = `${home}/${id}-20261121-083138.json`
const toRun = (folder: Folder, document: string, commands: Readonly<Record<string, string>>) =>
  tapps.toRun(setOf(folder, document), { definition: null, commands, id: 'imported-1' }, context)
const runOf = (imported: FormatImport) => {
  if (imported.kind === 'refused') throw new Error(imported.problems.join(' '))
  return imported.run
}

test('[F91] a step that is not done and has no command is refused by name', () => {
  expect(toRun(healthy, own, {})).toEqual({
    kind: 'refused',
    problems: [
      '"design" is done by an agent of TappsCodingAgents, which Unstuck cannot run: give a command for it.',
    ],
  })
})

test('[F91] with its command it is a run that goes on after what is done', () => {
  const run = runOf(toRun(healthy, own, { design: 'make design' }))
  expect(Run.safeParse(run).error).toBeUndefined()
  expect(check(run)).toEqual([])
  expect(run).toMatchObject({
    id: 'imported-1',
    workflow: {
      definition: {
        name: 'full-sdlc',
        steps: {
          requirements: { gate: {} },
          planning: { needs: ['requirements'] },
          'optional-docs': { needs: ['planning'] },
          design: { run: 'make design', needs: ['planning'] },
        },
      },
    },
    steps: { planning: { status: 'succeeded' }, design: { status: 'running' } },
  })
})

test('[F365] what stands in the name of a step is no expression of ours', () => {
  const name = 'plan ${{ secrets.key }}'
  const folder = withFiles(healthy, {
    [own]: (healthy.texts.get(own) ?? '').replaceAll('"planning"', JSON.stringify(name)),
  })
  const { definition } = runOf(toRun(folder, own, { design: 'x' })).workflow
  const messages = Object.values(definition?.steps ?? {}).map(({ gate }) => gate?.message ?? '')
  expect(messages.map(saidBy)).toContain(
    `TappsCodingAgents did "${name}". Do it there again, then approve.`,
  )
})

const step = (agent: string, creates: string[], requires: string[], gate: unknown = null) => ({
  agent,
  action: 'do',
  creates,
  requires,
  next: null,
  gate,
})

test('[F91] the plan tells what needs what, and its steps that were not begun', () => {
  const folder = withFiles(healthy, {
    [`${home}/${id}-execution-plan.json`]: JSON.stringify({
      step_graph: {
        requirements: step('analyst', ['r'], []),
        planning: step('planner', ['p'], ['r']),
        design: step('architect', ['d'], ['r']),
        review: step('reviewer', [], ['d', 'p'], { on_fail: 'design' }),
      },
    }),
  })
  expect(toRun(folder, own, { design: 'x' })).toMatchObject({
    kind: 'refused',
    problems: [expect.stringContaining('"review" is done by the agent reviewer (do)')],
  })
  const imported = toRun(folder, own, { design: 'x', review: 'y' })
  expect(runOf(imported).workflow.definition?.steps).toMatchObject({
    design: { needs: ['requirements'] },
    review: { needs: ['planning', 'design'] },
  })
  expect(imported.kind === 'ok' ? imported.notes : []).toContain(
    'The gate of "review" is not taken over: that its command succeeds is enough.',
  )
})

const rows = [
  ['healthy-mixed', own],
  ['healthy-mixed', `${home}/rapid-dev-20260129-101010-20261121-083138.json`],
  ['healthy-mixed', `${home}/maintenance-20260128-080808-20261121-083138.json`],
  ['healthy-mixed', `${home}/quality-20260127-070707-20261121-083138.json`],
  ['compressed', `${own}.gz`],
  ['legacy-basic-no-meta', `${home}/workflow-rapid-dev-20260129-101010.json`],
  ['other-stores/durable-event-store', 'wf-paused/checkpoint.json'],
  ['other-stores/token-checkpoints', 'checkpoint-20261121-083406.json'],
] as const

test.each(rows)('[F92] %s %s: there and back, not a byte differs', (name, document) => {
  const folder = folderOf(name)
  const every = new Proxy<Record<string, string>>(
    {},
    {
      get: () => 'true',
      has: () => true,
      getOwnPropertyDescriptor: () => ({ value: 'true', configurable: true, enumerable: true }),
    },
  )
  const run = runOf(toRun(folder, document, every))
  const back = tapps.fromRun(setOf(folder, document), run, context)
  expect(back).toMatchObject({
    kind: 'ok',
    changes: [{ path: document, text: folder.texts.get(document) }],
  })
})

test('[F92] [F93] what the run has done since goes back, and Python accepts it', () => {
  const run = runOf(toRun(healthy, own, { design: 'true' }))
  const done = Run.parse({
    ...run,
    status: 'completed',
    variables: { ...run.variables, score: 8, result: 'ü' },
    steps: { ...run.steps, design: { ...run.steps['design' as never], status: 'succeeded' } },
  })
  const after = written(healthy, tapps.fromRun(setOf(healthy, own), done, context))
  const [loaded] = asPython(id, after)
  expect(loaded?.problems).toEqual([])
  expect(loaded?.state).toMatchObject({
    status: 'completed',
    current_step: null,
    completed_steps: ['requirements', 'planning', 'design'],
    skipped_steps: ['optional-docs'],
    variables: { score: 8, result: 'ü' },
  })
  expect(after.texts.get(own)).toContain('"b": 2,\n      "a": [\n        1,\n        2.5,')
})
