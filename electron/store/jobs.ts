// Work on many runs that outlives its process: a journal of lines for each, which several processes may add to.
import { AppError } from '../../shared/errors.ts'
import { appendLine } from './appendLine.ts'
import { replaceFile } from './atomicWrite.ts'
import { readSlice } from './documents.ts'
import { decodeText, encodeText } from './files.ts'
import { places } from './layout.ts'
import { makeFolders } from './paths.ts'
import { childrenOf } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'

/** Whole lines of a job's journal from a byte on, and where the next ones begin. */
export type JobLines = { readonly lines: readonly string[]; readonly nextByte: number }

/** Ids of all jobs, in the order of their names. */
export async function listJobs(context: StoreContext): Promise<readonly string[]> {
  const names = await childrenOf(context, places.jobs)
  return names.flatMap((name) => jobPattern.exec(name)?.[1] ?? []).toSorted()
}

/** The job is there with all these lines, on disk, or it is not there. */
export async function createJob(
  context: StoreContext,
  id: string,
  lines: readonly string[],
): Promise<void> {
  const path = jobPath(id)
  try {
    await makeFolders(context, places.jobs)
    await replaceFile(context, path, encodeText(textOf(lines)))
  } catch (error) {
    throw asWriteError(error, `${path} could not be made`)
  }
}

/** In one write, behind a line that was cut short. `durable`: on disk when it resolves. */
export function appendToJob(
  context: StoreContext,
  id: string,
  { lines, durable }: { readonly lines: readonly string[]; readonly durable: boolean },
): Promise<void> {
  return appendLine(context, jobPath(id), { line: textOf(lines).slice(0, -1), durable })
}

/** A last line without its end is still being written, or was cut short: it is read again when another line follows. */
export async function readJob(
  context: StoreContext,
  id: string,
  fromByte: number,
): Promise<JobLines> {
  const lines: string[] = []
  let nextByte = fromByte
  for (;;) {
    const range = { offset: nextByte, limitBytes: pieceBytes }
    const { bytes } = await readSlice(context, jobPath(id), range)
    const end = bytes.lastIndexOf(newline)
    if (end === -1) return { lines, nextByte }
    const text = decodeText(bytes.subarray(0, end))
    lines.push(...text.split('\n').filter((line) => line !== ''))
    nextByte += end + 1
  }
}

/** Throws for what is no id of one. */
export function jobPath(id: string): string {
  const path = `${places.jobs}/${id}.jsonl`
  if (jobPattern.test(`${id}.jsonl`)) return path
  throw new AppError('invalid-input', `"${id.slice(0, 100)}" is no id of a batch.`)
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

const jobPattern = /^([a-z0-9][a-z0-9-]{0,63})\.jsonl$/
const newline = 0x0a
/** Longer than any line: a line of a job names at most some hundred items. */
const pieceBytes = 4 * 1024 * 1024
