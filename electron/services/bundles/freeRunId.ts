import { RunId } from '../../../shared/schema/ids.ts'
import type { ServiceContext } from '../context.ts'

/** The same id where nobody has it, else one that is made of it: the same for the same bundle, so that a plan stays a plan. */
export async function freeRunId(
  { store, sha256 }: Pick<ServiceContext, 'store' | 'sha256'>,
  run: RunId,
  { taken, digest }: { readonly taken: ReadonlySet<RunId>; readonly digest: string },
): Promise<RunId> {
  for (let attempt = 0; ; attempt += 1) {
    const ending = sha256(`${digest} ${run} ${attempt}`).slice(0, 6)
    const id = attempt === 0 ? run : RunId.parse(`${run.slice(0, 120)}-${ending}`)
    if (!taken.has(id) && (await store.entry(id)) === null) return id
  }
}
