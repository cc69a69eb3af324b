// What a step returned in the last good run of the workflow: the shape of what is asked of one in doubt.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { toAppError } from '../../shared/errors.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'
import { pointer } from '../../shared/schema/pointer.ts'
import { createReader } from './createReader.ts'
import { findLastGood } from './findLastGood.ts'
import { failed, loading, ready, type Remote } from './remote.ts'
import { readJson, type ReadJson } from './resumeChoices.ts'
import { shapeOf } from './shapeOf.ts'

export type EarlierOutput = {
  readonly run: RunRow
  /** As JSON; cut where it is long. */
  readonly text: string
  /** Its keys with nothing in them; null where it was too long to be read whole, or has no keys. */
  readonly shape: string | null
}

export type EarlierOutputState = {
  /** Null: no run of the workflow was completed, or the step returned nothing in it. */
  readonly output: Remote<EarlierOutput | null>
  readonly open: () => () => void
}
export type EarlierOutputStore = StoreApi<EarlierOutputState>

export function createEarlierOutputStore(
  client: Client,
  of: { readonly workflow: string; readonly document: string; readonly step: string },
): EarlierOutputStore {
  return createStore<EarlierOutputState>()((set, get) => {
    const read = createReader(async () => {
      try {
        const run = await findLastGood(client, of)
        set({ output: ready(run === null ? null : await readOutput(client, run, of.step)) })
      } catch (error) {
        set({ output: failed(get().output, error) })
      }
    })
    return {
      output: loading,
      open: () => {
        void read()
        return () => undefined
      },
    }
  })
}

async function readOutput(
  client: Client,
  run: RunRow,
  step: string,
): Promise<EarlierOutput | null> {
  const place = { ref: run.ref, pointer: pointer('steps', step, 'output'), limitBytes: mostBytes }
  try {
    const { text, nextOffset } = await client.call('state.value', place)
    if (text.trim() === 'null') return null
    const isWhole = nextOffset === null
    return {
      run,
      text: isWhole ? text : `${text}…`,
      shape: isWhole ? shaped(readJson(text)) : null,
    }
  } catch (cause) {
    // That run may have had no such step.
    if (toAppError(cause).code === 'not-found') return null
    throw cause
  }
}

function shaped(read: ReadJson): string | null {
  const shape = read.kind === 'valid' ? shapeOf(read.value) : null
  return shape === null ? null : JSON.stringify(shape, null, 2)
}

const mostBytes = 16_384
