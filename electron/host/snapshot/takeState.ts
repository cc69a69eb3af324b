// The beginning of a host: its state file taken, what it says, and what cannot be used put aside.
import { AppError } from '../../../shared/errors.ts'
import type { HostState } from '../../../shared/schema/hostState.ts'
import { asWriteError } from '../../store/storeErrors.ts'
import type { HeldStateFile, StateFile } from './stateFile.ts'

export type TakenState = {
  readonly file: HeldStateFile
  /** Null: there was no file, or none that could be used. */
  readonly state: HostState | null
  /** Set when there was a file that could not be used. */
  readonly lost: { readonly aside: string; readonly problem: AppError } | null
}

/** Throws `locked` while another process has the file, and what the system says where it can be neither used nor put aside. */
export async function takeState(file: StateFile, path: string): Promise<TakenState> {
  const taken = await file.take()
  try {
    return await begin(file, taken, path)
  } catch (error) {
    await taken.release()
    throw error
  }
}

async function begin(file: StateFile, taken: HeldStateFile, path: string): Promise<TakenState> {
  const found = await file.look()
  if (found.kind === 'none') return { file: taken, state: null, lost: null }
  if (found.kind === 'state') return { file: taken, state: found.state, lost: null }
  const what = `The state file ${path} could not be used: ${found.sentence}.`
  const aside = await taken.setAside().catch((error: unknown) => {
    throw asWriteError(error, `${what} It could not be put aside either, so this host keeps none`)
  })
  const message = `${what} It was put aside as ${aside}, and a new one was begun. No run is touched by this.`
  const code = found.why === 'newer' ? 'version-too-new' : 'corrupt'
  return {
    file: taken,
    state: null,
    lost: { aside, problem: new AppError(code, message, { path }) },
  }
}
