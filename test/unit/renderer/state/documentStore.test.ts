import { expect, test } from 'vitest'
import { changeDocument, createDocumentStore } from '../../../../renderer/state/documentStore.ts'
import { createEditStore } from '../../../../renderer/state/editStore.ts'
import { decodeRoute } from '../../../../renderer/state/decodeRoute.ts'
import { documentRoute, encodeRoute } from '../../../../renderer/state/route.ts'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'

const ref = { workspace: 'w', format: 'awf', document: 'states/a.json', item: null } as const
const edit = { kind: 'set', path: '/Inputs/replicas', json: '9007199254740995' } as const
const action = { kind: 'edit', edits: [edit] } as const
const plan = {
  document: ref.document,
  engine: 'AWF',
  ready: true,
  files: [],
  notes: [],
  problems: [],
  repairs: [],
  repair: null,
  findings: [],
}

/** A host that plans for the revision that the files have, and refuses to apply what was planned for another one. */
function filesOf(files: { rev: string }) {
  const applied: HandlerInput<'document.apply'>[] = []
  const host = hostWith({
    'document.plan': async () => ({
      plan,
      digest: 'd',
      rev: files.rev,
      asOf: '2026-01-02T03:04:05.678Z',
    }),
    'document.apply': async (input) => {
      if (input.rev !== files.rev) throw new AppError('stale', 'The files changed.')
      applied.push(input)
      return { backup: 'b1', observed: true, findings: [] }
    },
  })
  return { host, applied }
}

test("[L200] a plan for another engine's files is carried out as it was shown, or made again", async () => {
  const files = { rev: 'r1' }
  const { host, applied } = filesOf(files)
  const store = createDocumentStore(host.client, { ref, action: { ...action, edits: [edit] } })
  const close = store.getState().open()
  const isReady = () => {
    const { planning, work } = store.getState()
    return planning.kind === 'ready' && !planning.isRefreshing && work.kind !== 'requested'
  }
  const apply = () =>
    store.getState().apply((approval) =>
      changeDocument(host.client, {
        ref,
        action: { ...action, edits: [edit] },
        reason: 'why',
        ...approval,
      }),
    )
  await until(isReady)

  files.rev = 'r2'
  await apply()
  expect(applied).toEqual([])
  expect(store.getState()).toMatchObject({
    work: { kind: 'idle' },
    notice: expect.stringContaining('Nothing was done.'),
    planning: { planned: { rev: 'r2' } },
  })

  await apply()
  expect(applied).toMatchObject([{ rev: 'r2', digest: 'd', reason: 'why' }])
  expect(store.getState()).toMatchObject({
    notice: null,
    work: { kind: 'done', done: { kind: 'changed', backup: 'b1', observed: true } },
  })
  close()
})

test('[L333] changes elsewhere, however many, neither forbid what is shown nor keep the new plan away', async () => {
  const files = { rev: 'r1' }
  const { host, applied } = filesOf(files)
  const store = createDocumentStore(host.client, { ref, action: { ...action, edits: [edit] } })
  const close = store.getState().open()
  const shown = () => {
    const { planning } = store.getState()
    return planning.kind === 'ready' && !planning.isRefreshing ? planning.planned.rev : null
  }
  await until(() => shown() === 'r1')

  files.rev = 'r2'
  const busy = setInterval(() => host.emit('runs.changed', { runs: null }), 20)
  const seen = new Set<string | null>()
  const stopLooking = store.subscribe(() => seen.add(shown()))
  await expect.poll(shown).toBe('r2')
  expect([...seen]).toEqual(['r2'])
  await store.getState().apply((approval) =>
    changeDocument(host.client, {
      ref,
      action: { ...action, edits: [edit] },
      reason: 'why',
      ...approval,
    }),
  )
  clearInterval(busy)
  stopLooking()
  close()
  expect(applied).toMatchObject([{ rev: 'r2' }])
})

test('[L198] edits of a document keep the revision that they were staged for, until a person takes the new one', () => {
  const { edits, staged } = stagedEdits()

  edits.stage(ref, 'r2', { ...edit, path: '/Inputs/env', json: '"prod"' })
  expect(staged()).toMatchObject({ base: 'r1', edits: [{ edit }, {}] })

  edits.rebase(ref.document, 'r2')
  expect(staged()).toMatchObject({ base: 'r2' })
})

function stagedEdits() {
  const store = createEditStore(hostWith({}).client)
  const edits = store.getState()
  edits.stage(ref, 'r1', edit)
  return { edits, staged: () => store.getState().runs[ref.document] }
}

test('[L197] every plan of a document, and of a run in a document of many, has an address', () => {
  const routes = [
    documentRoute(ref, 'edit'),
    documentRoute({ ...ref, item: '3' }, 'repair'),
    { ...documentRoute(ref, 'resume'), from: 'test' },
  ]
  expect(routes.map((route) => decodeRoute(encodeRoute(route)))).toEqual(routes)
})
