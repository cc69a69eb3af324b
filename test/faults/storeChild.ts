// A process of its own that takes locks and writes, told what to do by its parent.
import { createFileStore } from '../../electron/store/fileStore.ts'
import type { RunWriter } from '../../electron/store/store.ts'
import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'

export type ChildCommand =
  | { readonly kind: 'open'; readonly run: string; readonly at: number }
  | { readonly kind: 'release' }
  /** Appends durable records without end, and tells of each one that was acknowledged. */
  | { readonly kind: 'append' }

export type ChildAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'opened'; readonly run: string }
  | {
      readonly kind: 'refused'
      readonly run: string
      readonly code: string
      readonly message: string
    }
  | { readonly kind: 'released' }
  | { readonly kind: 'appended'; readonly seq: number }

const random = (length: number): string =>
  Array.from({ length }, () => Math.trunc(Math.random() * 36).toString(36)).join('')

const store = await createFileStore({
  root: process.argv[2] ?? '',
  now: () => new Date().toISOString(),
  randomId: random,
  application: { version: 'test' },
})
let writer: RunWriter | null = null

process.on('message', (command: ChildCommand) => {
  void obey(command)
})
process.on('disconnect', () => process.exit())
answer({ kind: 'ready' })

async function obey(command: ChildCommand): Promise<void> {
  if (command.kind === 'open') return open(command.run, command.at)
  if (command.kind === 'append') return append()
  await writer?.release()
  writer = null
  answer({ kind: 'released' })
}

/** All children begin at the same moment. */
async function open(id: string, at: number): Promise<void> {
  while (Date.now() < at);
  const run = RunId.parse(id)
  try {
    writer = await store.open(run, { purpose: 'race', controlSocket: null })
    await writer.append([{ type: 'variableSet', name: 'by', value: process.pid }], {
      durable: false,
    })
    answer({ kind: 'opened', run })
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'unexpected'
    answer({ kind: 'refused', run, code, message: String(error) })
  }
}

async function append(): Promise<void> {
  for (;;) {
    const records = await writer?.append(
      [{ type: 'variableSet', name: 'x', value: 'x'.repeat(2000) }],
      { durable: true },
    )
    for (const { seq } of records ?? []) answer({ kind: 'appended', seq })
  }
}

function answer(value: ChildAnswer): void {
  process.send?.(value)
}
